/** Messages of gRPC in HTTP/2's data (doc/PROTOCOL-HTTP2.md: Length-Prefixed-Message). */
import { ProbeError } from "../error.ts";

const PREFIX = 5;

/**
 * Writes a message, not compressed.
 *
 * @param message As protobuf.
 * @returns A zero, its length in four bytes, and the message.
 */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(PREFIX + message.length);
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, PREFIX);
  return framed;
}

/** Takes bytes as they come, and gives messages. */
export interface FrameReader {
  /**
   * Takes bytes.
   *
   * @returns The messages that are complete now.
   * @throws {ProbeError} `too-large`, or `protocol` for a message that is compressed, which was never
   * agreed on.
   */
  take(bytes: Uint8Array): Uint8Array[];
  /** Whether a message has begun and not ended. */
  readonly inside: boolean;
}

/**
 * Makes a reader.
 *
 * @param maxBytes The most that a message may have.
 * @returns The reader.
 */
export function createFrameReader(maxBytes: number): FrameReader {
  let parts: Uint8Array[] = [];
  let length = 0;
  // A large message comes in many parts: they are joined once, when all are here.
  let needed = PREFIX;
  return {
    get inside() {
      return length > 0;
    },
    take(bytes) {
      parts.push(bytes);
      length += bytes.length;
      if (length < needed) return [];
      const all = parts.length === 1 ? bytes : join(parts, length);
      const messages: Uint8Array[] = [];
      let at = 0;
      needed = PREFIX;
      while (all.length - at >= PREFIX) {
        const size = new DataView(all.buffer, all.byteOffset + at).getUint32(1);
        if (all[at] !== 0) {
          throw new ProbeError("protocol", `Found a message with the flags ${all[at]}, expected 0`);
        }
        if (size > maxBytes) throw tooLarge(size, maxBytes);
        needed = PREFIX + size;
        if (all.length - at < needed) break;
        messages.push(all.slice(at + PREFIX, at + needed));
        at += needed;
        needed = PREFIX;
      }
      const rest = all.slice(at);
      parts = rest.length === 0 ? [] : [rest];
      length = rest.length;
      return messages;
    },
  };
}

function tooLarge(size: number, maxBytes: number): ProbeError {
  return new ProbeError(
    "too-large",
    `Found a message of ${size} bytes, expected at most ${maxBytes}`,
  );
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
