/** What processes and threads know: descriptors, working directory, root. */
import type { LedgerProcess, OpenedFile } from "./_ledger.ts";

/** What a descriptor stands for. Never changed, so that copies of a table may share it. */
export interface Descriptor {
  /** The path by which it was opened, absolute and normalised; a binary string. */
  readonly path?: string;
  /** What was opened by the program itself. */
  readonly file?: OpenedFile;
  /** The type of a socket. */
  readonly socket?: string;
  /** The program's standard output or error. */
  readonly output?: boolean;
  /** Whether exec closes it. */
  readonly cloexec: boolean;
}

/** Descriptors by number. Those that can't matter are not in it. */
export type Descriptors = Map<number, Descriptor>;

/** Where paths start; shared between threads. */
export interface Place {
  /** The working directory, absolute and normalised; `undefined` if it can't be told. */
  cwd: string | undefined;
  /** The root directory, `""` for that of the system; `undefined` if it can't be told. */
  root: string | undefined;
}

/** A call that starts a process or thread and has not returned yet. */
export interface PendingStart {
  /** The call as printed, from its name on. */
  readonly text: string;
  /** The child that was seen before the call returned. */
  child?: number;
}

/** A thread; a process has at least one. */
export interface Thread {
  readonly tid: number;
  readonly process: LedgerProcess;
  fds: Descriptors;
  place: Place;
  /** The first part of a call that has not returned, from its name on. */
  pending: Uint8Array | undefined;
  /** That call, if it starts a child. */
  starting: PendingStart | undefined;
}

/** What a new process or thread shares with the one that started it. */
export interface Sharing {
  readonly thread: boolean;
  readonly files: boolean;
  readonly place: boolean;
}

/**
 * Reads what a call shares from its arguments.
 *
 * @param text The call as printed: `clone(child_stack=NULL, flags=CLONE_VM|…`.
 * @returns What is shared.
 */
export function sharingOf(text: string): Sharing {
  return {
    thread: text.includes("CLONE_THREAD"),
    files: text.includes("CLONE_FILES"),
    place: /CLONE_FS\b/.test(text),
  };
}

/**
 * Makes a thread of a process or the first thread of a new one.
 *
 * @param parent The thread that started it.
 * @param tid Its number.
 * @param sharing What it shares.
 * @param processes Where a new process is added.
 * @returns The thread.
 */
export function startThread(
  parent: Thread,
  tid: number,
  sharing: Sharing,
  processes: LedgerProcess[],
): Thread {
  const fds = sharing.files ? parent.fds : new Map(parent.fds);
  const place = sharing.place ? parent.place : { ...parent.place };
  if (sharing.thread) {
    parent.process.threads++;
    return { tid, process: parent.process, fds, place, pending: undefined, starting: undefined };
  }
  const process: LedgerProcess = {
    pid: tid,
    parent: parent.process.pid,
    executed: [],
    inherited: parent.process.executed.at(-1) ?? parent.process.inherited,
    threads: 0,
    ended: undefined,
  };
  processes.push(process);
  return { tid, process, fds, place, pending: undefined, starting: undefined };
}

/**
 * Does to the descriptors what exec does: they are no longer shared, and some are closed.
 *
 * @param thread Changed.
 */
export function closeOnExec(thread: Thread): void {
  const left: Descriptors = new Map();
  for (const [fd, descriptor] of thread.fds) {
    if (!descriptor.cloexec) left.set(fd, descriptor);
  }
  thread.fds = left;
}
