/** Reads the log of strace as it grows, in bounded memory, and adds up what it tells. */
import type { MissedSearch } from "../types.ts";
import { DATA_CALLS } from "./_data_calls.ts";
import { DESCRIPTOR_CALLS } from "./_descriptor_calls.ts";
import { FILE_CALLS } from "./_file_calls.ts";
import { addDoubt, type Ledger, makeLedger } from "./_ledger.ts";
import { makeLineage, type Origin } from "./_lineage.ts";
import { makeHandlerTable } from "./_handler_table.ts";
import { type Head, interruptionOf, readHead } from "./_head.ts";
import type { Machine } from "./_machine.ts";
import { makeMisses } from "./_misses.ts";
import { PROCESS_CALLS } from "./_process_calls.ts";
import { areAllPrinted, readResult } from "./_result.ts";
import { makeScan, readNumber, type Scan, setBytes, textOf } from "./_scan.ts";
import { SOCKET_CALLS } from "./_socket_calls.ts";
import { splitLines } from "./_split.ts";
import type { Thread } from "./_tables.ts";

const LESS = 0x3c;
const GREATER = 0x3e;
const PLUS = 0x2b;
const MINUS = 0x2d;
const OPEN_SQUARE = 0x5b;
const CLOSE_SQUARE = 0x5d;

const HANDLERS = makeHandlerTable({
  ...FILE_CALLS,
  ...DATA_CALLS,
  ...DESCRIPTOR_CALLS,
  ...PROCESS_CALLS,
  ...SOCKET_CALLS,
});

