/**
 * Listeners: SNMP traps and informs, syslog, NetFlow and IPFIX, sFlow.
 *
 * A decoder turns one datagram or message into records and throws a `ProbeError` for all that is
 * malformed or not to be trusted, nothing else, whatever the bytes are. {@linkcode listen} takes
 * messages in, writes one JSON line a record, and counts.
 *
 * @module
 */
export { listen, type ListenOptions, type ListenPlace } from "./listen.ts";
export type { Transport } from "./_inlet.ts";
export type { ServerIdentity } from "./_streams.ts";
export type { Decoded, Decoder, ListenSummary, Peer } from "./types.ts";
export { createNetflowDecoder } from "./netflow/decode.ts";
export { createSflowDecoder } from "./sflow/decode.ts";
export { createSyslogDecoder } from "./syslog/decode.ts";
export { parseSyslog, type SyslogRecord } from "./syslog/parse.ts";
export { createTrapDecoder, type TrapOptions } from "./trap/decode.ts";
export {
  type FlowLine,
  FlowLineSchema,
  type ListenLine,
  ListenLineSchema,
  type SampleLine,
  SampleLineSchema,
  type SyslogLine,
  SyslogLineSchema,
  type TrapLine,
  TrapLineSchema,
} from "./schema.ts";
