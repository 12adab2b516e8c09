/**
 * Who is whose child.
 *
 * A child's first lines may come before the line in which the call that started it returns, so that
 * its number is not yet known to belong to anybody. If only one call can have started it, it is that
 * call's child; else its lines wait until the calls have returned.
 */
import { addDoubt, type Ledger, type LedgerProcess } from "./_ledger.ts";
import { type Descriptors, type Sharing, sharingOf, startThread, type Thread } from "./_tables.ts";

/** The most bytes of lines that wait for their process to be known. */
const MOST_WAITING = 64 * 1024 * 1024;

/** Lines of a process that is not known yet. */
export interface Waiting {
  readonly lines: { readonly bytes: Uint8Array; readonly atNs: number }[];
}

/** The processes and threads that there are. */
export interface Lineage {
  /** Threads by number. */
  readonly threads: Map<number, Thread>;
  /** Lines by the number of a thread that is not known yet. */
  readonly waiting: Map<number, Waiting>;
  /**
   * Finds out whose child a thread is that was not known.
   *
   * @param tid Its number.
   * @param force Whether to guess rather than to wait.
   * @returns The thread; `undefined` if its lines have to wait.
   */
  adopt(tid: number, force: boolean): Thread | undefined;
  /** Keeps a line until its process is known; returns whether there is room. */
  wait(tid: number, bytes: Uint8Array, atNs: number): boolean;
  /** A call has begun that starts a child. */
  begins(thread: Thread, text: string): void;
  /** It has returned. */
  returned(thread: Thread, value: number, text: string): void;
  /** A line of a thread was read. */
  seen(tid: number): void;
  /** A thread has executed a program and goes on under the number of its process. */
  superseded(leader: number, tid: number): void;
  /** A thread has ended. */
  ended(tid: number, how: LedgerProcess["ended"]): void;
  /** Numbers of threads whose lines need not wait any longer. */
  ready(): readonly number[];
  /** The log has ended. */
  finish(): void;
}

/** What the program was started with. */
export interface Origin {
  /** The working directory, as a binary string. */
  readonly cwd: string;
  /** Its descriptors. */
  readonly fds: Descriptors;
}

const NONE: readonly number[] = [];

function sameSharing(a: Sharing, b: Sharing): boolean {
  return a.thread === b.thread && a.files === b.files && a.place === b.place;
}

/**
 * Starts with no process; the first line's is the program.
 *
 * @param ledger Where processes are added.
 * @param origin What the program was started with.
 * @returns The lineage.
 */
