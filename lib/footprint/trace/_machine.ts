/** What the handlers of system calls share: the ledger, the line that is read, the result of the call. */
import { addDoubt, type Ledger } from "./_ledger.ts";
import type { Lineage } from "./_lineage.ts";
import { resolvePath } from "./_path.ts";
import { endsArgument, lastString, readNumber, readString, type Scan } from "./_scan.ts";
import type { Thread } from "./_tables.ts";

/** How a call returned. */
export interface Result {
  /** What it returned; `NaN` if that is unknown, because the process ended or the call starts again. */
  value: number;
  /** Whether it failed because there is no such file (ENOENT, ENOTDIR). */
  missing: boolean;
  /** Where the name of the error stands in the line, if there is one. */
  errorStart: number;
  errorEnd: number;
}

/** Everything that a handler may use. */
export interface Machine {
  readonly ledger: Ledger;
  readonly lineage: Lineage;
  readonly result: Result;
  /** The path that the program opens or looks for when the trace shall end; a binary string. */
  readonly marker: string | undefined;
}

/**
 * Handles one call that has returned.
 *
 * @param machine Shared; changed.
 * @param thread Who called; changed.
 * @param scan At the first argument; it ends behind the closing bracket.
 * @param call The name of the call.
 * @returns Whether the line was understood.
 */
export type Handler = (machine: Machine, thread: Thread, scan: Scan, call: string) => boolean;

/** The directory descriptor that stands for the working directory. */
export const AT_FDCWD = -100;

const UPPER_A = 0x41;
const WORKING_DIRECTORY = "AT_FDCWD";

/**
 * Reads a directory descriptor.
 *
 * @param scan At it; afterwards behind it.
 * @returns The number, {@linkcode AT_FDCWD} for the working directory, `NaN` for anything else.
 */
export function readFolder(scan: Scan): number {
  if (scan.bytes[scan.at] !== UPPER_A) return readNumber(scan);
  for (let i = 0; i < WORKING_DIRECTORY.length; i++) {
    if (scan.bytes[scan.at + i] !== WORKING_DIRECTORY.charCodeAt(i)) return NaN;
  }
  scan.at += WORKING_DIRECTORY.length;
  return endsArgument(scan) ? AT_FDCWD : NaN;
}

/** A path in a line; `undefined` text when strace printed an address in its place. */
export interface PathArgument {
  readonly text: string | undefined;
  /** Whether it may hold `.`, `..`, `//`. */
  readonly dotted: boolean;
}

/**
 * Reads a path.
 *
 * @param scan At it; afterwards behind it.
 * @returns The path, `undefined` if the line is damaged there.
 */
export function readPath(scan: Scan): PathArgument | undefined {
  if (scan.bytes[scan.at] === 0x22) {
    const text = readString(scan);
    if (text === undefined || !endsArgument(scan)) return undefined;
    return lastString.cut ? NO_PATH : { text, dotted: lastString.dotted };
  }
  // NULL, or an address that can't be read.
  if (scan.bytes[scan.at] === 0x4e) scan.at += "NULL".length;
  else if (Number.isNaN(readNumber(scan))) return undefined;
  return endsArgument(scan) ? NO_PATH : undefined;
}

const NO_PATH: PathArgument = { text: undefined, dotted: false };

/** A path that was located. */
export interface Located {
  /** Absolute and normalised. */
  readonly path: string;
  /** Absolute as it was asked for, where `..` in it may lead elsewhere. */
  readonly asked: string | undefined;
}

/**
 * Makes a path absolute, from the working directory or a descriptor.
 *
 * @param thread Who uses it.
 * @param folder A directory descriptor.
 * @param argument The path.
 * @param inRoot Whether absolute paths start at the descriptor, too.
 * @returns Where it is; `undefined` if that can't be told.
 */
export function locate(
  thread: Thread,
  folder: number,
  argument: PathArgument,
  inRoot = false,
): Located | undefined {
  const { text, dotted } = argument;
  if (text === undefined) return undefined;
  const { root, cwd } = thread.place;
  const absolute = text.charCodeAt(0) === 0x2f;
  if (absolute && !inRoot) {
    if (root === undefined) return undefined;
    if (!dotted && root === "" && text.charCodeAt(text.length - 1) !== 0x2f) {
      return { path: text, asked: undefined };
    }
    const inside = resolvePath("", text);
    const path = root === "" ? inside : inside === "/" ? root : root + inside;
    return { path, asked: text.includes("..") ? root + text : undefined };
  }
  const start = folder === AT_FDCWD ? cwd : thread.fds.get(folder)?.path;
  if (start === undefined) return undefined;
  if (inRoot) return { path: resolvePath(start, `.${resolvePath("", text)}`), asked: undefined };
  if (text === "") return { path: start, asked: undefined };
  return {
    path: resolvePath(start, text),
    asked: text.includes("..") ? `${start}/${text}` : undefined,
  };
}

/**
 * Notes that a successful open can't be told.
 *
 * @param machine Shared.
 */
export function addUnresolved({ ledger }: Machine): void {
  addDoubt(ledger, "unresolved");
}

/** Whether the line has been read up to the closing bracket of the call. */
export function atEnd(scan: Scan): boolean {
  return scan.at === scan.end - 1;
}
