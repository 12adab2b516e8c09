/** Comparisons of the cases of a scenario with its reference, paired by blocks. */
import type { PlannedScenario } from "../record/events.ts";
import type { CaseResult, Relative } from "../record/schema.ts";
import { comparePaired, judge } from "../stats/mod.ts";
import { loopCount, metricOf } from "./metrics.ts";

/** The values of a case's samples by block number; blocks without one are holes. */
export function valuesByBlock(
  result: Pick<CaseResult, "samples">,
  metric: string,
  iterations?: number,
): (number | undefined)[] {
  const values: (number | undefined)[] = [];
  for (const sample of result.samples) {
    values[sample.block] = metricOf(sample, metric, iterations);
  }
  return Array.from(values);
}

/** How many parameters two cases have in common. */
function likeness(a: CaseResult, b: CaseResult): number {
  return Object.keys(a.params).filter((name) => a.params[name] === b.params[name]).length;
}

/**
 * Chooses the case that another is compared with: of the reference variant's cases the one whose
 * parameters are most alike (a variant may fix some for itself). Where that variant was not measured,
 * the first one that was takes its place for all.
 *
 * @param scenario The scenario as planned.
 * @param cases Its cases with their samples.
 * @param candidate The case to compare; it may be its own reference.
 * @returns The reference, or `undefined` when nothing was measured.
 */
export function referenceFor(
  scenario: Pick<PlannedScenario, "reference">,
  cases: readonly CaseResult[],
  candidate: CaseResult,
): CaseResult | undefined {
  const ranked = cases.filter((c) => c.status === "ok" && c.samples.length > 0);
  const wanted = ranked.some((c) => c.variant === scenario.reference)
    ? scenario.reference
    : ranked[0]?.variant;
  const pool = ranked.filter((c) => c.variant === wanted);
  const first = pool[0];
  return pool.reduce(
    (best, c) => likeness(c, candidate) > likeness(best!, candidate) ? c : best,
    first,
  );
}

/**
 * Compares every ranked case with its reference; p-values are corrected after Holm (1979) over all
 * comparisons of the scenario.
 *
 * @param scenario The scenario as planned.
 * @param cases Its cases with their samples.
 * @param metric The primary metric.
 * @param confidence Of the intervals.
 * @returns The comparison of each case by its id; none with too few common blocks, and none for the
 * reference itself.
 */
export function relatives(
  scenario: PlannedScenario,
  cases: readonly CaseResult[],
  metric: string,
  confidence: number,
): Map<string, Relative> {
  const pairs = cases.flatMap((candidate) => {
    if (candidate.status !== "ok" || candidate.samples.length === 0) return [];
    const reference = referenceFor(scenario, cases, candidate);
    if (reference === undefined || reference.caseId === candidate.caseId) return [];
    return [{ candidate, reference }];
  });
  const values = (c: CaseResult) => valuesByBlock(c, metric, loopCount(scenario, c.params));
  const judged = judge(
    pairs.map(({ candidate, reference }) =>
      comparePaired(values(reference), values(candidate), { confidence })
    ),
  );
  const found = new Map<string, Relative>();
  pairs.forEach(({ candidate, reference }, i) => {
    const comparison = judged[i];
    if (!comparison?.sufficient) return;
    const { ratio, low, high, pAdjusted, verdict } = comparison;
    found.set(candidate.caseId, {
      toCaseId: reference.caseId,
      metric,
      ratio,
      low,
      high,
      pAdjusted,
      verdict,
    });
  });
  return found;
}
