/** The stage that finds each case's size for a target time. */
import type { RunEvent } from "../record/events.ts";
import { expectedOutput } from "../scenario/mod.ts";
import { findParameter } from "../scenario/parameters.ts";
import type { Parameters } from "../scenario/types.ts";
import { calibrate } from "./calibrate.ts";
import { runChecked } from "./execute.ts";
import { caseWarning, phase, type Prepared, rangeOf, status } from "./_stage.ts";
import type { BenchHost, BenchPlan, BenchScenario } from "./types.ts";

/** Gives a case other parameters; its id stays. */
function change(one: Prepared, params: Parameters): void {
  const { scenario, variant } = one.bench.case;
  const { expected: _, ...planned } = one.bench.planned;
  const expected = expectedOutput(scenario, variant, params)?.stdout;
  one.bench = {
    ...one.bench,
    planned: { ...planned, params, ...(expected === undefined ? {} : { expected }) },
  };
  one.ready = { ...one.ready, bench: one.bench, spec: one.ready.specFor(params) };
  one.checkEach &&= expected !== undefined;
}

/**
 * Calibrates all cases of a scenario for which that was asked; those that fail are taken out. A case
 * that was calibrated in an earlier session keeps its size, so that all its samples are alike.
 *
 * @param past Parameters that were found in an earlier session, by case.
 */
export async function* calibrateAll(
  scenario: BenchScenario,
  verified: Prepared[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
  past: ReadonlyMap<string, Parameters>,
): AsyncGenerator<RunEvent> {
  const { calibrated } = scenario.planned;
  if (calibrated === undefined) return;
  const { parameter: name, targetS } = calibrated;
  for (const one of [...verified]) {
    if (signal?.aborted) return;
    const { planned, case: { scenario: whole, variant } } = one.bench;
    if (Object.hasOwn(variant.params, name)) continue;
    const known = past.get(planned.caseId);
    if (known !== undefined) {
      change(one, known);
      continue;
    }
    yield phase(host, scenario, "calibrate", planned);
    const found = await calibrate({
      params: planned.params,
      name,
      whole: findParameter(whole, name).type === "integer",
      range: rangeOf(host, one.bench, name),
      targetS,
    }, async (at) => {
      const outcome = await runChecked(host, one.ready, at, plan.options.ignoreFailure, signal);
      return outcome.ok ? outcome.execution.wallS : outcome.failure;
    });
    if (signal?.aborted) return;
    if (found.verdict === "failed") {
      yield status(planned, found.failure);
      verified.splice(verified.indexOf(one), 1);
      continue;
    }
    const { size, seconds, missed } = found;
    const params = { ...planned.params, [name]: size };
    change(one, params);
    const { caseId, expected } = one.bench.planned;
    const due = expected === undefined ? {} : { expected };
    yield { type: "calibrated", caseId, params, seconds, ...due };
    if (missed !== undefined) {
      yield caseWarning(scenario, planned, {
        code: "target-missed",
        message: `${planned.variant} takes ${
          seconds.toPrecision(3)
        } s, not ${targetS} s: ${missed}`,
        advice: "Give another --target, or read its figures with that in mind",
      });
    }
  }
}
