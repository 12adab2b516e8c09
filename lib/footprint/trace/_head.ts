/** The head and the tail of a line: process, time, whether the call goes on in another line. */
import { type Scan, textOf } from "./_scan.ts";

const SPACE = 0x20;
const DOT = 0x2e;
const ZERO = 0x30;
const LESS = 0x3c;
const GREATER = 0x3e;
const LOWER_U = 0x75;

/** How strace marks the first part of a call that goes on in another line. */
const UNFINISHED_BYTES = " <unfinished ...>".length;

/** Why a call goes on in another line, or nowhere. */
const INTERRUPTION = /^ <(?:unfinished|detached|pid changed to \d+) \.\.\.>$/;

/** What stands before a call. */
export interface Head {
  /** The number of the process or thread. */
  tid: number;
  /** Nanoseconds since the line before. */
  passedNs: number;
}

/**
 * Reads `12345      0.000012345 `.
 *
 * @param scan At the line; afterwards behind the head.
 * @param head Where it is written to.
 * @returns Whether the line begins so.
 */
export function readHead(scan: Scan, head: Head): boolean {
  const { bytes, at: start, end } = scan;
  let at = start;
  let tid = 0;
  for (let digit; at < end && (digit = bytes[at]! - ZERO) >= 0 && digit <= 9; at++) {
    tid = tid * 10 + digit;
  }
  if (at === start || bytes[at] !== SPACE) return false;
  while (at < end && bytes[at] === SPACE) at++;
  let value = 0;
  let scale = 0;
  const time = at;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      scale *= 10;
    } else if (bytes[at] === DOT && scale === 0) scale = 1;
    else break;
  }
  if (at === time || bytes[time] === DOT || scale === 0 || bytes[at] !== SPACE) return false;
  head.tid = tid;
  head.passedNs = value * (1e9 / scale);
  scan.at = at + 1;
  return true;
}

/**
 * Finds what strace prints behind the first part of a call: ` <unfinished ...>`, or, when a thread goes
 * on under another number, ` <pid changed to 5 ...>`.
 *
 * @param line The line.
 * @returns Where it begins; -1 if the line does not end so.
 */
export function interruptionOf(line: Scan): number {
  const { bytes, at: start, end } = line;
  if (bytes[end - 1] !== GREATER || bytes[end - 2] !== DOT) return -1;
  const usual = end - UNFINISHED_BYTES;
  if (
    usual >= start && bytes[usual] === SPACE && bytes[usual + 1] === LESS &&
    bytes[usual + 2] === LOWER_U
  ) return usual;
  const less = bytes.lastIndexOf(LESS, end - 1);
  return less > start && INTERRUPTION.test(textOf(line, less - 1, end)) ? less - 1 : -1;
}
