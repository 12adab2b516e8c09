/** Runs a program under strace to its end, or to a limit, and reads the log meanwhile. */
import { constants } from "node:os";
import { resolve } from "node:path";
import { resolveProgram, StartError } from "../../process/mod.ts";
import { environmentArguments, traceArguments } from "./_arguments.ts";
import { detectTracer, type Tracer } from "./detect.ts";
import type { Ledger } from "./_ledger.ts";
import { type EndReason, makeLimits } from "./_limits.ts";
import { openLog, type TraceLog } from "./_log.ts";
import { namedForSearch } from "./_misses.ts";
import { originalOpenFiles } from "./_open_files.ts";
import { originOf } from "./_origin.ts";
import { toBinary } from "./_path.ts";
import { createTraceParser, type TraceParser } from "./parser.ts";
import { endAbandoned, endTracees, isTracee } from "./_tracees.ts";

export type { EndReason } from "./_limits.ts";

/** Milliseconds between two looks at the log. */
const LOOK_MS = 100;

/** Milliseconds in which a program may act on Ctrl-C, which the terminal sends to it as well. */
const INTERRUPT_MS = 300;

/** What to trace. */
export interface TraceOptions {
  /** The program and its arguments. */
  readonly argv: readonly string[];
  /** The working directory; this process's own by default. */
  readonly cwd?: string;
  /** The whole environment; this process's own by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; this process's own by default. */
  readonly stdin?: "inherit" | "null";
  /** Standard output: this process's own by default, or that of its standard error. */
  readonly stdout?: "inherit" | "null" | "stderr";
  /** Standard error; this process's own by default. */
  readonly stderr?: "inherit" | "null";
  /** Where to keep the log of strace; it is not kept by default. */
  readonly keepLog?: string;
  /** Ends the program after so many seconds. */
  readonly forS?: number;
  /** Ends the program when it has opened no file for so many seconds that it had not opened before. */
  readonly untilIdleS?: number;
  /**
   * Ends the program when it opens or looks for this file, be it there or not: its marker. Nothing that
   * it does after that is counted.
   */
  readonly until?: string;
  /** Ends the program when it fires; what was found is kept. */
  readonly signal?: AbortSignal;
  /** The strace to use; found by {@linkcode detectTracer} by default. */
  readonly tracer?: Tracer;
}

/** A program that was traced. */
export interface TraceRun {
  /** The command. */
  readonly argv: readonly string[];
  /** Its working directory, absolute. */
  readonly cwd: string;
  /** Its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** When it was started, RFC 3339 in UTC. */
  readonly startedAt: string;
  /** How it was watched. */
  readonly method: "strace-seccomp" | "strace";
  /** The exit code, 128 + signal number for a signal. */
  readonly exitCode: number;
  /** The signal that ended it. */
  readonly signal?: string;
  /** Why it was ended, if it was. */
  readonly ended?: EndReason;
  /** How many of its processes were ended. */
  readonly endedProcesses: number;
  /** The marker that was asked for, absolute. */
  readonly until?: string;
  /** Whether the log tells how the program ended. */
  readonly complete: boolean;
  /** What it did. */
  readonly ledger: Ledger;
}

/** The script that starts strace: with the limit that this process was started with. */
function startScript(stdout: TraceOptions["stdout"]): string {
  const openFiles = originalOpenFiles();
  const limit = openFiles === undefined ? "" : `ulimit -Sn ${openFiles} 2>/dev/null; `;
  return `${limit}exec "$@"${stdout === "stderr" ? " >&2" : ""}`;
}

function start(tracer: Tracer, log: TraceLog, cwd: string, options: TraceOptions) {
  const { argv, stdin, stdout, stderr } = options;
  const env = options.env ?? Deno.env.toObject();
  return new Deno.Command("/bin/sh", {
    args: [
      ...["-c", startScript(stdout), "sh", tracer.path],
      ...traceArguments(tracer, log.path),
      ...environmentArguments(env),
      ...["--", ...argv],
    ],
    cwd,
    // What is inherited need not be text.
    ...(options.env === undefined ? {} : { env, clearEnv: true }),
    stdin: stdin ?? "inherit",
    stdout: stdout === "stderr" ? "inherit" : stdout ?? "inherit",
    stderr: stderr ?? "inherit",
  }).spawn();
}

/** Reads the log as far as it is written, or for as long as it may take, but one piece at least. */
function readOn(log: TraceLog, parser: TraceParser, untilMs: number): boolean {
  for (let chunk = log.read(); chunk !== undefined; chunk = log.read()) {
    log.opened();
    parser.push(chunk);
    if (performance.now() >= untilMs) return false;
  }
  return true;
}

