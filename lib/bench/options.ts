/** Defaults of a measurement. */
import type { RunOptions } from "../record/events.ts";
import { PER_ITERATION } from "./metrics.ts";

/** What is done when nothing is said; see the README for why. */
export const DEFAULT_OPTIONS: RunOptions = {
  primaryMetric: "wallS",
  confidence: 0.95,
  precision: 0.02,
  minRuns: 10,
  maxRuns: 200,
  warmup: 1,
  maxTimeS: 60,
  timeoutS: 300,
};

/** Options as a person gives them; what is absent is the default. */
export type GivenOptions = { readonly [K in keyof RunOptions]?: RunOptions[K] | undefined } & {
  /** Exactly so many samples of each case, whatever their precision. */
  readonly runs?: number | undefined;
};

/**
 * Completes given options.
 *
 * @param given What was said; `runs` fixes the number of samples and, unless a time was given too,
 * lifts the time limit. A target time makes the time of an iteration the primary metric.
 * @param base What holds otherwise.
 * @returns Options for a plan.
 */
export function completeOptions(
  given: GivenOptions,
  base: RunOptions = DEFAULT_OPTIONS,
): RunOptions {
  const { runs, ...rest } = given;
  const said = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as Partial<RunOptions>;
  // Cases whose sizes differ have nothing else in common.
  if (said.targetS !== undefined && base.primaryMetric === DEFAULT_OPTIONS.primaryMetric) {
    said.primaryMetric ??= PER_ITERATION;
  }
  if (runs === undefined) {
    const merged = { ...base, ...said };
    return { ...merged, maxRuns: Math.max(merged.minRuns, merged.maxRuns) };
  }
  return {
    ...base,
    ...said,
    precision: 0,
    minRuns: runs,
    maxRuns: runs,
    maxTimeS: said.maxTimeS ?? Number.MAX_SAFE_INTEGER,
  };
}
