/** Runs a ready case once: checked for its output, or timed. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Execution, OutputTarget } from "../process/types.ts";
import { printable, VersusError } from "../error.ts";
import { dueExitCode } from "../scenario/bounds.ts";
import { checkOutput, digestText, expectedOutput } from "../scenario/mod.ts";
import { takeMetrics } from "../scenario/own_metrics.ts";
import type { Parameters } from "../scenario/types.ts";
import type { BenchHost, Hooks, ReadyCase } from "./types.ts";

/** The most of a program's output that is kept to check it. */
const CAPTURE_BYTES = 1 << 20;

/** The most of its standard error that is kept: a stack trace of many threads. */
const ERROR_BYTES = 64 * 1024;

/** The end of an output that is read for the figures after a result that is not checked. */
const TAIL_BYTES = 4096;

/** The most of an output that is shown when it is wrong. */
const SHOWN_CHARACTERS = 200;

/** The most that a timed program may write to a file of its own accord: 4 GiB. */
export const MAX_FILE_BYTES = 4 * 2 ** 30;

/** Why a case can't go on. */
export interface Failure {
  /** How it failed. */
  readonly status: "failed" | "timeout" | "wrong-output";
  /** One sentence. */
  readonly reason: string;
  /** The result that was due. */
  readonly expected?: string;
  /** What the program printed, shortened, without control characters. */
  readonly actual?: string;
}

/** What a program printed, as far as it was kept. */
export interface Printed {
  /** Standard output. */
  readonly stdout: string;
  /** Standard error. */
  readonly stderr: string;
}

/** An execution that ended as it should, or why not. */
export type Outcome =
  | {
    readonly ok: true;
    readonly execution: Execution;
    /** The size of its standard output. */
    readonly outputBytes: number;
    /** Figures that it printed of itself, by name. */
    readonly metrics: Readonly<Record<string, number>>;
    /** What it printed, where that was looked at. */
    readonly printed?: Printed;
  }
  | { readonly ok: false; readonly failure: Failure; readonly execution?: Execution };

function shorten(text: string): string {
  const shown = printable(text.replace(/\s+$/, ""));
  return shown.length <= SHOWN_CHARACTERS
    ? shown
    : `${shown.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`;
}

function stderrTail(execution: Execution): string {
  const text = new TextDecoder().decode(execution.stderr?.bytes ?? new Uint8Array()).trim();
  return text === "" ? "" : `: ${shorten(text.split("\n").slice(-3).join("; "))}`;
}

/** Why an execution failed, apart from its output. */
function failureOf(
  ready: ReadyCase,
  execution: Execution,
  timeoutMs: number | undefined,
  ignoreFailure: boolean,
): Failure | undefined {
  const { scenario, variant } = ready.bench.case;
  const due = dueExitCode(scenario, variant);
  if (execution.ended === "timeout") {
    return {
      status: "timeout",
      reason: `still running after ${(timeoutMs ?? 0) / 1000} s${stderrTail(execution)}`,
    };
  }
  if ((execution.exitCode === due && execution.signal === undefined) || ignoreFailure) {
    return undefined;
  }
  if (execution.signal === "SIGXFSZ") {
    return {
      status: "failed",
      reason: `wrote a file of more than ${MAX_FILE_BYTES / 2 ** 30} GiB and was ended (SIGXFSZ)`,
    };
  }
  const how = execution.signal === undefined
    ? `exit code ${execution.exitCode}${due === 0 ? "" : ` where ${due} was due`}`
    : `ended by ${execution.signal}`;
  return { status: "failed", reason: how + stderrTail(execution) };
}

function outputFailure(
  ready: ReadyCase,
  params: Parameters,
  stdout: string,
): Failure | undefined {
  const { scenario, variant } = ready.bench.case;
  const expected = expectedOutput(scenario, variant, params);
  if (expected === undefined) return undefined;
  const check = checkOutput(expected, stdout);
  if (check.ok) return undefined;
  return {
    status: "wrong-output",
    reason: stdout.trim() === ""
      ? "printed nothing where a result was due"
      : "printed another result than the expected one",
    expected: shorten(check.expected),
    actual: shorten(check.actual),
  };
}