/** Waits for the next look, or less long if strace ends or the signal fires. */
async function nextLook(ended: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve: wake } = Promise.withResolvers<void>();
  const timer = setTimeout(wake, LOOK_MS);
  const onAbort = () => wake();
  signal?.addEventListener("abort", onAbort);
  await Promise.race([ended, promise]);
  clearTimeout(timer);
  signal?.removeEventListener("abort", onAbort);
}

async function watch(
  child: Deno.ChildProcess,
  log: TraceLog,
  parser: TraceParser,
  options: TraceOptions,
): Promise<{ ended?: EndReason; endedProcesses: number }> {
  let running = true;
  const over = child.status.then(() => running = false);
  const { ledger } = parser;
  const reasonAt = makeLimits(options, ledger);
  const live = options.untilIdleS !== undefined || options.until !== undefined;
  while (running) {
    // Reading takes processors away from the program: where no limit needs it, the log waits on the disk.
    const [root] = ledger.processes;
    if (live || root === undefined || !isTracee(root.pid, child.pid)) {
      readOn(log, parser, live ? Infinity : performance.now() + LOOK_MS);
    }
    const reason = reasonAt(performance.now());
    if (reason !== undefined) {
      const waitMs = reason === "aborted" && options.signal?.reason === "SIGINT" ? INTERRUPT_MS : 0;
      const endedProcesses = await endTracees(child.pid, over, waitMs);
      return { ended: reason, endedProcesses };
    }
    await nextLook(over, options.signal);
  }
  return { endedProcesses: 0 };
}

/** Reads what is left of the log, in pieces between which signals are seen. */
async function readRest(log: TraceLog, parser: TraceParser): Promise<void> {
  while (!readOn(log, parser, performance.now() + LOOK_MS)) {
    await new Promise((done) => setTimeout(done));
  }
  parser.finish();
}

/** How the program ended: its log knows best, since strace may itself have been ended. */
function exitOf(status: Deno.CommandStatus, ledger: Ledger): { code: number; signal?: string } {
  const ended = ledger.processes[0]?.ended;
  if (ended === undefined) {
    return { code: status.code, ...(status.signal === null ? {} : { signal: status.signal }) };
  }
  if ("code" in ended) return { code: ended.code };
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return { code: 128 + (numbers[ended.signal] ?? status.code - 128), signal: ended.signal };
}

/**
 * Runs a program under strace.
 *
 * It keeps its terminal, its streams and its process group. When it ends and leaves processes behind,
 * they may go on for a second and are then ended, unless there is a limit of time or idleness, or a
 * marker: then they may go on to that. Whatever ends it, nothing of it is left.
 *
 * @param options What to trace.
 * @returns What it did.
 * @throws {StartError} If the program is not found or not executable.
 * @throws {VersusError} If strace is missing or not allowed to trace.
 */
export async function traceProgram(options: TraceOptions): Promise<TraceRun> {
  const cwd = resolve(options.cwd ?? Deno.cwd());
  const env = options.env ?? Deno.env.toObject();
  const [name = ""] = options.argv;
  resolveProgram(name, { cwd, path: env.PATH });
  const tracer = options.tracer ?? await detectTracer({ env });
  using log = openLog(options.keepLog);
  const until = options.until === undefined ? undefined : resolve(cwd, options.until);
  const parser = createTraceParser(originOf(cwd), {
    ...(until === undefined ? {} : { marker: toBinary(until) }),
    named: namedForSearch(env, cwd),
  });
  const startedMs = Date.now();
  const child = start(tracer, log, cwd, options);
  const watched = await watch(child, log, parser, options);
  const status = await child.status;
  await readRest(log, parser);
  const { ledger } = parser;
  const [root] = ledger.processes;
  // strace was ended by others: what it traced goes on, or can't.
  if (root?.ended === undefined) await endAbandoned(ledger.processes, Date.now() - startedMs);
  if (ledger.lines > 0 && root?.executed.length === 0 && watched.ended === undefined) {
    throw new StartError(
      "not-executable",
      `Cannot start ${name}: the system does not execute it`,
      { hint: "Check that it is built for this system, and that its first line names a program" },
    );
  }
  const { code, signal } = exitOf(status, ledger);
  return {
    argv: options.argv,
    cwd,
    env,
    startedAt: new Date(startedMs).toISOString(),
    method: tracer.seccomp ? "strace-seccomp" : "strace",
    exitCode: code,
    ...(signal === undefined ? {} : { signal }),
    ...watched,
    ...(until === undefined ? {} : { until }),
    complete: root?.ended !== undefined,
    ledger,
  };
}
