/** Waits for a released program, reads its output meanwhile, and ends it when it has to. */
import type { Capture } from "./_capture.ts";
import type { Clock } from "./_clock.ts";
import type { Control } from "./_control.ts";
import { neverExecuted } from "./_processes.ts";
import { cBytes, type Libc } from "./_libc.ts";
import { SIGKILL, SIGTERM } from "./_signals.ts";
import { GRACE_MS, type Tree } from "./_tree.ts";
import { RUSAGE_BYTES } from "./_usage.ts";
import type { Waiter } from "./_waiter_types.ts";

const P_PID = 1;
const WEXITED = 4;
const WNOWAIT = 0x1000000;
const CLD_EXITED = 1;
const SIGINFO_BYTES = 128;

/** What is watched. */
export interface Watched {
  /** The program's process, a child of this one. */
  readonly pid: number;
  /** Tells when it has ended. */
  readonly waiter: Waiter;
  /** Ends its processes. */
  readonly tree: Tree;
  /** What is captured. */
  readonly captures: readonly Capture[];
  /** Milliseconds that it may take. */
  readonly timeoutMs: number | undefined;
  /** The job's number, for aborts. */
  readonly id: number;
  /** Whether the process was a shell that had still to execute the program. */
  readonly gated: boolean;
}

/** How it ended. */
export interface Ending {
  /** The wait status. */
  readonly status: number;
  /** `struct rusage`. */
  readonly usage: Uint8Array;
  /** Why it was ended, if it was. */
  readonly ended?: "timeout" | "aborted";
  /** Whether the shell at the gate could not execute the program. */
  readonly unexecuted: boolean;
}

const status = cBytes(4);
const usage = cBytes(RUSAGE_BYTES);
const info = cBytes(SIGINFO_BYTES);

/**
 * Tells whether a process that has ended is still the shell of its gate. A look at /proc costs 20
 * µs, so that only the exit codes are looked into that a shell gives then.
 */
function isUnexecuted({ c }: Libc, pid: number): boolean {
  if (c.waitid!(P_PID, pid, info, WEXITED | WNOWAIT) !== 0) return false;
  const view = new DataView(info.buffer);
  if (view.getInt32(8, true) !== CLD_EXITED) return false;
  const code = view.getInt32(24, true);
  return (code === 126 || code === 127) && neverExecuted(pid) === true;
}

/**
 * Waits for the end of a process and reaps it. The clock's end is taken at once after that.
 *
 * @param libc The C library.
 * @param watched What to watch.
 * @param control Where an abort comes from.
 * @param clock The clock; its start was taken at the release.
 * @returns How it ended.
 */
export function supervise(
  libc: Libc,
  watched: Watched,
  control: Control,
  clock: Clock,
): Ending {
  const { waiter, tree, captures, timeoutMs, pid } = watched;
  const fds = [control.fd, -1, -1];
  let deadline = timeoutMs === undefined ? Infinity : performance.now() + timeoutMs;
  let ended: "timeout" | "aborted" | undefined;
  let signal = SIGTERM;
  function end(why: "timeout" | "aborted"): void {
    ended ??= why;
    tree.signal(signal);
    signal = SIGKILL;
    deadline = performance.now() + GRACE_MS;
  }
  while (true) {
    for (let i = 0; i < captures.length; i++) fds[i + 1] = captures[i]!.fd;
    const ready = waiter.wait(fds, Math.max(0, deadline - performance.now()));
    if (ready.exited) break;
    for (const index of ready.fds) {
      if (index > 0) captures[index - 1]!.drain();
      else if (control.isAborted(watched.id)) end("aborted");
    }
    if (performance.now() >= deadline) end("timeout");
  }
  const unexecuted = watched.gated && isUnexecuted(libc, pid);
  libc.c.wait4(pid, status, 0, usage);
  clock.end();
  return {
    status: new Int32Array(status.buffer)[0]!,
    usage,
    unexecuted,
    ...(ended === undefined ? {} : { ended }),
  };
}
