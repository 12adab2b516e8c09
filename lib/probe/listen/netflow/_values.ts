/** Reads the value of an element. */
import { hexAt, ipv4At, ipv6At, macAt, timeOf, unsignedAt, viewOf } from "../_bytes.ts";
import type { ElementKind } from "./_elements.ts";

/** What a value is in JSON. */
export type FieldValue = number | string | boolean;

/** Reads a value of a fixed kind and length. */
export type ReadValue = (bytes: Uint8Array, at: number, length: number) => FieldValue;

const utf8 = new TextDecoder();

/** Seconds from 1900, where NTP begins, to 1970. */
const NTP_EPOCH_S = 2_208_988_800;

/**
 * Finds the function that reads a field. A length that the kind does not have (an address of five
 * bytes) is shown as hexadecimal digits.
 *
 * @param kind The element's.
 * @param length As the template says; `undefined` if it varies.
 */
export function readerOf(kind: ElementKind, length: number | undefined): ReadValue {
  if (length === undefined) return kind === "s" ? text : anyLength(kind);
  switch (kind) {
    case "u":
      return length === 1
        ? (bytes, at) => bytes[at]!
        : length === 2
        ? (bytes, at) => bytes[at]! << 8 | bytes[at + 1]!
        : length === 4
        ? unsigned32
        : length <= 8
        ? unsignedAt
        : hexAt;
    case "i":
      return length <= 6 ? signed : hexAt;
    case "4":
      return length === 4 ? ipv4At : hexAt;
    case "6":
      return length === 16 ? ipv6At : hexAt;
    case "m":
      return length === 6 ? macAt : hexAt;
    case "f":
      return length === 4 || length === 8 ? float : hexAt;
    case "b":
      // RFC 7011, section 6.1.5: 1 is true, 2 is false.
      return length === 1 ? (bytes, at) => bytes[at] === 1 : hexAt;
    case "s":
      return text;
    case "S":
      return length === 4 ? seconds : hexAt;
    case "M":
      return length === 8 ? milliseconds : hexAt;
    case "U":
    case "N":
      return length === 8 ? ntpTime : hexAt;
    case "o":
      return hexAt;
  }
}

function anyLength(kind: ElementKind): ReadValue {
  return (bytes, at, length) => readerOf(kind, length)(bytes, at, length);
}

function unsigned32(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 0x1000000 +
    (bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!);
}

function signed(bytes: Uint8Array, at: number, length: number): number {
  if (length === 0) return 0;
  let value = bytes[at]! < 0x80 ? bytes[at]! : bytes[at]! - 256;
  for (let i = at + 1; i < at + length; i++) value = value * 256 + bytes[i]!;
  return value;
}

function float(bytes: Uint8Array, at: number, length: number): FieldValue {
  const view = viewOf(bytes);
  const value = length === 4 ? view.getFloat32(at) : view.getFloat64(at);
  // JSON has no infinity.
  return Number.isFinite(value) ? value : String(value);
}

/** Fields of fixed length are padded with zeros. */
function text(bytes: Uint8Array, at: number, length: number): string {
  return utf8.decode(bytes.subarray(at, at + length)).replace(/\0+$/, "");
}

function seconds(bytes: Uint8Array, at: number): FieldValue {
  return timeOf(unsigned32(bytes, at) * 1000)!;
}

function milliseconds(bytes: Uint8Array, at: number): FieldValue {
  const ms = unsigned32(bytes, at) * 2 ** 32 + unsigned32(bytes, at + 4);
  return timeOf(ms) ?? hexAt(bytes, at, 8);
}

function ntpTime(bytes: Uint8Array, at: number): FieldValue {
  const whole = unsigned32(bytes, at) - NTP_EPOCH_S;
  const fraction = unsigned32(bytes, at + 4) / 2 ** 32;
  return timeOf(whole * 1000)!.replace(".000Z", `.${fraction.toFixed(6).slice(2)}Z`);
}
