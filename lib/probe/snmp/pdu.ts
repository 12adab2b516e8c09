/** Protocol data units: what is asked, answered, reported and told (RFC 1157, RFC 3416). */
import {
  type Cursor,
  enter,
  field,
  integerField,
  malformed,
  readBytes,
  readHeader,
  readInteger,
  signedOf,
  TAG,
  unsignedOf,
} from "./_ber.ts";
import { oidOf } from "./oid.ts";
import { questionField, readVarBinds, type VarBind, varBindsField } from "./varbind.ts";

/** Tags of the units. */
export const PDU_TAG = {
  get: 0xa0,
  getNext: 0xa1,
  response: 0xa2,
  set: 0xa3,
  trapV1: 0xa4,
  getBulk: 0xa5,
  inform: 0xa6,
  trap: 0xa7,
  report: 0xa8,
} as const;

/** What kind of unit it is. */
export type PduKind = keyof typeof PDU_TAG;

const KINDS = new Map<number, PduKind>(
  (Object.entries(PDU_TAG) as [PduKind, number][]).map(([kind, tag]) => [tag, kind]),
);

/** Error statuses by number (RFC 3416, section 3). */
export const ERROR_STATUS = [
  "noError",
  "tooBig",
  "noSuchName",
  "badValue",
  "readOnly",
  "genErr",
  "noAccess",
  "wrongType",
  "wrongLength",
  "wrongEncoding",
  "wrongValue",
  "noCreation",
  "inconsistentValue",
  "resourceUnavailable",
  "commitFailed",
  "undoFailed",
  "authorizationError",
  "notWritable",
  "inconsistentName",
] as const;

/** A unit of any kind but the first version's trap. */
export interface Pdu {
  /** What it does. */
  readonly kind: Exclude<PduKind, "trapV1">;
  /** Tells which answer belongs to it. */
  readonly requestId: number;
  /** A number of {@linkcode ERROR_STATUS}; non-repeaters of a GetBulk. */
  readonly errorStatus: number;
  /** Which object the error is about, from 1; max-repetitions of a GetBulk. */
  readonly errorIndex: number;
  /** The objects. */
  readonly varBinds: readonly VarBind[];
}

/** The trap of SNMPv1 (RFC 1157, section 4.1.6). */
export interface TrapV1 {
  /** Tells it from the other units. */
  readonly kind: "trapV1";
  /** The identifier of who made the agent. */
  readonly enterprise: string;
  /** The address of the agent, as it says. */
  readonly agentAddress: string;
  /** From 0 to 6, where 6 is the next number. */
  readonly genericTrap: number;
  /** Of the enterprise. */
  readonly specificTrap: number;
  /** Hundredths of a second since the agent started. */
  readonly timestamp: number;
  /** The objects. */
  readonly varBinds: readonly VarBind[];
}

/**
 * Reads a unit.
 *
 * @param cursor At its tag; afterwards behind it.
 * @throws {ProbeError} `protocol` if it is none.
 */
export function readPdu(cursor: Cursor): Pdu | TrapV1 {
  const { tag, end } = readHeader(cursor);
  const kind = KINDS.get(tag);
  if (kind === undefined) throw malformed(`the unknown unit 0x${tag.toString(16)}`);
  const inner = { bytes: cursor.bytes, at: cursor.at, end };
  cursor.at = end;
  if (kind === "trapV1") return readTrapV1(inner);
  return {
    kind,
    requestId: readInteger(inner),
    errorStatus: readInteger(inner),
    errorIndex: readInteger(inner),
    varBinds: readVarBinds(inner),
  };
}

function readTrapV1(cursor: Cursor): TrapV1 {
  const enterprise = oidOf(readBytes(cursor, TAG.oid));
  const address = readBytes(cursor, TAG.ipAddress);
  if (address.length !== 4) throw malformed(`an agent address of ${address.length} bytes`);
  return {
    kind: "trapV1",
    enterprise,
    agentAddress: address.join("."),
    genericTrap: signedOf(readBytes(cursor, TAG.integer)),
    specificTrap: signedOf(readBytes(cursor, TAG.integer)),
    timestamp: unsignedOf(readBytes(cursor, TAG.timeTicks)),
    varBinds: readVarBinds(cursor),
  };
}

/** A question, before it has a number. */
export interface Question {
  /** How objects are named. */
  readonly kind: "get" | "getNext" | "getBulk";
  /** The content of each name's field. */
  readonly names: readonly Uint8Array[];
  /** GetBulk: how many of the names are asked for once. */
  readonly nonRepeaters?: number;
  /** GetBulk: how often the others are asked for. */
  readonly repetitions?: number;
}

/** Writes a question. */
export function questionPdu(question: Question, requestId: number): Uint8Array {
  const bulk = question.kind === "getBulk";
  return field(
    PDU_TAG[question.kind],
    integerField(requestId),
    integerField(bulk ? question.nonRepeaters ?? 0 : 0),
    integerField(bulk ? question.repetitions ?? 10 : 0),
    questionField(question.names),
  );
}

/** Writes an answer without error, to an inform. */
export function responsePdu(requestId: number, varBinds: readonly VarBind[]): Uint8Array {
  return field(
    PDU_TAG.response,
    integerField(requestId),
    integerField(0),
    integerField(0),
    varBindsField(varBinds),
  );
}

/** Writes a report: one counter, by which a peer learns engine and time. */
export function reportPdu(requestId: number, counter: VarBind): Uint8Array {
  return field(
    PDU_TAG.report,
    integerField(requestId),
    integerField(0),
    integerField(0),
    varBindsField([counter]),
  );
}

/** Enters the list that a unit's message is made of; there must be nothing behind it. */
export function enterMessage(cursor: Cursor): Cursor {
  const inner = enter(cursor);
  if (cursor.at !== cursor.end) throw malformed(`${cursor.end - cursor.at} bytes behind its end`);
  return inner;
}
