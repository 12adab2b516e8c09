/** Opens the best of the two exact methods that works here, and runs jobs by it. */
import { openControl } from "./_control.ts";
import { type CounterPlan, HARDWARE_EVENTS, planCounters } from "./_counters.ts";
import { calibrate } from "./_calibrate.ts";
import { inheritedFds } from "./_fds.ts";
import type { Job } from "./_job.ts";
import { type Libc, openLibc } from "./_libc.ts";
import { type Bench, openBench, runGated, runSpawned } from "./_measure.ts";
import type { ExactMethod, Opened } from "./_messages.ts";
import { proveGate, type ProvenGate } from "./_prove.ts";
import { survivesShell } from "./_shell_env.ts";
import type { Execution } from "./types.ts";
import { openPidfd } from "./_poll.ts";
import { startWatchdog } from "./_watchdog.ts";

const PR_SET_CHILD_SUBREAPER = 36;

/** Small shells first: what is left of them in a program's peak is the gate's floor. */
const SHELLS = ["/bin/dash", "/usr/bin/dash", "/bin/sh"];

/** The exact methods, opened. */
export interface Exact {
  /** What they say of themselves. */
  readonly opened: Opened;
  /**
   * Runs a job.
   *
   * @param job The job.
   * @returns What it cost.
   * @throws {StartError} If the program can't be started.
   */
  run(job: Job): Execution;
  /**
   * Closes everything.
   *
   * @param last Whether no other launcher is open in this process.
   */
  close(last: boolean): void;
}

function findShell(): string | undefined {
  return SHELLS.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      // The next one.
      return false;
    }
  });
}

function setSubreaper({ c }: Libc, on: boolean): boolean {
  return c.prctl?.(PR_SET_CHILD_SUBREAPER, on ? 1n : 0n, 0n, 0n, 0n) === 0;
}

/**
 * Opens the exact methods.
 *
 * @param options A method to insist on, and what is wanted beside times and memory.
 * @returns The methods, or why none works here.
 */
export function openExact(
  options: {
    readonly method: ExactMethod | undefined;
    readonly counters: boolean;
    readonly calibrate: boolean;
  },
): Exact | { readonly unavailable: string } {
  const libc = openLibc();
  if ("unavailable" in libc) return libc;
  const linux = libc.os === "linux";
  if (linux) {
    const pidfd = openPidfd(libc, Deno.pid);
    if (pidfd < 0) return { unavailable: "the kernel has no pidfd_open (Linux 5.3) or forbids it" };
    libc.c.close(pidfd);
  }
  using stack = new DisposableStack();
  const control = stack.use(openControl(libc));
  const inherited = inheritedFds(libc);
  const isSubreaper = linux && setSubreaper(libc, true);
  const shell = linux ? findShell() : undefined;
  const watchdog = shell === undefined ? undefined : startWatchdog(libc, shell, inherited);
  if (watchdog !== undefined) stack.use(watchdog);

  const counters = options.counters
    ? planCounters(libc, HARDWARE_EVENTS)
    : { unavailable: "not asked for" };
  const plan: CounterPlan | undefined = "events" in counters ? counters : undefined;
  const bench = openBench(libc, control, inherited, watchdog, plan);

  let gate: ProvenGate | { readonly unproven: string } = { unproven: "it needs Linux and /bin/sh" };
  if (options.method !== "spawn" && isSubreaper && shell) gate = proveGate(bench, shell);
  const proven = "shell" in gate ? gate : undefined;
  if (options.method === "gate" && "unproven" in gate) return { unavailable: gate.unproven };
  const method: ExactMethod = proven ? "gate" : "spawn";

  const owned = stack.move();
  return {
    opened: {
      method,
      controlFd: control.writeFd,
      ...(proven ? { maxRssFloorKb: proven.floorKb } : {}),
      ...(options.calibrate ? { offsetS: proven ? calibrate(bench, proven) : 0 } : {}),
      counters: plan === undefined
        ? { unavailable: "unavailable" in counters ? counters.unavailable : "none" }
        : proven
        ? { names: plan.events.map((event) => event.name) }
        : { unavailable: "they are counted behind a gate only" },
    },
    run: (job) => runExact(bench, proven, job),
    close(last) {
      owned.dispose();
      if (last && isSubreaper) setSubreaper(libc, false);
    },
  };
}

/** Behind the gate, unless its shell would change what the program gets. */
function runExact(bench: Bench, gate: ProvenGate | undefined, job: Job): Execution {
  if (gate !== undefined && job.env.every((variable) => survivesShell(variable, gate.lost))) {
    return { method: "gate", ...runGated(bench, gate.shell, job, gate.floorKb).result };
  }
  return { method: "spawn", ...runSpawned(bench, job) };
}
