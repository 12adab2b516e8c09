/**
 * The part of the Basic Encoding Rules that SNMP uses: definite lengths, tags of one byte.
 *
 * Source: X.690 section 8, limited as RFC 3417 section 8 says.
 */
import { ProbeError } from "../error.ts";

/** Tags of X.690 and of RFC 2578. */
export const TAG = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  ipAddress: 0x40,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  opaque: 0x44,
  counter64: 0x46,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
} as const;

/** A place in a message; what lies at or behind `end` belongs to somebody else. */
export interface Cursor {
  /** The whole message. */
  readonly bytes: Uint8Array;
  /** The next byte. */
  at: number;
  /** Behind the last byte. */
  readonly end: number;
}

/** Starts to read bytes. */
export function cursorOf(bytes: Uint8Array): Cursor {
  return { bytes, at: 0, end: bytes.length };
}

/** Says what is wrong with a message; its code is `protocol`. */
export function malformed(what: string): ProbeError {
  return new ProbeError("protocol", `Malformed SNMP message: ${what}`);
}

function hex(tag: number): string {
  return `0x${tag.toString(16).padStart(2, "0")}`;
}

/**
 * Reads a tag and a length.
 *
 * @param cursor Afterwards at the content.
 * @param expected The tag that must be there; any if absent.
 * @returns The tag and where the content ends, which is within the cursor's end.
 * @throws {ProbeError} `protocol`, also for indefinite lengths and tags of several bytes.
 */
export function readHeader(cursor: Cursor, expected?: number): { tag: number; end: number } {
  const { bytes } = cursor;
  if (cursor.at + 2 > cursor.end) throw malformed(`it ends at byte ${cursor.end}, within a field`);
  const tag = bytes[cursor.at++]!;
  if (expected !== undefined && tag !== expected) {
    throw malformed(`found tag ${hex(tag)} at byte ${cursor.at - 1}, expected ${hex(expected)}`);
  }
  let length = bytes[cursor.at++]!;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4 || cursor.at + count > cursor.end) {
      throw malformed(`a length of ${count} bytes at byte ${cursor.at - 1}`);
    }
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + bytes[cursor.at++]!;
  }
  if (length > cursor.end - cursor.at) {
    throw malformed(`a field of ${length} bytes where ${cursor.end - cursor.at} are left`);
  }
  return { tag, end: cursor.at + length };
}

/** Enters a constructed field: a cursor for its content; the outer one is put behind it. */
export function enter(cursor: Cursor, expected: number = TAG.sequence): Cursor {
  const { end } = readHeader(cursor, expected);
  const inner = { bytes: cursor.bytes, at: cursor.at, end };
  cursor.at = end;
  return inner;
}

/** Reads a field's content as it is; a view, not a copy. */
export function readBytes(cursor: Cursor, expected: number = TAG.octets): Uint8Array {
  const { end } = readHeader(cursor, expected);
  const content = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return content;
}

/**
 * Reads the content of a signed integer of at most 32 bits.
 *
 * @throws {ProbeError} `protocol` if it is empty or longer.
 */
export function signedOf(content: Uint8Array): number {
  if (content.length === 0 || content.length > 4) {
    throw malformed(`an integer of ${content.length} bytes`);
  }
  let value = content[0]! < 0x80 ? 0 : -1;
  for (let i = 0; i < content.length; i++) value = (value << 8) | content[i]!;
  return value;
}

/**
 * Reads the content of an unsigned integer of at most 32 bits. Agents that forget the leading zero
 * are understood.
 */
export function unsignedOf(content: Uint8Array): number {
  const { length } = content;
  if (length === 0 || length > 5 || (length === 5 && content[0] !== 0)) {
    throw malformed(`an unsigned integer of ${length} bytes`);
  }
  let value = 0;
  for (let i = 0; i < length; i++) value = value * 256 + content[i]!;
  return value;
}

/** Reads the content of an unsigned integer of at most 64 bits. */
export function unsigned64Of(content: Uint8Array): bigint {
  const { length } = content;
  if (length === 0 || length > 9 || (length === 9 && content[0] !== 0)) {
    throw malformed(`a Counter64 of ${length} bytes`);
  }
  let value = 0n;
  for (let i = 0; i < length; i++) value = (value << 8n) | BigInt(content[i]!);
  return value;
}

/** Reads an INTEGER field. */
export function readInteger(cursor: Cursor): number {
  return signedOf(readBytes(cursor, TAG.integer));
}

/**
 * Writes a field.
 *
 * @param tag Its tag.
 * @param parts Its content, in pieces.
 */
export function field(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const size = length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : 5;
  const bytes = new Uint8Array(1 + size + length);
  bytes[0] = tag;
  if (size === 1) bytes[1] = length;
  else {
    bytes[1] = 0x80 | (size - 1);
    for (let i = 0; i < size - 1; i++) bytes[1 + size - 1 - i] = length / 256 ** i & 0xff;
  }
  let at = 1 + size;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Writes an integer in as few bytes as it takes.
 *
 * @param value A signed integer of at most 32 bits, or an unsigned one under an unsigned tag.
 * @param tag INTEGER by default.
 */
export function integerField(value: number, tag: number = TAG.integer): Uint8Array {
  const content: number[] = [];
  let rest = value;
  do {
    content.unshift(rest & 0xff);
    rest = Math.floor(rest / 256);
  } while (rest !== 0 && rest !== -1);
  const negative = value < 0;
  if (!negative && content[0]! >= 0x80) content.unshift(0);
  if (negative && content[0]! < 0x80) content.unshift(0xff);
  return field(tag, Uint8Array.from(content));
}
