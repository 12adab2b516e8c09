/** Reads the log of strace as it grows, in bounded memory, and adds up what it tells. */
import { DATA_CALLS } from "./_data_calls.ts";
import { DESCRIPTOR_CALLS } from "./_descriptor_calls.ts";
import { FILE_CALLS } from "./_file_calls.ts";
import { addDoubt, type Ledger, makeLedger } from "./_ledger.ts";
import { makeLineage, type Origin } from "./_lineage.ts";
import { makeHandlerTable } from "./_handler_table.ts";
import type { Machine } from "./_machine.ts";
import { PROCESS_CALLS } from "./_process_calls.ts";
import { areAllPrinted, readResult } from "./_result.ts";
import { makeScan, readNumber, type Scan, setBytes, textOf } from "./_scan.ts";
import { SOCKET_CALLS } from "./_socket_calls.ts";
import type { Thread } from "./_tables.ts";

/** The longest line that is read; strace prints no longer ones for the calls that are traced. */
const LONGEST_LINE = 4 * 1024 * 1024;

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const LESS = 0x3c;
const GREATER = 0x3e;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const OPEN_SQUARE = 0x5b;
const CLOSE_SQUARE = 0x5d;

const UNFINISHED = new TextEncoder().encode(" <unfinished ...>");

const HANDLERS = makeHandlerTable({
  ...FILE_CALLS,
  ...DATA_CALLS,
  ...DESCRIPTOR_CALLS,
  ...PROCESS_CALLS,
  ...SOCKET_CALLS,
});

/** Calls that start a child, whose beginning matters. */
const STARTS = /^(?:clone3?|v?fork)\(/;

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

function endsUnfinished(bytes: Uint8Array, start: number, end: number): boolean {
  const from = end - UNFINISHED.length;
  if (from < start || bytes[end - 1] !== GREATER) return false;
  for (let i = 0; i < UNFINISHED.length; i++) {
    if (bytes[from + i] !== UNFINISHED[i]) return false;
  }
  return true;
}

/**
 * Starts to read a log that strace wrote with `-f`, `-r` and `-o`.
 *
 * @param origin What the program was started with.
 * @returns The parser. It never throws: what it can't read is counted as a doubt in the ledger.
 */
export function createTraceParser(origin: Origin): TraceParser {
  const ledger = makeLedger();
  const lineage = makeLineage(ledger, origin);
  const machine: Machine = {
    ledger,
    lineage,
    result: { value: NaN, missing: false, errorStart: -1, errorEnd: -1 },
  };
  const scan = makeScan();
  /** For calls in two parts: they are put together here. */
  const joined = makeScan();
  let carry = new Uint8Array(0);
  let overlong = false;
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
  function unfinished(thread: Thread, line: Scan): boolean {
    if (thread.pending !== undefined) lost(thread);
    const start = line.at;
    const end = line.end - UNFINISHED.length;
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
      default:
        return endsUnfinished(line.bytes, line.at, line.end)
          ? unfinished(thread, line)
          : call(thread, line);
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

  /** Reads a whole line without its line feed. */
  function line(start: number, end: number): void {
    const { bytes } = scan;
    ledger.lines++;
    let at = start;
    let tid = 0;
    for (let digit; at < end && (digit = bytes[at]! - ZERO) >= 0 && digit <= 9; at++) {
      tid = tid * 10 + digit;
    }
    if (at === start || bytes[at] !== SPACE) return damaged();
    while (at < end && bytes[at] === SPACE) at++;
    let ns = 0;
    let scale = 0;
    const time = at;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit >= 0 && digit <= 9) {
        ns = ns * 10 + digit;
        scale *= 10;
      } else if (bytes[at] === DOT && scale === 0) scale = 1;
      else break;
    }
    if (at === time || bytes[time] === DOT || scale === 0 || bytes[at] !== SPACE) return damaged();
    ledger.nowNs += ns * (1e9 / scale);
    scan.at = at + 1;
    scan.end = end;
    if (tid !== lastTid || lastThread === undefined) {
      lastThread = lineage.threads.get(tid) ?? lineage.adopt(tid, false);
      lastTid = tid;
      lineage.seen(tid);
    }
    if (lastThread === undefined) {
      if (!lineage.wait(tid, bytes.slice(at + 1, end), ledger.nowNs)) damaged();
      return;
    }
    if (lineage.waiting.size > 0 && lineage.waiting.has(tid)) {
      replay(tid);
      lastThread = lineage.threads.get(tid);
      lastTid = tid;
    }
    const thread = lastThread;
    if (thread === undefined) return damaged();
    const marker = bytes[at + 1];
    if (!body(thread, scan)) damaged();
    if (marker === PLUS) lastTid = -1;
    catchUp();
  }

  return {
    ledger,
    push(chunk) {
      let start = 0;
      if (carry.length > 0 || overlong) {
        const feed = chunk.indexOf(LINE_FEED);
        const behind = feed < 0 ? chunk.length : feed + 1;
        if (!overlong) {
          const whole = new Uint8Array(carry.length + behind);
          whole.set(carry);
          whole.set(chunk.subarray(0, behind), carry.length);
          carry = whole;
        }
        if (feed < 0) {
          if (carry.length > LONGEST_LINE) {
            overlong = true;
            carry = new Uint8Array(0);
          }
          return;
        }
        if (overlong) damaged();
        else {
          setBytes(scan, carry);
          line(0, carry.length - 1);
        }
        overlong = false;
        carry = new Uint8Array(0);
        start = behind;
      }
      setBytes(scan, chunk);
      for (let feed; (feed = chunk.indexOf(LINE_FEED, start)) >= 0; start = feed + 1) {
        line(start, feed);
      }
      carry = chunk.slice(start);
    },
    finish() {
      // strace ends every line: the rest of one was cut.
      if (carry.length > 0 || overlong) damaged();
      carry = new Uint8Array(0);
      for (const tid of [...lineage.waiting.keys()]) replay(tid);
      catchUp();
      lineage.finish();
      return ledger;
    },
  };
}
