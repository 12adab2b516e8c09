/** Finds the messages in a stream (RFC 6587; RFC 5425 for TLS). */
import { malformed } from "../_bytes.ts";

/** The largest message; RFC 5425 asks for 8 KiB at least. */
export const MAX_MESSAGE_BYTES = 65_536;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** Collects a stream. */
export interface Framing {
  /**
   * Takes what came and hands out whole messages.
   *
   * @throws {ProbeError} `protocol` if a length is invalid or a message too large: the stream can't
   * be followed any further.
   */
  push(chunk: Uint8Array, use: (message: Uint8Array) => void): void;
  /** Hands out what is left when the stream ends: a last line without its end. */
  end(use: (message: Uint8Array) => void): void;
}

/**
 * Makes a framing that tells the two methods apart message by message: a digit begins a length
 * (octet counting), anything else a line that ends with a line feed.
 *
 * @param counted Only octet counting is allowed, as over TLS.
 */
export function createFraming(counted = false): Framing {
  let pending = new Uint8Array();
  return {
    push(chunk, use) {
      let bytes = chunk;
      if (pending.length > 0) {
        bytes = new Uint8Array(pending.length + chunk.length);
        bytes.set(pending);
        bytes.set(chunk, pending.length);
      }
      let at = 0;
      for (;;) {
        const frame = nextFrame(bytes, at, counted);
        if (frame === undefined) break;
        if (frame.end > frame.start) use(bytes.subarray(frame.start, frame.end));
        at = frame.next;
      }
      // A copy: the slice of a Buffer would keep all of it.
      pending = new Uint8Array(bytes.subarray(at));
    },
    end(use) {
      const first = pending[0];
      const isLine = first !== undefined && (first < DIGIT_0 || first > DIGIT_9);
      if (isLine && !counted) use(pending);
      else if (pending.length > 0) throw malformed("A stream that ends within a message");
      pending = new Uint8Array();
    },
  };
}

interface Frame {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function nextFrame(bytes: Uint8Array, at: number, counted: boolean): Frame | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first > DIGIT_0 && first <= DIGIT_9) return countedFrame(bytes, at);
  if (counted) throw malformed("A message without its length");
  const end = bytes.indexOf(LINE_FEED, at);
  if (end >= 0) {
    if (end - at > MAX_MESSAGE_BYTES) throw malformed("A message that is too large");
    return { start: at, end, next: end + 1 };
  }
  if (bytes.length - at > MAX_MESSAGE_BYTES) throw malformed("A message that is too large");
  return undefined;
}

function countedFrame(bytes: Uint8Array, at: number): Frame | undefined {
  let length = 0;
  let place = at;
  for (; place < bytes.length; place++) {
    const byte = bytes[place]!;
    if (byte === SPACE) break;
    if (byte < DIGIT_0 || byte > DIGIT_9) throw malformed("A length that is no number");
    length = length * 10 + byte - DIGIT_0;
    if (length > MAX_MESSAGE_BYTES) throw malformed("A message that is too large");
  }
  const start = place + 1;
  const end = start + length;
  return end > bytes.length ? undefined : { start, end, next: end };
}
