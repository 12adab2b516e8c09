/** Values of gNMI as JSON. */
import { Buffer } from "node:buffer";
import { ProbeError } from "../error.ts";
import { redact } from "../secret.ts";
import type { TypedValueMessage } from "../protos/gnmi.ts";

/**
 * Makes JSON of a value.
 *
 * @param typed As a peer sent it.
 * @returns JSON is parsed; 64-bit numbers are numbers where they are exact and text where not; bytes
 * are base64.
 * @throws {ProbeError} `protocol` if JSON is malformed.
 */
export function valueOf(typed: TypedValueMessage | undefined): unknown {
  switch (typed?.value) {
    case "string_val":
      return redact(typed.string_val!);
    case "ascii_val":
      return redact(typed.ascii_val!);
    case "int_val":
      return exact(typed.int_val!);
    case "uint_val":
      return exact(typed.uint_val!);
    case "bool_val":
      return typed.bool_val!;
    case "float_val":
      return finite(typed.float_val!);
    case "double_val":
      return finite(typed.double_val!);
    case "decimal_val":
      return decimal(typed.decimal_val!);
    case "leaflist_val":
      return (typed.leaflist_val!.element ?? []).map(valueOf);
    case "json_val":
      return parse(typed.json_val!);
    case "json_ietf_val":
      return parse(typed.json_ietf_val!);
    case "bytes_val":
      return Buffer.from(typed.bytes_val!).toString("base64");
    case "proto_bytes":
      return Buffer.from(typed.proto_bytes!).toString("base64");
    case "any_val":
      return {
        typeUrl: typed.any_val!.type_url ?? "",
        base64: Buffer.from(typed.any_val!.value ?? []).toString("base64"),
      };
    default:
      return null;
  }
}

function exact(text: string): number | string {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** JSON has no infinity. */
function finite(number: number): number | string {
  return Number.isFinite(number) ? number : String(number);
}

function decimal({ digits = "0", precision = 0 }: { digits?: string; precision?: number }): string {
  // RFC 7950 allows 18 digits behind the point; a peer may send any number.
  const places = Math.min(precision, 18);
  const sign = digits.startsWith("-") ? "-" : "";
  const padded = digits.replace("-", "").padStart(places + 1, "0");
  return places === 0
    ? sign + padded
    : `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

function parse(bytes: Uint8Array): unknown {
  const text = redact(new TextDecoder().decode(bytes));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProbeError("protocol", `The value is no JSON: ${(error as Error).message}`, error);
  }
}

/** The encodings that can be asked for, and their names in the specification. */
export const ENCODINGS = {
  json: "JSON",
  json_ietf: "JSON_IETF",
  ascii: "ASCII",
  bytes: "BYTES",
  proto: "PROTO",
} as const satisfies Record<GnmiEncoding, string>;

/** One of them. */
export type GnmiEncoding = "json" | "json_ietf" | "ascii" | "bytes" | "proto";

/**
 * Makes a value of JSON that is to be written.
 *
 * @param json The text.
 * @param encoding As which it is sent.
 * @returns The value.
 */
export function typedOf(json: string, encoding: GnmiEncoding): TypedValueMessage {
  const bytes = Buffer.from(json);
  if (encoding === "json_ietf") return { json_ietf_val: bytes };
  return encoding === "ascii" ? { ascii_val: json } : { json_val: bytes };
}

/**
 * Writes a time of gNMI.
 *
 * @param timestamp Nanoseconds since 1970, as text.
 * @returns RFC 3339, UTC, with nanoseconds; nothing for a time that no calendar has.
 */
export function timeOf(timestamp: string | undefined): string | undefined {
  if (timestamp === undefined || !/^\d{1,19}$/.test(timestamp)) return undefined;
  const ns = BigInt(timestamp);
  const date = new Date(Number(ns / 1_000_000n)).toISOString();
  return `${date.slice(0, 19)}.${String(ns % 1_000_000_000n).padStart(9, "0")}Z`;
}
