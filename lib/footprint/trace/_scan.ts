/**
 * Reads pieces of a line that strace printed, byte by byte.
 *
 * A line is ASCII: strace writes every other byte of a string as an escape. So text is kept as binary
 * strings, one character a byte, until somebody has to read it: paths are bytes to the kernel, and two
 * that differ in a byte are two files.
 */
import { Buffer } from "node:buffer";

/** A place in a line. */
export interface Scan {
  /** The bytes that hold the line. */
  bytes: Uint8Array;
  /** The same memory, for its method that makes strings. */
  buffer: { latin1Slice(start: number, end: number): string };
  /** The next byte. */
  at: number;
  /** Behind the last byte. */
  end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const CLOSE = 0x29;
const MINUS = 0x2d;
const DOT = 0x2e;
const SPACE = 0x20;
const TILDE = 0x7e;
const ZERO = 0x30;
const LOWER_X = 0x78;

/**
 * Makes a place in no line.
 *
 * @returns A scan that {@linkcode setBytes} gives its bytes.
 */
export function makeScan(): Scan {
  const scan = { at: 0, end: 0 } as Scan;
  setBytes(scan, new Uint8Array(0));
  return scan;
}

/**
 * Gives a scan other bytes.
 *
 * @param scan The scan.
 * @param bytes Bytes with one line or many.
 */
export function setBytes(scan: Scan, bytes: Uint8Array): void {
  scan.bytes = bytes;
  scan.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as unknown as
    & Scan["buffer"]
    & Buffer;
}

/**
 * Copies a part of the line.
 *
 * @param scan The line.
 * @param start Its first byte.
 * @param end Behind its last byte.
 * @returns A binary string.
 */
export function textOf(scan: Scan, start: number, end: number): string {
  return scan.buffer.latin1Slice(start, end);
}

function hexDigit(byte: number): number {
  if (byte >= ZERO && byte <= 0x39) return byte - ZERO;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/**
 * Reads a number: `3`, `-1`, `0x26000`.
 *
 * @param scan At its first character; afterwards behind its last one.
 * @returns The number, `NaN` where there is none. Above 2^53 it is not exact.
 */
export function readNumber(scan: Scan): number {
  const { bytes, end } = scan;
  let at = scan.at;
  const negative = at < end && bytes[at] === MINUS;
  if (negative) at++;
  const first = at;
  let value = 0;
  if (at + 2 < end && bytes[at] === ZERO && bytes[at + 1] === LOWER_X) {
    at += 2;
    const digits = at;
    for (let digit; at < end && (digit = hexDigit(bytes[at]!)) >= 0; at++) {
      value = value * 16 + digit;
    }
    if (at === digits) return NaN;
  } else {
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === first) return NaN;
  }
  scan.at = at;
  return negative ? -value : value;
}

/**
 * Steps over the comma behind an argument.
 *
 * @param scan Behind the argument; afterwards at the next one.
 * @returns Whether there was a comma and another argument.
 */
export function nextArgument(scan: Scan): boolean {
  const { bytes, at, end } = scan;
  if (at + 1 >= end || bytes[at] !== COMMA || bytes[at + 1] !== SPACE) return false;
  scan.at = at + 2;
  return true;
}

/**
 * Steps over an argument that is a number, an address or a word.
 *
 * @param scan At the argument; afterwards at the next one.
 * @returns Whether another argument follows.
 */
export function skipWord(scan: Scan): boolean {
  const { bytes, end } = scan;
  let at = scan.at;
  while (at < end && bytes[at] !== COMMA && bytes[at] !== CLOSE) at++;
  scan.at = at;
  return nextArgument(scan);
}

/** What {@linkcode readString} found beside the text. */
export interface StringNotes {
  /** Whether the text holds `//` or `/.`, so that it may have to be normalised. */
  dotted: boolean;
  /** Whether strace left the end out. */
  cut: boolean;
}

/** What is known of the string that was read last. */
export const lastString: StringNotes = { dotted: false, cut: false };

/**
 * Reads a quoted string and notes in {@linkcode lastString} what else is known of it.
 *
 * @param scan At the opening quote; afterwards behind the closing one and its dots.
 * @returns A binary string; `undefined` if there is no string, or one that never ends or has bytes
 * that strace does not print.
 */
export function readString(scan: Scan): string | undefined {
  const { bytes, end } = scan;
  const start = scan.at + 1;
  if (scan.at >= end || bytes[scan.at] !== QUOTE) return undefined;
  let at = start;
  let before = 0;
  let dotted = false;
  let escaped = false;
  for (;; at++) {
    if (at >= end) return undefined;
    const byte = bytes[at]!;
    if (byte === QUOTE) break;
    if (byte < SPACE || byte > TILDE) return undefined;
    if (before === 0x2f && (byte === 0x2f || byte === DOT)) dotted = true;
    before = byte;
    if (byte === BACKSLASH) {
      escaped = true;
      // The escaped character is no closing quote.
      before = bytes[++at] ?? 0;
    }
  }
  scan.at = at + 1;
  const cut = at + 3 < end && bytes[at + 1] === DOT && bytes[at + 2] === DOT &&
    bytes[at + 3] === DOT;
  if (cut) scan.at += 3;
  lastString.dotted = dotted || escaped;
  lastString.cut = cut;
  return escaped ? unescape(bytes, start, at) : textOf(scan, start, at);
}

const LETTERS: Readonly<Record<number, string>> = {
  0x6e: "\n",
  0x74: "\t",
  0x72: "\r",
  0x76: "\v",
  0x66: "\f",
};

/**
 * Undoes the escapes of strace: letters, up to three octal digits, `\x` and two hexadecimal ones.
 * Any other character behind a backslash stands for itself.
 */
function unescape(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte !== BACKSLASH) {
      text += String.fromCharCode(byte);
      continue;
    }
    const next = bytes[++at]!;
    if (next >= ZERO && next <= 0x37) {
      let code = 0;
      let digits = 0;
      for (; digits < 3 && at < end; digits++, at++) {
        const digit = bytes[at]! - ZERO;
        if (digit < 0 || digit > 7) break;
        code = code * 8 + digit;
      }
      at--;
      text += String.fromCharCode(code & 0xff);
    } else if (next === LOWER_X && at + 2 < end + 0 && hexDigit(bytes[at + 1]!) >= 0) {
      text += String.fromCharCode(hexDigit(bytes[at + 1]!) * 16 + hexDigit(bytes[at + 2]!));
      at += 2;
    } else {
      text += LETTERS[next] ?? String.fromCharCode(next);
    }
  }
  return text;
}

/** Whether the byte that follows ends an argument. */
export function endsArgument(scan: Scan): boolean {
  const byte = scan.bytes[scan.at];
  return scan.at < scan.end && (byte === COMMA || byte === CLOSE);
}