export function makeLineage(ledger: Ledger, origin: Origin): Lineage {
  const threads = new Map<number, Thread>();
  const waiting = new Map<number, Waiting>();
  const starting = new Set<Thread>();
  /** Children that were seen before the call returned that started them, with who may have made it. */
  const early = new Map<number, Thread>();
  /**
   * Numbers that a call returned whose child seems to have been seen before, under another number: either
   * that child is another call's, or it lives in a namespace in which it has this number.
   */
  const aliases = new Map<number, { readonly parent: Thread; readonly text: string }>();
  /** Children whose number was returned and that were not seen yet. */
  const unseen = new Map<number, Thread>();
  let waitingBytes = 0;
  /** Numbers whose parents may be known now. */
  let freed: number[] = [];

  function first(tid: number): Thread {
    const process: LedgerProcess = {
      pid: tid,
      parent: undefined,
      executed: [],
      inherited: undefined,
      threads: 0,
      ended: undefined,
    };
    ledger.processes.push(process);
    return {
      tid,
      process,
      fds: new Map(origin.fds),
      place: { cwd: origin.cwd, root: "" },
      pending: undefined,
      starting: undefined,
    };
  }

  function add(thread: Thread): Thread {
    threads.set(thread.tid, thread);
    return thread;
  }

  function child(parent: Thread, tid: number, text: string): Thread {
    return add(startThread(parent, tid, sharingOf(text), ledger.processes));
  }

  /** The call that must have started a child; `undefined` if there are several, or none. */
  function onlyStart(force: boolean): Thread | undefined {
    let found: Thread | undefined;
    for (const thread of starting) {
      if (thread.starting?.child !== undefined) continue;
      if (found === undefined) {
        found = thread;
        if (force) return found;
        continue;
      }
      const same = found.process === thread.process && found.fds === thread.fds &&
        found.place === thread.place &&
        sameSharing(sharingOf(found.starting!.text), sharingOf(thread.starting!.text));
      if (!same) return undefined;
    }
    return found;
  }

  function anyStart(): boolean {
    for (const thread of starting) if (thread.starting?.child === undefined) return true;
    return false;
  }

  function stopStarting(thread: Thread): void {
    thread.starting = undefined;
    starting.delete(thread);
    if (waiting.size > 0 && !anyStart()) freed.push(...waiting.keys());
  }

  /**
   * Tells whether the child that a call returns was seen before. Where several calls could have started
   * it, another one may have been taken for its parent: they change children.
   */
  function claim(thread: Thread, tid: number): boolean {
    const taken = early.get(tid);
    early.delete(tid);
    if (taken === undefined || taken === thread) return taken !== undefined;
    const own = thread.starting?.child;
    if (own !== undefined) early.set(own, taken);
    if (taken.starting !== undefined) {
      if (own === undefined) delete taken.starting.child;
      else taken.starting.child = own;
    }
    return true;
  }

  function adopt(tid: number, force: boolean): Thread | undefined {
    if (threads.size === 0 && ledger.processes.length === 0) return add(first(tid));
    const alias = aliases.get(tid);
    if (alias !== undefined) {
      aliases.delete(tid);
      return child(alias.parent, tid, alias.text);
    }
    const parent = onlyStart(force);
    if (parent !== undefined) {
      if (force) addDoubt(ledger, "orphans");
      parent.starting!.child = tid;
      early.set(tid, parent);
      return child(parent, tid, parent.starting!.text);
    }
    if (!force && anyStart()) return undefined;
    // In a namespace of processes of their own, the numbers that calls return are others.
    for (const [number, thread] of unseen) {
      unseen.delete(number);
      threads.delete(number);
      const known = { ...thread, tid };
      if (thread.process.pid === number) {
        const at = ledger.processes.indexOf(thread.process);
        const process = { ...thread.process, pid: tid };
        ledger.processes[at] = process;
        return add({ ...known, process });
      }
      return add(known);
    }
    addDoubt(ledger, "orphans");
    return add(first(tid));
  }

  return {
    threads,
    waiting,
    adopt,
    wait(tid, bytes, atNs) {
      waitingBytes += bytes.length + 64;
      if (waitingBytes > MOST_WAITING) return false;
      const known = waiting.get(tid);
      if (known === undefined) waiting.set(tid, { lines: [{ bytes, atNs }] });
      else known.lines.push({ bytes, atNs });
      return true;
    },
    begins(thread, text) {
      thread.starting = { text };
      starting.add(thread);
    },
    returned(thread, value, text) {
      const known = value > 0 && claim(thread, value);
      const taken = thread.starting?.child;
      stopStarting(thread);
      if (known || !(value > 0)) return;
      if (taken !== undefined && early.has(taken) && !waiting.has(value)) {
        aliases.set(value, { parent: thread, text });
        return;
      }
      child(thread, value, text);
      if (waiting.has(value)) freed.push(value);
      else unseen.set(value, threads.get(value)!);
    },
    seen(tid) {
      if (unseen.size > 0) unseen.delete(tid);
    },
    superseded(leader, tid) {
      const thread = threads.get(tid);
      if (thread === undefined) return;
      const before = threads.get(leader);
      if (before !== undefined) stopStarting(before);
      threads.delete(tid);
      add({ ...thread, tid: leader });
    },
    ended(tid, how) {
      const thread = threads.get(tid);
      if (thread === undefined) return;
      threads.delete(tid);
      unseen.delete(tid);
      if (thread.starting?.child !== undefined) early.delete(thread.starting.child);
      stopStarting(thread);
      if (thread.process.pid !== tid) return;
      thread.process.ended = how;
      if (thread.process === ledger.processes[0]) ledger.endNs = ledger.nowNs;
    },
    ready() {
      if (freed.length === 0) return NONE;
      const now = freed;
      freed = [];
      for (const tid of now) {
        for (const line of waiting.get(tid)?.lines ?? []) waitingBytes -= line.bytes.length + 64;
      }
      return now;
    },
    finish() {
      // Children that no call returned, but for those that have other numbers in their namespaces.
      if (early.size > aliases.size) addDoubt(ledger, "orphans");
    },
  };
}
