/** Reads the data types of SSH's wire format (RFC 4251, section 5). */
import { Buffer } from "node:buffer";

/** Reads one value after another; past the end it throws. */
export interface WireReader {
  /** A `uint32`. */
  uint32(): number;
  /** A `uint64`. */
  uint64(): bigint;
  /** A `string` as bytes. */
  bytes(): Buffer;
  /** A `string` as text. */
  text(): string;
  /** Where the next value begins. */
  position(): number;
  /** How much is left. */
  left(): number;
}

/**
 * Reads a buffer.
 *
 * @param data The bytes.
 * @returns A reader at its beginning; each call throws a `RangeError` where the data ends too soon.
 */
export function readWire(data: Uint8Array): WireReader {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  const take = (length: number) => {
    if (length > buffer.length - at) {
      throw new RangeError(`${length} bytes announced, ${buffer.length - at} are there`);
    }
    at += length;
    return at - length;
  };
  const uint32 = () => buffer.readUInt32BE(take(4));
  const bytes = () => {
    const length = uint32();
    const from = take(length);
    return buffer.subarray(from, from + length);
  };
  return {
    uint32,
    uint64: () => buffer.readBigUInt64BE(take(8)),
    bytes,
    text: () => bytes().toString("utf8"),
    position: () => at,
    left: () => buffer.length - at,
  };
}

/**
 * Writes a list of `string` values.
 *
 * @param values Texts or bytes.
 * @returns Each with its length before it.
 */
export function writeStrings(...values: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(values.flatMap((value) => {
    const bytes = Buffer.from(value as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  }));
}
