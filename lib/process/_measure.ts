/** Starts a job by one of the two exact methods, waits for it and puts together what it cost. */
import { type Affinity, openAffinity } from "./_affinity.ts";
import { openStreams, type Streams } from "./_capture.ts";
import { type Clock, openClock } from "./_clock.ts";
import type { Control } from "./_control.ts";
import { attachCounters, type CounterPlan } from "./_counters.ts";
import { explainErrno, explainSpawn, explainUnexecuted } from "./_explain.ts";
import { openGate } from "./_gate.ts";
import type { Job, JobResult } from "./_job.ts";
import { cBytes, type Libc } from "./_libc.ts";
import { markProcess, markRunning } from "./_mark.ts";
import { limitFiles, limitOpenFiles, originalOpenFiles, withFileLimit } from "./_limits.ts";
import type { Kin } from "./_members.ts";
import { readResident } from "./_processes.ts";
import { SIGKILL } from "./_signals.ts";
import { prepareSpawn } from "./_spawn_call.ts";
import { type Ending, supervise } from "./_supervise.ts";
import { GRACE_MS, openTree } from "./_tree.ts";
import { readStatus, readUsage } from "./_usage.ts";
import { pollReadable } from "./_poll.ts";
import { openWaiter } from "./_waiter.ts";
import type { Waiter } from "./_waiter_types.ts";
import type { Watchdog } from "./_watchdog.ts";

/** What all samples of a launcher share. */
export interface Bench {
  /** The C library. */
  readonly libc: Libc;
  /** The stopwatch. */
  readonly clock: Clock;
  /** Where aborts come from. */
  readonly control: Control;
  /** The processors. */
  readonly affinity: Affinity;
  /** How many files programs may have open; `undefined` to leave that alone. */
  readonly openFiles: bigint | undefined;
  /** Descriptors that children must not inherit. */
  readonly inherited: readonly number[];
  /** Ends the program if this process is killed. */
  readonly watchdog: Watchdog | undefined;
  /** What the counters count. */
  readonly counters: CounterPlan | undefined;
}

/** A peak this near to the launcher's own is not told apart from it. */
const FLOOR_MARGIN = 1.05;

/** Opens what all samples share; the watch and the counters are the caller's. */
export function openBench(
  libc: Libc,
  control: Control,
  inherited: readonly number[],
  watchdog: Watchdog | undefined,
  counters: CounterPlan | undefined,
): Bench {
  return {
    libc,
    clock: openClock(libc),
    control,
    affinity: openAffinity(libc),
    openFiles: originalOpenFiles(libc),
    inherited,
    watchdog,
    counters,
  };
}

interface Started extends Kin {
  readonly startedAt: string;
  readonly mark: number | undefined;
  readonly gated: boolean;
}

/** Waits for a started program and for the end of all that it left. */
function finish(
  bench: Bench,
  job: Job,
  started: Started,
  waiter: Waiter,
  streams: Streams,
  floorKb: () => number,
): { readonly ending: Ending; readonly result: JobResult } {
  const { libc, clock, control, watchdog } = bench;
  const tree = openTree(libc, started, started.mark);
  streams.stdout?.started();
  streams.stderr?.started();
  const captures = [streams.stdout, streams.stderr].filter((capture) => capture !== undefined);
  const { id, timeoutMs } = job;
  const { pid, gated, startedAt } = started;
  const watched = { pid, waiter, tree, captures, timeoutMs, id, gated };
  const ending = supervise(libc, watched, control, clock);
  const left = tree.endLeftovers(GRACE_MS);
  watchdog?.watch(0);
  const isReadable = (fd: number) => pollReadable(libc, [fd], 0).length > 0;
  const stdout = streams.stdout?.finish(isReadable);
  const stderr = streams.stderr?.finish(isReadable);
  const usage = readUsage(libc.os, ending.usage);
  const { ended } = ending;
  return {
    ending,
    result: {
      startedAt,
      wallS: clock.elapsedS(),
      ...usage,
      maxRssBound: usage.maxRssKb <= floorKb() * FLOOR_MARGIN ? "upper" : "exact",
      ...readStatus(libc.os, ending.status),
      ...(ended === undefined ? {} : { ended }),
      leftBehind: ended === undefined ? left : 0,
      ...(stdout === undefined ? {} : { stdout }),
      ...(stderr === undefined ? {} : { stderr }),
    },
  };
}

