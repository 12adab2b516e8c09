/** Frames of NETCONF over SSH (RFC 6242): end-of-message for base 1.0, chunks for base 1.1. */
import { Buffer } from "node:buffer";
import { ProbeError } from "../error.ts";

/** What ends a message of base 1.0 (RFC 6242, section 4.3). */
const END_OF_MESSAGE = Buffer.from("]]>]]>");
/** `\n#4294967295\n` is the longest head of a chunk (RFC 6242, section 4.2). */
const LONGEST_HEAD = 13;
const LF = 0x0a;
const HASH = 0x23;

/** Puts messages together from pieces that are cut anywhere. */
export interface FrameDecoder {
  /**
   * Takes the next bytes.
   *
   * @returns The messages that are complete now.
   * @throws {ProbeError} `too-large` if a message is or will be larger than the limit, `protocol` if
   * the framing is broken.
   */
  push(chunk: Uint8Array): string[];
  /** What has come and belongs to no complete message: it may be framed in another way. */
  rest(): Buffer;
}

/**
 * Decodes messages of base 1.0.
 *
 * @param maxBytes How large a message may be.
 */
export function createEndOfMessageDecoder(maxBytes: number): FrameDecoder {
  let chunks: Buffer[] = [];
  let length = 0;
  return {
    push(chunk) {
      const messages: string[] = [];
      let left = Buffer.from(chunk);
      for (;;) {
        // The end may be cut: its beginning is then at the end of what came before.
        const before = tailOf(chunks, END_OF_MESSAGE.length - 1);
        const at = Buffer.concat([before, left]).indexOf(END_OF_MESSAGE);
        const size = at < 0 ? length + left.length : length - before.length + at;
        if (size > maxBytes) throw tooLarge(size, maxBytes);
        if (at < 0) {
          if (left.length > 0) chunks.push(left);
          length += left.length;
          return messages;
        }
        const end = at - before.length + END_OF_MESSAGE.length;
        messages.push(Buffer.concat([...chunks, left.subarray(0, end)]).toString("utf8", 0, size));
        chunks = [];
        length = 0;
        left = left.subarray(end);
      }
    },
    rest: () => Buffer.concat(chunks),
  };
}

/** The last bytes of some buffers. */
function tailOf(chunks: readonly Buffer[], bytes: number): Buffer {
  let tail = Buffer.alloc(0);
  for (let i = chunks.length - 1; i >= 0 && tail.length < bytes; i--) {
    tail = Buffer.concat([chunks[i]!.subarray(-(bytes - tail.length)), tail]);
  }
  return tail;
}

/**
 * Decodes messages of base 1.1.
 *
 * @param maxBytes How large a message may be; a chunk that says that it is larger is refused by its
 * head, before any of it is kept.
 */
export function createChunkDecoder(maxBytes: number): FrameDecoder {
  let head = "";
  /** How many bytes of the current chunk are still to come. */
  let open = 0;
  let parts: Buffer[] = [];
  let length = 0;

  /** Takes one byte of a head; says whether the message ends with it. */
  function takeHead(byte: number): boolean {
    head += String.fromCharCode(byte);
    const fits = head === "\n" || head === "\n#" || head === "\n##" || head === "\n##\n" ||
      /^\n#[1-9][0-9]{0,9}\n?$/.test(head);
    if (!fits || head.length > LONGEST_HEAD) {
      throw new ProbeError(
        "protocol",
        `Found ${JSON.stringify(head)}, expected the head of a chunk`,
      );
    }
    if (byte !== LF || head === "\n") return false;
    if (head === "\n##\n") {
      if (parts.length === 0) throw new ProbeError("protocol", "Found a message without a chunk");
      head = "";
      return true;
    }
    open = Number(head.slice(2, -1));
    if (length + open > maxBytes) throw tooLarge(length + open, maxBytes);
    head = "";
    return false;
  }
  return {
    push(chunk) {
      const bytes = Buffer.from(chunk);
      const messages: string[] = [];
      for (let at = 0; at < bytes.length;) {
        if (open > 0) {
          const part = bytes.subarray(at, at + open);
          parts.push(part);
          length += part.length;
          open -= part.length;
          at += part.length;
        } else if (takeHead(bytes[at++]!)) {
          messages.push(Buffer.concat(parts).toString("utf8"));
          parts = [];
          length = 0;
        }
      }
      return messages;
    },
    rest: () => Buffer.concat([...parts, Buffer.from(head)]),
  };
}

/** Frames a message for base 1.0. */
export function endOfMessage(message: string): Buffer {
  return Buffer.concat([Buffer.from(message), END_OF_MESSAGE]);
}

/** Frames a message for base 1.1, as one chunk. */
export function asChunk(message: string): Buffer {
  const bytes = Buffer.from(message);
  return Buffer.concat([
    Buffer.from([LF, HASH]),
    Buffer.from(`${bytes.length}\n`),
    bytes,
    Buffer.from("\n##\n"),
  ]);
}

function tooLarge(size: number, limit: number): ProbeError {
  return new ProbeError("too-large", `A message of ${size} bytes or more, allowed are ${limit}`);
}