/** Calls that start a child, whose beginning matters. */
const STARTS = /^(?:clone3?|v?fork)\(/;

/** What a log is read with beside the program's origin. */
export interface ParserOptions {
  /** A path, as a binary string: nothing is counted after the program opened or looked for it. */
  readonly marker?: string;
  /** Paths that the environment names for a search, as binary strings. */
  readonly named?: ReadonlyMap<string, MissedSearch>;
}

/** Reads a log piece by piece. */
export interface TraceParser {
  /** What was found so far. */
  readonly ledger: Ledger;
  /**
   * Reads on.
   *
   * @param chunk The next bytes of the log; lines may be cut anywhere. They may change afterwards.
   */
  push(chunk: Uint8Array): void;
  /**
   * Says that the log has ended.
   *
   * @returns What was found.
   */
  finish(): Ledger;
}

/**
 * Starts to read a log that strace wrote with `-f`, `-r` and `-o`.
 *
 * @param origin What the program was started with.
 * @param options The marker, and what the environment names for searches.
 * @returns The parser. It never throws: what it can't read is counted as a doubt in the ledger.
 */
export function createTraceParser(origin: Origin, options: ParserOptions = {}): TraceParser {
  const { marker, named } = options;
  const ledger = makeLedger(makeMisses(named));
  const lineage = makeLineage(ledger, origin);
  const machine: Machine = {
    ledger,
    lineage,
    result: { value: NaN, missing: false, errorStart: -1, errorEnd: -1 },
    marker,
  };
  const scan = makeScan();
  /** For calls in two parts: they are put together here. */
  const joined = makeScan();
  const head: Head = { tid: 0, passedNs: 0 };
  let lastTid = -1;
  let lastThread: Thread | undefined;

  function damaged(): void {
    addDoubt(ledger, "damaged");
  }

  /** Reads a call from its name on; the scan ends with the line. */
  function call(thread: Thread, line: Scan, resumes = false): boolean {
    if (thread.pending !== undefined) lost(thread);
    const entry = HANDLERS.find(line);
    if (entry === undefined) return false;
    if (!readResult(line, machine.result)) return false;
    // What close does was done when it began.
    if (resumes && entry.name === "close") return true;
    // The process ended before the call did, or the call starts again.
    const unknown = Number.isNaN(machine.result.value);
    if (unknown && thread.starting === undefined && entry.name !== "close") return true;
    return entry.handle?.(machine, thread, line, entry.name) ?? true;
  }

  /** A call that has begun must end before the next one: its end is missing. */
  function lost(thread: Thread): void {
    damaged();
    thread.pending = undefined;
    if (thread.starting !== undefined) lineage.returned(thread, NaN, "");
  }

  /** The first part of a call. */
  function unfinished(thread: Thread, line: Scan, end: number): boolean {
    if (thread.pending !== undefined) lost(thread);
    const start = line.at;
    thread.pending = line.bytes.slice(start, end);
    if (!areAllPrinted(thread.pending)) return false;
    const entry = HANDLERS.find(line);
    if (entry === undefined) return false;
    if (entry.name === "close") {
      // The number is free from here on: another thread may get it before this call returns.
      const fd = readNumber(line);
      thread.fds.delete(fd);
    } else if (entry.handle !== undefined) {
      const text = entry.name.length <= 6 ? textOf(line, start, end) : "";
      if (STARTS.test(text)) lineage.begins(thread, text);
    }
    return true;
  }

  /** `<... openat resumed>) = 3` */
  function resumed(thread: Thread, line: Scan): boolean {
    const { bytes, at, end } = line;
    const first = thread.pending;
    thread.pending = undefined;
    const behind = bytes.indexOf(GREATER, at);
    if (first === undefined || behind < 0 || behind >= end) return false;
    const words = textOf(line, at, behind + 1).match(/^<\.\.\. ([\w?]+) resumed>$/);
    if (words === null) return false;
    const length = first.length + end - behind - 1;
    if (joined.bytes.length < length) setBytes(joined, new Uint8Array(2 * length));
    joined.bytes.set(first, 0);
    joined.bytes.set(bytes.subarray(behind + 1, end), first.length);
    joined.at = 0;
    joined.end = length;
    const name = words[1]!;
    if (textOf(joined, 0, name.length + 1) !== `${name}(`) return false;
    return call(thread, joined, true);
  }

  /** `+++ exited with 0 +++`, `+++ killed by SIGKILL +++`, `+++ superseded by execve in pid 5 +++` */
  function ended(tid: number, line: Scan): boolean {
    const text = textOf(line, line.at, line.end);
    const how = text.match(
      /^\+\+\+ (?:exited with (\d+)|killed by (SIG\w+)(?: \(core dumped\))?|superseded by execve in pid (\d+)) \+\+\+$/,
    );
    if (how === null) return false;
    const [, code, signal, by] = how;
    if (by !== undefined) lineage.superseded(tid, Number(by));
    else lineage.ended(tid, signal === undefined ? { code: Number(code) } : { signal });
    return true;
  }

  /** Reads a line behind its time. */
  function body(thread: Thread, line: Scan): boolean {
    switch (line.bytes[line.at]) {
      case LESS:
        return resumed(thread, line);
      case PLUS:
        return ended(thread.tid, line);
      case MINUS:
        // A signal, or that it stopped.
        return line.bytes[line.end - 1] === MINUS;
      case OPEN_SQUARE:
        // A note that a process runs in 32-bit mode.
        return line.bytes[line.end - 1] === CLOSE_SQUARE;
      default: {
        const end = interruptionOf(line);
        return end < 0 ? call(thread, line) : unfinished(thread, line, end);
      }
    }
  }

  /** Reads lines that waited until their process was known. */
  function catchUp(): void {
    for (let freed = lineage.ready(); freed.length > 0; freed = lineage.ready()) {
      for (const tid of freed) replay(tid);
    }
  }

  function replay(tid: number): void {
    const lines = lineage.waiting.get(tid)?.lines;
    if (lines === undefined) return;
    lineage.waiting.delete(tid);
    const nowNs = ledger.nowNs;
    const own = makeScan();
    for (const { bytes, atNs } of lines) {
      ledger.nowNs = atNs;
      const thread = lineage.threads.get(tid) ?? lineage.adopt(tid, true);
      setBytes(own, bytes);
      own.at = 0;
      own.end = bytes.length;
      if (thread === undefined || !body(thread, own)) damaged();
    }
    ledger.nowNs = nowNs;
    lastTid = -1;
  }

  /** Finds whose line it is, reading what waited before it; `undefined` if the line has to wait. */
  function threadOf(tid: number): Thread | undefined {
    if (tid === lastTid && lastThread !== undefined) return lastThread;
    lastThread = lineage.threads.get(tid) ?? lineage.adopt(tid, false);
    lineage.seen(tid);
    if (lastThread !== undefined && lineage.waiting.has(tid)) {
      replay(tid);
      lastThread = lineage.threads.get(tid);
    }
    lastTid = tid;
    return lastThread;
  }

  /** Behind the marker, only how processes end still counts. */
  function afterMarker(tid: number): void {
    if (scan.bytes[scan.at] !== PLUS || !lineage.threads.has(tid)) return;
    if (!ended(tid, scan)) damaged();
  }

  /** Reads a whole line without its line feed. */
  function line(start: number, end: number): void {
    ledger.lines++;
    scan.at = start;
    scan.end = end;
    if (!readHead(scan, head)) return damaged();
    ledger.nowNs += head.passedNs;
    const { at } = scan;
    if (ledger.markerNs !== undefined) return afterMarker(head.tid);
    const thread = threadOf(head.tid);
    if (thread === undefined) {
      if (!lineage.wait(head.tid, scan.bytes.slice(at, end), ledger.nowNs)) damaged();
      return;
    }
    const isEnd = scan.bytes[at] === PLUS;
    if (!body(thread, scan)) damaged();
    if (isEnd) lastTid = -1;
    catchUp();
  }

  const splitter = splitLines({ bytes: (bytes) => setBytes(scan, bytes), line, damaged });
  return {
    ledger,
    push: splitter.push,
    finish() {
      splitter.finish();
      for (const tid of [...lineage.waiting.keys()]) replay(tid);
      catchUp();
      // Calls that were under way at the marker have no end.
      if (ledger.markerNs === undefined) lineage.finish();
      return ledger;
    },
  };
}