/**
 * Runs a job behind a gate.
 *
 * @param bench What all samples share.
 * @param shell The shell that makes the gate.
 * @param job The job.
 * @param openedFloorKb The floor that was seen when the launcher was opened.
 * @returns What it cost, and the floor of this gate in KiB.
 * @throws {VersusError} If the program can't be started.
 */
export function runGated(
  bench: Bench,
  shell: string,
  job: Job,
  openedFloorKb: number,
): { readonly result: JobResult; readonly floorKb: number } {
  const { libc, clock, affinity, inherited, openFiles, counters, watchdog } = bench;
  using streams = openStreams(libc, job.stdin, job.stdout, job.stderr);
  using stack = new DisposableStack();
  const gate = openGate(libc, shell, job, streams.fds, inherited);
  if ("errno" in gate) throw explainErrno(libc, job, gate.errno);
  stack.use(gate);
  const { pid, session } = gate;
  const mark = markProcess(pid, job.mark);
  if (job.cpus !== undefined) affinity.pin(pid, job.cpus);
  if (job.maxFileBytes !== undefined) limitFiles(libc, pid, job.maxFileBytes);
  if (openFiles !== undefined) limitOpenFiles(libc, pid, openFiles);
  const open = counters && stack.use(attachCounters(libc, counters, pid));
  const waiter = stack.use(openWaiter(libc, pid));
  watchdog?.watch(session);
  const startedAt = new Date().toISOString();
  clock.start();
  gate.release();
  const floorKb = Math.max(openedFloorKb, gate.floorKb);
  const started = { pid, session, startedAt, mark, gated: true };
  const { ending, result } = finish(bench, job, started, waiter, streams, () => floorKb);
  if (ending.unexecuted) throw explainUnexecuted(job);
  return { result: open ? { ...result, counters: open.read() } : result, floorKb: gate.floorKb };
}

/** What to start where no call limits another process's files. */
function limitBeforehand({ c }: Libc, job: Job): Pick<Job, "path" | "argv"> {
  if (job.maxFileBytes === undefined || c.prlimit !== null) return job;
  const argv = withFileLimit([job.path, ...job.argv.slice(1)], job.maxFileBytes);
  return { path: argv[0]!, argv };
}

/** A process that can't be watched must not be left to itself. */
function watchOrEnd(libc: Libc, pid: number): Waiter {
  try {
    return openWaiter(libc, pid);
  } catch (error) {
    libc.c.kill(-pid, SIGKILL);
    libc.c.wait4(pid, cBytes(4), 0, null);
    throw error;
  }
}

/**
 * Runs a job by `posix_spawn`. On Linux its peak is known only where it is above this process's
 * own.
 *
 * @param bench What all samples share.
 * @param job The job.
 * @returns What it cost.
 * @throws {VersusError} If the program can't be started.
 */
export function runSpawned(bench: Bench, job: Job): JobResult {
  const { libc, clock, affinity, inherited, watchdog } = bench;
  using streams = openStreams(libc, job.stdin, job.stdout, job.stderr);
  const { path, argv } = limitBeforehand(libc, job);
  using spawn = prepareSpawn(libc, {
    path,
    argv,
    env: job.env,
    cwd: job.cwd,
    fds: streams.fds,
    close: inherited,
  });
  // A child starts on the processors of the thread that starts it.
  using pinned = job.cpus === undefined ? undefined : affinity.pinThread(job.cpus);
  const startedAt = new Date().toISOString();
  clock.start();
  const errno = spawn.start();
  pinned?.[Symbol.dispose]();
  if (errno !== 0) throw explainSpawn(libc, job, errno);
  const pid = spawn.pid();
  using waiter = watchOrEnd(libc, pid);
  watchdog?.watch(pid);
  const mark = markRunning(pid, job.mark);
  if (job.maxFileBytes !== undefined) limitFiles(libc, pid, job.maxFileBytes);
  const started = { pid, session: pid, startedAt, mark, gated: false };
  // Read afterwards: this process's peak can only have grown since the child left it.
  const floorKb = () => libc.os === "linux" ? readResident("self")?.peakKb ?? Infinity : 0;
  return finish(bench, job, started, waiter, streams, floorKb).result;
}
