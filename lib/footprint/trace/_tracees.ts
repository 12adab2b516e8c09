/** Finds and ends the processes that strace traces, whatever group, session or parent they have. */
import type { LedgerProcess } from "./_ledger.ts";

/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE_MS = 500;

/** Milliseconds between two looks at processes that are to end. */
const LOOK_MS = 25;

/** Milliseconds after which strace itself is ended. */
const GIVE_UP_MS = 5000;

/** What the kernel says of a process; `undefined` once it has ended and was waited for. */
function statusOf(pid: number): string | undefined {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/status`);
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

function isTracedBy(status: string, tracer: number): boolean {
  return new RegExp(`^TracerPid:\\t${tracer}$`, "m").test(status);
}

/** Whether a process has not ended yet, be it waited for or not. */
function isRunning(pid: number): boolean {
  const status = statusOf(pid);
  return status !== undefined && !/^State:\t[ZX]/m.test(status);
}

/**
 * Tells whether a process is running and traced by another.
 *
 * @param pid The process.
 * @param tracer The process of strace.
 * @returns `false` also once it has ended.
 */
export function isTracee(pid: number, tracer: number): boolean {
  return isTracedBy(statusOf(pid) ?? "", tracer) && isRunning(pid);
}

/** The processes that a tracer traces; their threads are not told apart. */
function traceesOf(tracer: number): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const status = statusOf(pid);
    if (status !== undefined && isTracedBy(status, tracer)) found.push(pid);
  }
  return found;
}

function send(pids: readonly number[], signal: Deno.Signal): void {
  for (const pid of pids) {
    try {
      Deno.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Waits for a moment, or until something has ended; returns whether it has. */
async function endsWithin(ended: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const moment = new Promise<false>((done) => timer = setTimeout(() => done(false), ms));
  try {
    return await Promise.race([ended.then(() => true), moment]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ends everything that strace traces: SIGTERM, half a second later SIGKILL. strace then ends by itself.
 *
 * @param tracer The process of strace.
 * @param ended Fulfilled when strace has ended.
 * @param waitMs Milliseconds in which it may end without being asked.
 * @returns How many processes were asked to end.
 */
export async function endTracees(
  tracer: number,
  ended: Promise<unknown>,
  waitMs = 0,
): Promise<number> {
  if (waitMs > 0 && await endsWithin(ended, waitMs)) return 0;
  const asked = traceesOf(tracer);
  send(asked, "SIGTERM");
  // Stopped processes act on nothing but SIGKILL.
  send(asked, "SIGCONT");
  if (await endsWithin(ended, GRACE_MS)) return asked.length;
  const giveUp = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUp) {
    send(traceesOf(tracer), "SIGKILL");
    if (await endsWithin(ended, LOOK_MS)) return asked.length;
  }
  send([tracer], "SIGKILL");
  await ended;
  return asked.length;
}

/** Ticks in a second of what /proc tells (USER_HZ), on every processor that Deno runs on. */
const TICKS = 100;

/** How long ago a process was started, in milliseconds: see proc(5), `starttime` in `/proc/pid/stat`. */
function ageMs(pid: number): number {
  try {
    const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
    // The name stands in brackets and may hold anything; 19 words behind it is the 22nd.
    const started = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const up = Number(Deno.readTextFileSync("/proc/uptime").split(" ")[0]);
    return 1000 * (up - started / TICKS);
  } catch {
    // It has ended meanwhile.
    return Infinity;
  }
}

/** The children of some processes that are not among them yet. */
function childrenOf(parents: ReadonlySet<number>): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || parents.has(pid)) continue;
    const parent = /^PPid:\t(\d+)$/m.exec(statusOf(pid) ?? "")?.[1];
    if (parent !== undefined && parents.has(Number(parent))) found.push(pid);
  }
  return found;
}

/**
 * Ends what was traced and goes on after strace was ended by others: without strace, a program that was
 * started with seccomp can't open anything any more.
 *
 * @param processes What is known of the program.
 * @param sinceMs Milliseconds since it was started: older processes only have the same number.
 */
export async function endAbandoned(
  processes: readonly LedgerProcess[],
  sinceMs: number,
): Promise<void> {
  const known = processes.filter(({ pid, ended }) => {
    if (ended !== undefined) return false;
    const status = statusOf(pid);
    return status !== undefined && isTracedBy(status, 0) && ageMs(pid) <= sinceMs + 1000 / TICKS;
  });
  // Stopped first, so that they start no others meanwhile.
  const all = new Set<number>();
  for (let next = known.map(({ pid }) => pid); next.length > 0; next = childrenOf(all)) {
    send(next, "SIGSTOP");
    for (const pid of next) all.add(pid);
  }
  send([...all], "SIGKILL");
  const giveUp = performance.now() + GIVE_UP_MS;
  while ([...all].some(isRunning) && performance.now() < giveUp) {
    await new Promise((done) => setTimeout(done, 5));
  }
}
