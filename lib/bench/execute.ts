/** Runs a ready case once: checked for its output, or timed. */
import { join } from "node:path";
import type { Execution, OutputTarget } from "../process/types.ts";
import { printable, VersusError } from "../error.ts";
import { checkOutput, expectedOutput } from "../scenario/mod.ts";
import type { Parameters } from "../scenario/types.ts";
import type { BenchHost, Hooks, ReadyCase } from "./types.ts";

/** The most of a program's output that is kept to check it. */
const CAPTURE_BYTES = 1 << 20;

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

/** An execution that ended as it should, or why not. */
export type Outcome =
  | { readonly ok: true; readonly execution: Execution; readonly outputBytes: number }
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
  execution: Execution,
  timeoutMs: number | undefined,
  ignoreFailure: boolean,
): Failure | undefined {
  if (execution.ended === "timeout") {
    return {
      status: "timeout",
      reason: `still running after ${(timeoutMs ?? 0) / 1000} s${stderrTail(execution)}`,
    };
  }
  if (execution.exitCode === 0 || ignoreFailure) return undefined;
  if (execution.signal === "SIGXFSZ") {
    return {
      status: "failed",
      reason: `wrote a file of more than ${MAX_FILE_BYTES / 2 ** 30} GiB and was ended (SIGXFSZ)`,
    };
  }
  const how = execution.signal === undefined
    ? `exit code ${execution.exitCode}`
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
  signal: AbortSignal | undefined,
): Promise<Execution | Failure> {
  try {
    return await host.launcher.run({
      ...spec,
      stdout,
      stderr: { captureBytes: 4096 },
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
  const execution = await attempt(host, spec, { captureBytes: CAPTURE_BYTES }, signal);
  if (!("wallS" in execution)) return { ok: false, failure: execution };
  const bytes = execution.stdout?.bytes ?? new Uint8Array();
  const failure = failureOf(execution, spec.timeoutMs, ignoreFailure) ??
    outputFailure(ready, params, new TextDecoder().decode(bytes));
  return failure === undefined
    ? { ok: true, execution, outputBytes: execution.stdout?.totalBytes ?? 0 }
    : { ok: false, failure, execution };
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
  const execution = await attempt(host, ready.spec, checkEach ? { file } : "null", signal);
  if (!("wallS" in execution)) return { ok: false, failure: execution };
  const failure = failureOf(execution, ready.spec.timeoutMs, ignoreFailure);
  if (failure !== undefined) return { ok: false, failure, execution };
  if (!checkEach) return { ok: true, execution, outputBytes: 0 };
  const stdout = await Deno.readTextFile(file);
  const wrong = outputFailure(ready, ready.bench.planned.params, stdout);
  return wrong === undefined
    ? { ok: true, execution, outputBytes: stdout.length }
    : { ok: false, failure: wrong, execution };
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
