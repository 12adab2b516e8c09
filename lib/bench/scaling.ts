/** What more workers give a variant: speed-up, efficiency, improvement, and Amdahl's law. */
import type { PlannedScenario } from "../record/events.ts";
import type { AmdahlFit, CaseResult, Scaling, ScalingPoint } from "../record/schema.ts";
import { comparePaired, fitAmdahl } from "../stats/mod.ts";
import { valuesByBlock } from "./compare.ts";
import { PER_ITERATION } from "./metrics.ts";

/** Fewer numbers of workers than this fit any law. */
const MIN_COUNTS = 3;

type Timed = CaseResult & { readonly workers: number };

/** How times are read: the metric, and what it takes to make seconds of it. */
interface Reading {
  readonly metric: string;
  readonly factor: number;
}

/** Wall time, unless the work of the cases differs, or the programs measure their task themselves. */
function readingOf(scenario: PlannedScenario, primaryMetric: string): Reading {
  if (scenario.calibrated !== undefined) return { metric: PER_ITERATION, factor: 1e-9 };
  const own = scenario.metrics?.[primaryMetric];
  return { metric: own?.unit === "s" ? primaryMetric : "wallS", factor: 1 };
}

/** The cases of a variant that differ in one parameter and by it in their workers, by these. */
function sweepOf(cases: readonly CaseResult[], { metric }: Reading): Timed[] {
  const timed = cases.filter((c): c is Timed =>
    c.status === "ok" && c.workers !== undefined && (c.summary[metric]?.median ?? 0) > 0
  );
  const names = Object.keys(timed[0]?.params ?? {}).filter((name) =>
    new Set(timed.map((c) => c.params[name])).size > 1
  );
  const counts = new Set(timed.map((c) => c.workers));
  // A calibrated size differs as well, but not the work that is compared.
  if (counts.size < 2 || counts.size !== timed.length) return [];
  return names.length === 1 || (names.length === 2 && metric === PER_ITERATION)
    ? timed.sort((a, b) => a.workers - b.workers)
    : [];
}

function pointsOf(cases: readonly Timed[], reading: Reading, confidence: number): ScalingPoint[] {
  const { metric, factor } = reading;
  const seconds = (c: Timed) => c.summary[metric]!.median * factor;
  const values = (c: Timed) => valuesByBlock(c, metric, c.iterations);
  const [base] = cases;
  return cases.map((c, i) => {
    const compared = c === base
      ? undefined
      : comparePaired(values(base!), values(c), { confidence });
    const speedup = compared?.sufficient ? compared.ratio : seconds(base!) / seconds(c);
    const before = cases[i - 1];
    return {
      caseId: c.caseId,
      workers: c.workers,
      seconds: seconds(c),
      speedup,
      ...(compared?.sufficient ? { low: compared.low, high: compared.high } : {}),
      efficiency: speedup * base!.workers / c.workers,
      ...(before === undefined
        ? {}
        : { improvementPercent: 100 * (1 - seconds(c) / seconds(before)) }),
    };
  });
}

/** The law of as many workers as there are processors; of all, where those are too few to tell. */
function lawOf(points: readonly ScalingPoint[], cores: number): AmdahlFit | undefined {
  const within = points.filter(({ workers }) => workers <= cores);
  const used = within.length >= MIN_COUNTS ? within : points;
  if (used.length < MIN_COUNTS) return undefined;
  const law = fitAmdahl(used);
  if (law === undefined) return undefined;
  const { serialFraction, maxSpeedup, residualPercent } = law;
  return {
    serialFraction,
    ...(Number.isFinite(maxSpeedup) ? { maxSpeedup } : {}),
    residualPercent,
    workers: used.map(({ workers }) => workers),
  };
}

/**
 * Tells what more workers gave the variants of a scenario.
 *
 * @param scenario The scenario as planned.
 * @param cases Its cases with their samples and summaries.
 * @param options The primary metric and the confidence of intervals.
 * @param cores The processors that there are.
 * @returns Each variant that was run with several numbers of workers and nothing else changed.
 */
export function scalingOf(
  scenario: PlannedScenario,
  cases: readonly CaseResult[],
  options: { readonly primaryMetric: string; readonly confidence: number },
  cores: number,
): Scaling[] {
  const reading = readingOf(scenario, options.primaryMetric);
  const variants = [...new Set(cases.map((c) => c.variant))];
  return variants.flatMap((variant) => {
    const own = sweepOf(cases.filter((c) => c.variant === variant), reading);
    if (own.length === 0) return [];
    const points = pointsOf(own, reading, options.confidence);
    const amdahl = lawOf(points, cores);
    return [{ variant, points, ...(amdahl === undefined ? {} : { amdahl }) }];
  });
}
