/**
 * SNMP: an engine of the project's own for v1, v2c and v3.
 *
 * net-snmp from npm has no AES-192, tells neither the discovery of SNMPv3 from its questions nor the
 * reports apart, and its ciphers are not in Deno; hence BER, the user-based security model and the
 * ciphers are written here. {@linkcode openSnmp} opens a session; {@linkcode askAgent},
 * {@linkcode subtree}, {@linkcode readColumns} and {@linkcode readTable} read with it;
 * {@linkcode present} makes plain JSON of what came.
 *
 * @module
 */
export { openSnmp } from "./session.ts";
export type { Sending } from "./_udp.ts";
export type { AgentAddress, SnmpCredentials, SnmpSession } from "./types.ts";
export { askAgent, readColumns, REPETITIONS, subtree, type WalkOptions } from "./walk.ts";
export { readTable, type SnmpRow } from "./table.ts";
export { present, type SnmpObject } from "./present.ts";
export { type SnmpType, type VarBind } from "./varbind.ts";
export { ERROR_STATUS, type Pdu, PDU_TAG, type PduKind, type Question } from "./pdu.ts";
export type { SnmpOperation, SnmpOptions } from "./options.ts";
export {
  AUTH_ALGORITHMS,
  type AuthAlgorithm,
  type AuthProtocol,
  PRIV_ALGORITHMS,
  type PrivAlgorithm,
  type PrivProtocol,
} from "./keys.ts";
export { type Engine, levelOf, type SecurityLevel, type SnmpUser } from "./usm.ts";
export type { SnmpVersion } from "./message.ts";
export { type MibKind, type MibObject, nameOf, objectNamed, resolveObject } from "./mib/names.ts";
export { isOid, oidContent, oidOf } from "./oid.ts";
export { SnmpObjectSchema, type SnmpResult, SnmpResultSchema } from "./schema.ts";
