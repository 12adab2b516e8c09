/** What the calls of a program add up to: files, misses, sockets, processes. */
import type { TracedSocket } from "../types.ts";
import type { Misses } from "./_misses.ts";
import type { Ranges } from "./_ranges.ts";

/** What an open says of the file beside its path. */
export interface OpenFlags {
  /** The descriptor is closed by exec. */
  readonly cloexec: boolean;
  /** Only a folder can be opened so. */
  readonly folder: boolean;
  /** Only a regular file can come of it: it may be created. */
  readonly creates: boolean;
  /** A file without a name, in the folder of that path. */
  readonly nameless: boolean;
  /** Paths start at the folder of the descriptor, absolute ones too. */
  readonly inRoot: boolean;
}

/** Something that was opened, by its path. */
export interface OpenedFile {
  /** Its identity: absolute, normalised lexically; a binary string. */
  readonly path: string;
  /** The path before it was normalised, where `..` may lead elsewhere. */
  readonly asked: string | undefined;
  /** Successful opens. */
  opens: number;
  /** Nanoseconds after the start at the first of them. */
  firstNs: number;
  /** Bytes read. */
  readBytes: number;
  /** Parts that were mapped. */
  readonly mapped: Ranges;
  /** Whether it was opened as only folders can be. */
  folder: boolean;
  /** Whether it was opened as only regular files can be. */
  regular: boolean;
}

/** A process and what became of it. */
export interface LedgerProcess {
  /** Its number. */
  readonly pid: number;
  /** Its parent's number; `undefined` for the program itself. */
  readonly parent: number | undefined;
  /** Programs that it executed: binary strings. */
  readonly executed: { readonly program: string; readonly argv: readonly string[] }[];
  /** What its parent was when it was forked. */
  readonly inherited: { readonly program: string; readonly argv: readonly string[] } | undefined;
  /** Threads that it started beside its first one. */
  threads: number;
  /** How it ended, if it has. */
  ended: { readonly code: number } | { readonly signal: string } | undefined;
}

/** Why something may be missing, with how often it happened. */
export type Doubt =
  /** Lines that are none of strace. */
  | "damaged"
  /** Opens whose path can't be told. */
  | "unresolved"
  /** Processes whose parent can't be told. */
  | "orphans"
  /** io_uring was set up. */
  | "io-uring"
  /** Another root, or other mounts. */
  | "namespace"
  /** strace swallowed the first call after a thread executed a program. */
  | "swallowed"
  /** Sockets beyond the most that are kept. */
  | "sockets";

/** Everything that was found. */
export interface Ledger {
  /** By path, in the order of the first opens. */
  readonly files: Map<string, OpenedFile>;
  /** Look-ups that found nothing. */
  readonly misses: Misses;
  /** Sockets by address and use. */
  readonly sockets: Map<string, TracedSocket>;
  /** In the order of their starts. */
  readonly processes: LedgerProcess[];
  /** Why something may be missing. */
  readonly doubts: Map<Doubt, number>;
  /** Lines that were read. */
  lines: number;
  /** Nanoseconds after the start at the last line. */
  nowNs: number;
  /** When a file was last opened that had not been opened before. */
  newFileNs: number;
  /** When it first wrote to its output. */
  firstOutputNs: number | undefined;
  /** When the program's own process ended. */
  endNs: number | undefined;
  /** When the program reached its marker: nothing after it is counted. */
  markerNs: number | undefined;
}

/**
 * Starts with nothing.
 *
 * @param misses Where look-ups are counted that find nothing.
 * @returns The ledger.
 */
export function makeLedger(misses: Misses): Ledger {
  return {
    files: new Map(),
    misses,
    sockets: new Map(),
    processes: [],
    doubts: new Map(),
    lines: 0,
    nowNs: 0,
    newFileNs: 0,
    firstOutputNs: undefined,
    endNs: undefined,
    markerNs: undefined,
  };
}

/**
 * Notes that something may be missing.
 *
 * @param ledger Changed.
 * @param doubt Why.
 */
export function addDoubt(ledger: Ledger, doubt: Doubt): void {
  ledger.doubts.set(doubt, (ledger.doubts.get(doubt) ?? 0) + 1);
}

/**
 * Counts a successful open.
 *
 * @param ledger Changed.
 * @param path Its identity.
 * @param asked The path before it was normalised, if that may lead elsewhere.
 * @param flags How it was opened.
 * @returns The file.
 */
export function addOpen(
  ledger: Ledger,
  path: string,
  asked: string | undefined,
  flags: OpenFlags,
): OpenedFile {
  let file = ledger.files.get(path);
  if (file === undefined) {
    file = {
      path,
      asked,
      opens: 0,
      firstNs: ledger.nowNs,
      readBytes: 0,
      mapped: [],
      folder: false,
      regular: false,
    };
    ledger.files.set(path, file);
    ledger.newFileNs = ledger.nowNs;
  }
  file.opens++;
  // Lines that had to wait for their process are read late.
  file.firstNs = Math.min(file.firstNs, ledger.nowNs);
  if (flags.folder) file.folder = true;
  if (flags.creates) file.regular = true;
  return file;
}
