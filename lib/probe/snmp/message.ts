/** Messages of all three versions: what is around a unit (RFC 1157, RFC 1901, RFC 3412). */
import {
  cursorOf,
  enter,
  field,
  integerField,
  malformed,
  readBytes,
  readInteger,
  TAG,
} from "./_ber.ts";
import { enterMessage, type Pdu, readPdu, type TrapV1 } from "./pdu.ts";

/** Versions as people write them. */
export type SnmpVersion = "1" | "2c" | "3";

/** The largest message that this side takes: what fits into a datagram of IPv4. */
export const MAX_MESSAGE = 65_507;

const VERSIONS = new Map<number, SnmpVersion>([[0, "1"], [1, "2c"], [3, "3"]]);

/** A message with a community. */
export interface CommunityMessage {
  /** Of the protocol. */
  readonly version: "1" | "2c";
  /** Its password of sorts, in clear. */
  readonly community: Uint8Array;
  /** What it is about. */
  readonly pdu: Pdu | TrapV1;
}

/** Bits of a third version's flags. */
export const FLAG = { auth: 1, priv: 2, reportable: 4 } as const;

/** A message of the third version, before it was verified and decrypted. */
export interface SecureMessage {
  /** Of the protocol. */
  readonly version: "3";
  /** All of it. */
  readonly bytes: Uint8Array;
  /** Tells which answer belongs to it. */
  readonly messageId: number;
  /** Of {@linkcode FLAG}. */
  readonly flags: number;
  /** The engine that has authority. */
  readonly engineId: Uint8Array;
  /** How often that engine began anew. */
  readonly engineBoots: number;
  /** Its time, in seconds. */
  readonly engineTime: number;
  /** Who sends it. */
  readonly userName: Uint8Array;
  /** A view into `bytes`. */
  readonly authParameters: Uint8Array;
  /** The salt, if it is encrypted. */
  readonly privParameters: Uint8Array;
  /** The scoped unit: as its field, or encrypted as `flags` say. */
  readonly data: Uint8Array;
}

/** What a third version's message is about. */
export interface ScopedPdu {
  /** The engine whose objects are meant. */
  readonly contextEngineId: Uint8Array;
  /** The context; empty for the default one. */
  readonly contextName: Uint8Array;
  /** What it is about. */
  readonly pdu: Pdu | TrapV1;
}

/**
 * Reads a message.
 *
 * @param bytes A whole datagram; views into it are returned.
 * @throws {ProbeError} `protocol` if it is none.
 */
export function readMessage(bytes: Uint8Array): CommunityMessage | SecureMessage {
  const message = enterMessage(cursorOf(bytes));
  const number = readInteger(message);
  const version = VERSIONS.get(number);
  if (version === undefined) throw malformed(`the unknown version ${number}`);
  if (version !== "3") {
    return { version, community: readBytes(message), pdu: readPdu(message) };
  }
  const header = enter(message);
  const messageId = readInteger(header);
  readInteger(header);
  const flags = readBytes(header);
  if (flags.length !== 1) throw malformed(`flags of ${flags.length} bytes`);
  const model = readInteger(header);
  if (model !== 3) throw malformed(`the security model ${model}, expected 3`);
  const parameters = cursorOf(readBytes(message));
  const usm = enter(parameters);
  const found = {
    version,
    bytes,
    messageId,
    flags: flags[0]!,
    engineId: readBytes(usm),
    engineBoots: readInteger(usm),
    engineTime: readInteger(usm),
    userName: readBytes(usm),
    authParameters: readBytes(usm),
    privParameters: readBytes(usm),
  };
  const encrypted = (found.flags & FLAG.priv) !== 0;
  const data = encrypted ? readBytes(message) : message.bytes.subarray(message.at, message.end);
  return { ...found, data };
}

/**
 * Reads a scoped unit.
 *
 * @param data Its field; padding behind it is left.
 */
export function readScopedPdu(data: Uint8Array): ScopedPdu {
  const scoped = enter(cursorOf(data));
  return {
    contextEngineId: readBytes(scoped),
    contextName: readBytes(scoped),
    pdu: readPdu(scoped),
  };
}

/** Writes a message with a community. */
export function communityMessage(
  version: "1" | "2c",
  community: Uint8Array,
  pdu: Uint8Array,
): Uint8Array {
  return field(
    TAG.sequence,
    integerField(version === "1" ? 0 : 1),
    field(TAG.octets, community),
    pdu,
  );
}

/** Writes a scoped unit. */
export function scopedPdu(
  contextEngineId: Uint8Array,
  contextName: Uint8Array,
  pdu: Uint8Array,
): Uint8Array {
  return field(
    TAG.sequence,
    field(TAG.octets, contextEngineId),
    field(TAG.octets, contextName),
    pdu,
  );
}

/** Writes a message of the third version; `data` is the scoped unit, encrypted as `flags` say. */
export function secureMessage(
  message: Omit<SecureMessage, "version" | "bytes">,
): Uint8Array {
  const { messageId, flags, engineId, engineBoots, engineTime, userName, data } = message;
  const parameters = field(
    TAG.sequence,
    field(TAG.octets, engineId),
    integerField(engineBoots),
    integerField(engineTime),
    field(TAG.octets, userName),
    field(TAG.octets, message.authParameters),
    field(TAG.octets, message.privParameters),
  );
  return field(
    TAG.sequence,
    integerField(3),
    field(
      TAG.sequence,
      integerField(messageId),
      integerField(MAX_MESSAGE),
      field(TAG.octets, Uint8Array.of(flags)),
      integerField(3),
    ),
    field(TAG.octets, parameters),
    (flags & FLAG.priv) !== 0 ? field(TAG.octets, data) : data,
  );
}
