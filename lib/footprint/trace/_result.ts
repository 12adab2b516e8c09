/** Finds how a call returned: the end of its line. */
import type { Result } from "./_machine.ts";
import { readNumber, type Scan } from "./_scan.ts";

const SPACE = 0x20;
const EQUALS = 0x3d;
const CLOSE = 0x29;
const QUESTION = 0x3f;
const LETTER_E = 0x45;

function isUpper(byte: number | undefined): boolean {
  return byte !== undefined && (byte >= 0x41 && byte <= 0x5a || byte >= 0x30 && byte <= 0x39);
}

function spells(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) {
    if (bytes[start + i] !== word.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * Reads `) = 3`, `) = -1 ENOENT (No such file or directory)`, `) = 0x20`, `) = ?` from the end of a
 * line, where no string can be mistaken for it.
 *
 * @param scan At the first argument, ending with the line; afterwards it ends behind the bracket.
 * @param result Where it is written to.
 * @returns Whether the line ends so.
 */
export function readResult(scan: Scan, result: Result): boolean {
  const { bytes, at: start, end } = scan;
  let equals = end - 2;
  while (
    equals > start &&
    !(bytes[equals] === EQUALS && bytes[equals + 1] === SPACE && bytes[equals - 1] === SPACE)
  ) equals--;
  let bracket = equals - 1;
  while (bracket >= start && bytes[bracket] === SPACE) bracket--;
  if (bracket < start || bytes[bracket] !== CLOSE) return false;
  result.missing = false;
  result.errorStart = -1;
  result.errorEnd = -1;
  scan.at = equals + 2;
  const known = bytes[scan.at] !== QUESTION;
  result.value = known ? readNumber(scan) : NaN;
  if (known && Number.isNaN(result.value)) return false;
  if (known && scan.at < end && !readTail(scan, result)) return false;
  scan.at = start;
  scan.end = bracket + 1;
  return true;
}

/** What stands behind a number: nothing, `(flags FD_CLOEXEC)`, or the name of an error. */
function readTail(scan: Scan, result: Result): boolean {
  const { bytes, at, end } = scan;
  if (bytes[at] !== SPACE || bytes[end - 1] !== CLOSE) return false;
  if (bytes[at + 1] !== LETTER_E) return true;
  let behind = at + 1;
  while (behind < end && isUpper(bytes[behind])) behind++;
  result.errorStart = at + 1;
  result.errorEnd = behind;
  result.missing = spells(bytes, at + 1, behind, "ENOENT") ||
    spells(bytes, at + 1, behind, "ENOTDIR");
  return true;
}
