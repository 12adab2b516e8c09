/**
 * Telnet: the negotiation of options, and a terminal over it.
 *
 * @module
 */
export type { NegotiatedOption } from "./options.ts";
export { TelnetResultSchema } from "./schema.ts";
export type { TelnetOptions, TelnetResult } from "./types.ts";