async function attempt(
  host: BenchHost,
  spec: ReadyCase["spec"],
  stdout: OutputTarget,
  errorBytes: number,
  signal: AbortSignal | undefined,
): Promise<Execution | Failure> {
  try {
    return await host.launcher.run({
      ...spec,
      stdout,
      stderr: { captureBytes: errorBytes },
      maxFileBytes: MAX_FILE_BYTES,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof VersusError) return { status: "failed", reason: error.message };
    throw error;
  }
}

/**
 * Runs a case once with its output captured and checked.
 *
 * @param host Launcher and clock.
 * @param ready The case.
 * @param params Its parameters, which may differ from the case's own (growth, calibration).
 * @param ignoreFailure Takes any exit code for good.
 * @param signal Ends it.
 * @returns The execution, or why it failed.
 */
export async function runChecked(
  host: BenchHost,
  ready: ReadyCase,
  params: Parameters,
  ignoreFailure = false,
  signal?: AbortSignal,
): Promise<Outcome> {
  const spec = ready.specFor(params);
  const digest = digestCounts(ready, params);
  const file = join(host.scratch, "stdout");
  const target = digest ? { file } : { captureBytes: CAPTURE_BYTES };
  const execution = await attempt(host, spec, target, ERROR_BYTES, signal);
  if (!("wallS" in execution)) return { ok: false, failure: execution };
  const decoder = new TextDecoder();
  const stdout = digest
    ? await digestOf(file)
    : decoder.decode(execution.stdout?.bytes ?? new Uint8Array());
  const { result, metrics } = takeMetrics(ready.bench.case.scenario.metrics, stdout);
  const failure = failureOf(ready, execution, spec.timeoutMs, ignoreFailure) ??
    outputFailure(ready, params, result);
  if (failure !== undefined) return { ok: false, failure, execution };
  const stderr = decoder.decode(execution.stderr?.bytes ?? new Uint8Array());
  const outputBytes = digest ? (await Deno.stat(file)).size : execution.stdout?.totalBytes ?? 0;
  return { ok: true, execution, outputBytes, metrics, printed: { stdout, stderr } };
}

/**
 * Runs a case once to time it. A small output goes to a file of the scratch folder and is checked
 * after the clock has stopped; a large one is thrown away.
 *
 * @param host Launcher, clock and scratch folder.
 * @param ready The case.
 * @param checkEach Whether the output is small enough to be checked every time.
 * @param ignoreFailure Takes any exit code for good.
 * @param signal Ends it.
 * @returns The execution, or why it failed.
 */
export async function runTimed(
  host: BenchHost,
  ready: ReadyCase,
  checkEach: boolean,
  ignoreFailure: boolean,
  signal?: AbortSignal,
): Promise<Outcome> {
  const file = join(host.scratch, "stdout");
  const known = ready.bench.case.scenario.metrics;
  const keep = checkEach || known !== undefined;
  const execution = await attempt(host, ready.spec, keep ? { file } : "null", 4096, signal);
  if (!("wallS" in execution)) return { ok: false, failure: execution };
  const failure = failureOf(ready, execution, ready.spec.timeoutMs, ignoreFailure);
  if (failure !== undefined) return { ok: false, failure, execution };
  if (!keep) return { ok: true, execution, outputBytes: 0, metrics: {} };
  const digest = checkEach && digestCounts(ready, ready.bench.planned.params);
  const stdout = digest
    ? await digestOf(file)
    : checkEach
    ? await Deno.readTextFile(file)
    : await readTail(file);
  const { result, metrics } = takeMetrics(known, stdout);
  const wrong = checkEach ? outputFailure(ready, ready.bench.planned.params, result) : undefined;
  return wrong === undefined
    ? { ok: true, execution, outputBytes: stdout.length, metrics }
    : { ok: false, failure: wrong, execution };
}

/** Whether a case's output is compared by the digest of its bytes. */
function digestCounts({ bench }: ReadyCase, params: Parameters): boolean {
  const { scenario, variant } = bench.case;
  return expectedOutput(scenario, variant, params)?.digest === true;
}

/** The words for a file's digest; the file is read in parts, since it may be large. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path);
  for await (const part of file.readable) hash.update(part);
  return digestText(hash.digest("hex"));
}

/** The last bytes of a file, as text. */
async function readTail(path: string): Promise<string> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const bytes = new Uint8Array(Math.min(size, TAIL_BYTES));
  await file.seek(size - bytes.length, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < bytes.length) {
    const read = await file.read(bytes.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return new TextDecoder().decode(bytes.subarray(0, filled));
}

/**
 * Runs one of the commands around the measured one through the shell.
 *
 * @param host The launcher.
 * @param kind Which one.
 * @param hooks All of them.
 * @param signal Ends it.
 * @throws {VersusError} If it does not end with exit code 0.
 */
export async function runHook(
  host: BenchHost,
  kind: keyof Hooks,
  hooks: Hooks | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const command = hooks?.[kind];
  if (command === undefined) return;
  const execution = await host.launcher.run({
    argv: ["/bin/sh", "-c", command],
    stderr: { captureBytes: 4096 },
    ...(signal === undefined ? {} : { signal }),
  });
  if (execution.exitCode !== 0 && execution.ended === undefined) {
    throw new VersusError(
      `The ${kind} command ended with ${execution.signal ?? execution.exitCode}: ${
        printable(command)
      }${stderrTail(execution)}`,
      { hint: "Run it by hand to see what is wrong", exitCode: 1 },
    );
  }
}
