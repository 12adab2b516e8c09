/** The regression gate: a run against a baseline. */
import { VersusError } from "../error.ts";
import type { CaseResult, Gate, RunRecord } from "../record/schema.ts";
import { compareUnpaired, gateVerdict } from "../stats/mod.ts";
import { metricOf, PER_ITERATION } from "./metrics.ts";

/**
 * Values of the metric. Times per iteration of a baseline without iterations compare as times, since
 * the parameters are the same then.
 */
function valuesOf(result: CaseResult, metric: string, iterations: number | undefined): number[] {
  const name = metric === PER_ITERATION && iterations === undefined ? "wallS" : metric;
  return result.samples.flatMap((s) => metricOf(s, name, iterations) ?? []);
}

/** Iterations of both cases, or none when one of them does not say. */
function iterationsOf(a: CaseResult, b: CaseResult): [number | undefined, number | undefined] {
  const known = a.iterations !== undefined && b.iterations !== undefined;
  return known ? [a.iterations, b.iterations] : [undefined, undefined];
}

/** Finds the case of a baseline: by its id, or by variant and parameters in any scenario. */
function findBaseline(
  baseline: Pick<RunRecord, "scenarios">,
  wanted: CaseResult,
): CaseResult | undefined {
  const all = baseline.scenarios.flatMap((s) => s.cases);
  return all.find((c) => c.caseId === wanted.caseId) ??
    all.find((c) =>
      c.variant === wanted.variant && JSON.stringify(c.params) === JSON.stringify(wanted.params)
    );
}

/**
 * Judges a run by a baseline: each case that both have is compared, unpaired.
 *
 * @param record The run.
 * @param baseline An earlier run.
 * @param name What the baseline is called in the document.
 * @param limitPercent The slow-down that is still allowed, in percent.
 * @returns The gate of the document; `regressed` if any case is, else `undecided` if any is.
 * @throws {VersusError} If the two have no case in common.
 */
export function gateAgainst(
  record: RunRecord,
  baseline: Pick<RunRecord, "scenarios">,
  name: string,
  limitPercent: number,
): Gate {
  const cases: Gate["cases"] = [];
  const all = record.scenarios.flatMap((s) => s.cases.map((current) => ({ s, current })));
  for (const { s, current } of all) {
    const metric = s.primaryMetric ?? record.primaryMetric;
    const earlier = findBaseline(baseline, current);
    if (earlier === undefined || current.status === "unavailable") continue;
    const [countBefore, countNow] = iterationsOf(earlier, current);
    const before = valuesOf(earlier, metric, countBefore);
    const now = valuesOf(current, metric, countNow);
    if (before.length === 0 || now.length === 0) continue;
    // The slow-down is this run's value by the baseline's, so that this run is the "reference".
    const slowdown = compareUnpaired(now, before, { confidence: record.confidence });
    if (slowdown === undefined) continue;
    const { ratio, low, high, sufficient } = slowdown;
    cases.push({
      caseId: current.caseId,
      ratio,
      low,
      high,
      verdict: sufficient ? gateVerdict({ low, high }, limitPercent) : "undecided",
    });
  }
  if (cases.length === 0) {
    throw new VersusError(`The baseline ${name} has none of the cases of this run`, {
      hint: "Make it with the same scenario, variants and parameters: versus run … --out FILE.json",
    });
  }
  const verdict = cases.some((c) => c.verdict === "regressed")
    ? "regressed"
    : cases.some((c) => c.verdict === "undecided")
    ? "undecided"
    : "passed";
  return { baseline: name, limitPercent, verdict, cases };
}
