/** The stage that runs every case once, checks its output and answers the scenario's questions. */
import { printable } from "../error.ts";
import type { RunEvent } from "../record/events.ts";
import { observe } from "../scenario/observation.ts";
import { type Printed, runChecked, runHook } from "./execute.ts";
import type { Verified } from "./_past.ts";
import { caseWarning, phase, type Prepared, status } from "./_stage.ts";
import type { BenchHost, BenchPlan, BenchScenario } from "./types.ts";

/** Outputs up to this size are checked in every sample, in bytes. */
const CHECK_EACH_BYTES = 64 * 1024;

/** The most of an output that is kept where it is looked at, in characters. */
const KEPT_CHARACTERS = 4000;

function kept({ stdout, stderr }: Printed): string {
  const lines = [stdout, stderr].map((text) => text.trimEnd()).filter((text) => text !== "")
    .join("\n").slice(0, KEPT_CHARACTERS).split("\n");
  return lines.map((line) => printable(line)).join("\n");
}

/** Answers the scenario's questions from what a case printed. */
function* observed({ bench }: Prepared, printed: Printed | undefined): Generator<RunEvent> {
  if (printed === undefined) return;
  const answers = observe(bench.case.scenario, printed.stdout, printed.stderr);
  if (answers === undefined) return;
  const { caseId } = bench.planned;
  yield { type: "observed", caseId, observed: answers, output: kept(printed) };
}

/** Takes over what a verifying execution gave. */
function accept(one: Prepared, { seconds, outputBytes }: Verified): void {
  one.verifyS = seconds;
  one.checkEach = one.bench.planned.expected !== undefined && outputBytes <= CHECK_EACH_BYTES;
}

/**
 * Verifies all cases. What was verified in an earlier session is not run again: at published sizes one
 * execution may take an hour.
 *
 * @param past What was verified in an earlier session.
 * @returns The cases that may be timed.
 */
export async function* verifyAll(
  scenario: BenchScenario,
  prepared: readonly Prepared[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
  past: ReadonlyMap<string, Verified>,
): AsyncGenerator<RunEvent, Prepared[]> {
  const verified: Prepared[] = [];
  for (const one of prepared) {
    if (signal?.aborted) break;
    const { planned, case: { variant }, toolchain } = one.bench;
    const known = past.get(planned.caseId);
    if (known !== undefined) {
      accept(one, known);
      verified.push(one);
      continue;
    }
    yield phase(host, scenario, "verify", planned);
    await runHook(host, "prepare", scenario.hooks, signal);
    const ignore = plan.options.ignoreFailure ?? false;
    const outcome = await runChecked(host, one.ready, planned.params, ignore, signal);
    if (signal?.aborted) break;
    if (!outcome.ok) {
      yield status(planned, outcome.failure);
      continue;
    }
    const seconds = outcome.execution.wallS;
    const { outputBytes } = outcome;
    accept(one, { seconds, outputBytes });
    verified.push(one);
    yield* observed(one, outcome.printed);
    if (variant.unused !== undefined) {
      yield {
        type: "case-status",
        caseId: planned.caseId,
        status: "optimised-away",
        reason: variant.unused,
      };
    } else if (planned.expected === undefined && toolchain !== undefined) {
      yield caseWarning(scenario, planned, {
        code: "unchecked",
        message: `The scenario says no expected result for ${planned.variant} at these parameters`,
        advice: "Add a rule or a result under expect, so that wrong programs are not ranked",
      });
    }
    // The last of it, so that a journal that has it has all that belongs to it.
    yield { type: "verified", caseId: planned.caseId, seconds, outputBytes };
  }
  return verified;
}
