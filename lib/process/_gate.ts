/**
 * The gate: a process that is complete but for its program, and waits.
 *
 * On Linux `exec` folds the peak of the memory that it replaces into the new program's `ru_maxrss`.
 * Started by `posix_spawn`, the child shares this process's memory until then, so that a program of
 * 1 MB reads as the hundreds that a JavaScript engine takes. A subshell is small: a shell forks it,
 * is ended, and the orphan is given to this process, since it is a "child subreaper" (prctl(2)).
 * What has to be attached (processors, limits, counters) is attached while it waits; one byte lets
 * it execute the program.
 *
 * The subshell runs in the foreground and its parent is killed: a shell would start a background
 * job with SIGINT and SIGQUIT ignored, and programs inherit that. All that takes memory or time
 * (environment, parsing) happens in the shell before it forks.
 */
import { makeSocketPair } from "./_fds.ts";
import { cBytes, cString, type Libc } from "./_libc.ts";
import type { Job } from "./_job.ts";
import { childrenOf, readResident } from "./_processes.ts";
import { GATE_VARIABLE } from "./_shell_env.ts";
import { SIGKILL } from "./_signals.ts";
import { type ChildFd, prepareSpawn } from "./_spawn_call.ts";
import { pollReadable } from "./_poll.ts";

/** A gate that somebody ended is no reason to be ended by SIGPIPE. */
const MSG_NOSIGNAL = 0x4000;

/** A shell that takes longer to start than this isn't one. */
const READY_MS = 5000;

/** `LC_ALL=C`: arguments are bytes to the shell, whatever they are to the program. */
const SHELL_ENVIRONMENT = ["LC_ALL=C"];

/** Variables that a shell exports of its own accord, or got from {@linkcode SHELL_ENVIRONMENT}. */
const UNASKED = ["LC_ALL", "PWD", "OLDPWD", "SHLVL", "_"];

/** A waiting process. */
export interface Gate {
  /** Its number, and the program's. */
  readonly pid: number;
  /** Its session and group. */
  readonly session: number;
  /** Its largest resident set until now in KiB: what the program's peak can't be below. */
  readonly floorKb: number;
  /** Lets it execute the program. */
  release(): void;
  /** Ends it unless it was released, and closes what is open. */
  [Symbol.dispose](): void;
}

/**
 * Writes the shell's part. Arguments come as `$1`, `$2`, …, never as text of the script.
 *
 * @param variables How many of the arguments are variables to export, `NAME=value` each.
 * @returns The script.
 */
function gateScript(variables: number): string {
  const exports = Array.from({ length: variables }, (_, i) => `"\${${i + 1}}"`).join(" ");
  return `unset ${UNASKED.join(" ")}\n` +
    (variables === 0 ? "" : `export ${exports}\nshift ${variables}\n`) +
    `( echo >&3; read -r ${GATE_VARIABLE} <&3 && exec "$@" 3<&- )\n:`;
}

/**
 * Puts a program behind a gate.
 *
 * @param libc The C library of Linux; this process has to be a child subreaper.
 * @param shell A POSIX shell.
 * @param job The program.
 * @param fds Its standard streams.
 * @param inherited Descriptors that it must not inherit.
 * @returns The gate; `undefined` and an error number if the shell can't be started with these
 * arguments.
 * @throws {Error} If the shell does not do what a shell does.
 */
export function openGate(
  libc: Libc,
  shell: string,
  job: Pick<Job, "path" | "argv" | "env" | "cwd">,
  fds: readonly ChildFd[],
  inherited: readonly number[],
): Gate | { readonly errno: number } {
  const { c } = libc;
  using stack = new DisposableStack();
  // To some shells a name with a dash in front is an option of `exec`.
  const argv = job.argv[0]!.startsWith("-") ? job.argv.with(0, job.path) : job.argv;
  const ends = makeSocketPair(libc);
  stack.defer(() => c.close(ends.ours));
  let errno: number;
  let session: number;
  {
    using spawn = prepareSpawn(libc, {
      path: shell,
      argv: [shell, "-c", gateScript(job.env.length), "sh", ...job.env, ...argv],
      env: SHELL_ENVIRONMENT,
      cwd: job.cwd,
      fds: [...fds, { fd: ends.theirs }],
      close: inherited,
    });
    errno = spawn.start();
    session = spawn.pid();
    c.close(ends.theirs);
  }
  if (errno !== 0) return { errno };
  const status = cBytes(4);
  const byte = cString("\n");
  const isReady = pollReadable(libc, [ends.ours], READY_MS).length > 0 &&
    c.read(ends.ours, byte, 1n) === 1n;
  const pid = isReady ? childrenOf(session)[0] : undefined;
  c.kill(session, SIGKILL);
  c.wait4(session, status, 0, null);
  if (pid === undefined) throw new Error(`${shell} did not start a subshell`);
  const floorKb = untilAsleep(libc, pid);
  if (floorKb === undefined) {
    c.kill(pid, SIGKILL);
    c.wait4(pid, status, 0, null);
    throw new Error(`Process ${pid} does not wait at its gate`);
  }
  const owned = stack.move();
  let released = false;
  return {
    pid,
    session,
    floorKb,
    release() {
      released = true;
      c.send!(ends.ours, byte, 1n, MSG_NOSIGNAL);
    },
    [Symbol.dispose]() {
      // Its read ends with the connection, and then it has nothing to execute.
      owned.dispose();
      if (!released) c.wait4(pid, status, 0, null);
    },
  };
}

/** Waits until a process waits itself, and reads its peak in KiB. */
function untilAsleep(libc: Libc, pid: number): number | undefined {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const resident = readResident(pid);
    if (resident === undefined) return undefined;
    if (resident.asleep) return resident.peakKb;
    pollReadable(libc, [], attempt < 20 ? 0 : 1);
  }
  return undefined;
}
