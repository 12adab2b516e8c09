/** Reads numbers and addresses out of a datagram, and never past its end. */
import { ProbeError } from "../error.ts";
import { inetAddress } from "../snmp/mib/syntax.ts";

/** Says what is wrong with a datagram; its code is `protocol`. */
export function malformed(what: string): ProbeError {
  return new ProbeError("protocol", what);
}

/** A view of bytes for numbers in network order. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Makes sure that bytes are there.
 *
 * @param bytes The datagram.
 * @param at Where they begin.
 * @param length How many there must be.
 * @param what Names them in the error.
 * @throws {ProbeError} `protocol` if they are not.
 */
export function need(bytes: Uint8Array, at: number, length: number, what: string): void {
  if (at < 0 || length < 0 || at + length > bytes.length) throw malformed(`${what} is cut short`);
}

/** Writes four bytes as an address. */
export function ipv4At(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** Writes sixteen bytes as an address. */
export function ipv6At(bytes: Uint8Array, at: number): string {
  return inetAddress(bytes.subarray(at, at + 16))!;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Writes bytes as hexadecimal digits. */
export function hexAt(bytes: Uint8Array, at: number, length: number): string {
  let text = "";
  for (let i = at; i < at + length; i++) text += HEX[bytes[i]!];
  return text;
}

/** Writes six bytes as an address of Ethernet. */
export function macAt(bytes: Uint8Array, at: number): string {
  let text = HEX[bytes[at]!]!;
  for (let i = at + 1; i < at + 6; i++) text += `:${HEX[bytes[i]!]}`;
  return text;
}

/** An unsigned number of one to eight bytes: text beyond what JSON's numbers hold exactly. */
export function unsignedAt(bytes: Uint8Array, at: number, length: number): number | string {
  let value = 0;
  for (let i = at; i < at + length; i++) value = value * 256 + bytes[i]!;
  if (value <= Number.MAX_SAFE_INTEGER) return value;
  return BigInt(`0x${hexAt(bytes, at, length)}`).toString();
}

/** A time in milliseconds since 1970 as RFC 3339; absent where no calendar has it. */
export function timeOf(ms: number): string | undefined {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}
