/**
 * NETCONF over SSH: framing, messages, XML that can do no harm.
 *
 * @module
 */
export {
  asChunk,
  createChunkDecoder,
  createEndOfMessageDecoder,
  endOfMessage,
  type FrameDecoder,
} from "./framing.ts";
export type { Hello, NetconfFilter, NetconfQuery, RpcReply } from "./messages.ts";
export { NetconfResultSchema } from "./schema.ts";
export { type NetconfSession, openNetconf } from "./session.ts";
export type { NetconfOptions, NetconfResult } from "./types.ts";
export { checkXml, childrenOf, parseXml, textOf, type XmlElement, type XmlValue } from "./xml.ts";
