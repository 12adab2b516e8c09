/** Finds where the arguments of a call end, and how it returned. */
import type { Result } from "./_machine.ts";
import { readNumber, type Scan } from "./_scan.ts";

const SPACE = 0x20;
const TILDE = 0x7e;
const QUOTE = 0x22;
const DOT = 0x2e;
const OPEN_ROUND = 0x28;
const CLOSE_ROUND = 0x29;
const EQUALS = 0x3d;
const LESS = 0x3c;
const QUESTION = 0x3f;
const LETTER_E = 0x45;
const OPEN_SQUARE = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_SQUARE = 0x5d;
const OPEN_CURLY = 0x7b;
const CLOSE_CURLY = 0x7d;

/** Whether strace would print a byte: it writes all others as escapes. */
function isPrinted(byte: number): boolean {
  return byte >= SPACE && byte <= TILDE;
}

/** Whether strace would print all of some bytes. */
export function areAllPrinted(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (!isPrinted(bytes[at]!)) return false;
  return true;
}

/** Finds the quote that closes a string, -1 if there is none. */
function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (!isPrinted(byte)) return -1;
    if (byte === BACKSLASH) at++;
  }
  return -1;
}

/**
 * Finds the bracket that closes the arguments.
 *
 * @param scan At the first argument.
 * @returns Its place, -1 if there is none or a byte before it that strace does not print.
 */
function closingBracket({ bytes, at: start, end }: Scan): number {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (!isPrinted(byte)) return -1;
    switch (byte) {
      case QUOTE:
        at = closingQuote(bytes, at + 1, end);
        if (at < 0) return -1;
        break;
      case LESS:
        // `<... read resumed>`, `<unfinished ...>`: another line begins inside of this one.
        if (bytes[at + 1] === DOT) return -1;
        break;
      case OPEN_ROUND:
      case OPEN_SQUARE:
      case OPEN_CURLY:
        depth++;
        break;
      case CLOSE_ROUND:
      case CLOSE_SQUARE:
      case CLOSE_CURLY:
        if (depth-- === 0) return byte === CLOSE_ROUND ? at : -1;
        break;
    }
  }
  return -1;
}

function isErrorByte(byte: number | undefined): boolean {
  return byte !== undefined && (byte >= 0x41 && byte <= 0x5a || byte >= 0x30 && byte <= 0x39);
}

function spells(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) {
    if (bytes[start + i] !== word.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether the rest of the line is one pair of brackets with words in it: `(No such file)`. */
function isRemark({ bytes, end }: Scan, start: number): boolean {
  if (start + 1 >= end || bytes[start] !== OPEN_ROUND || bytes[end - 1] !== CLOSE_ROUND) {
    return false;
  }
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at]!;
    if (!isPrinted(byte)) return false;
    if (byte === OPEN_ROUND || byte === CLOSE_ROUND || byte === QUOTE || byte === EQUALS) {
      return false;
    }
  }
  return true;
}

/** What stands behind a number: nothing, `(flags FD_CLOEXEC)`, or an error with its explanation. */
function readTail(scan: Scan, result: Result): boolean {
  const { bytes, at, end } = scan;
  if (at === end) return !(result.value < 0);
  if (bytes[at] !== SPACE) return false;
  if (bytes[at + 1] !== LETTER_E) return isRemark(scan, at + 1);
  let behind = at + 1;
  while (behind < end && isErrorByte(bytes[behind])) behind++;
  result.errorStart = at + 1;
  result.errorEnd = behind;
  result.missing = spells(bytes, at + 1, behind, "ENOENT") ||
    spells(bytes, at + 1, behind, "ENOTDIR");
  return bytes[behind] === SPACE && isRemark(scan, behind + 1);
}

/**
 * Reads `) = 3`, `) = -1 ENOENT (No such file or directory)`, `) = 0x20`, `) = ?` behind the arguments.
 * The whole line is looked at, so that one that is cut and goes on with another one is noticed.
 *
 * @param scan At the first argument, ending with the line; afterwards it ends behind the bracket.
 * @param result Where it is written to.
 * @returns Whether the line is a whole call.
 */
export function readResult(scan: Scan, result: Result): boolean {
  const { bytes, at: start, end } = scan;
  const bracket = closingBracket(scan);
  if (bracket < 0) return false;
  let at = bracket + 1;
  while (at < end && bytes[at] === SPACE) at++;
  if (at === bracket + 1 || bytes[at] !== EQUALS || bytes[at + 1] !== SPACE) return false;
  result.missing = false;
  result.errorStart = -1;
  result.errorEnd = -1;
  scan.at = at + 2;
  if (bytes[scan.at] === QUESTION) {
    result.value = NaN;
    scan.at++;
    const unavailable = spells(bytes, scan.at, end, " <unavailable>");
    if (scan.at < end && !unavailable && !readTail(scan, result)) return false;
  } else {
    result.value = readNumber(scan);
    if (Number.isNaN(result.value) || !readTail(scan, result)) return false;
  }
  scan.at = start;
  scan.end = bracket + 1;
  return true;
}
