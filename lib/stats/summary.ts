import { binomialDistribution, medianSorted } from "simple-statistics";
import { ascending, requireFinite, requireProbability } from "./_check.ts";
import { normalQuantile } from "./_normal.ts";

/** Above this size the binomial is as good as normal, and enumerating it a waste. */
const EXACT_LIMIT = 1000;

/** A sample in five numbers, in the unit of its values. */
export interface Summary {
  /** Middle value. */
  median: number;
  /** Lower end of the median's interval. */
  low: number;
  /** Upper end of the median's interval. */
  high: number;
  /** Smallest value. */
  min: number;
  /** Largest value. */
  max: number;
}

/** A summary with the confidence that its interval has. */
export interface ReachedSummary extends Summary {
  /** Confidence of [low, high]: what was asked for, or less where there are too few values. */
  confidenceReached: number;
}

/**
 * Summarises a sample by its median and a distribution-free interval of it.
 *
 * The interval comes from order statistics (the sign test inverted). These reach only certain
 * confidences, so that the two neighbouring intervals are interpolated: Hettmansperger & Sheather,
 * "Confidence intervals based on interpolated order statistics", Statistics & Probability Letters
 * 4, 1986. Below 6 values (at 95 %) not even the whole range reaches the confidence: low and high are
 * min and max, and `confidenceReached` says how little that is worth (0 for a single value).
 *
 * The confidence holds for independent values. A machine that drifts makes it smaller; that is
 * why comparisons go by blocks.
 *
 * @param values the sample, in any order
 * @param confidence of the interval, between 0 and 1
 * @returns the summary
 * @throws {RangeError} if the sample is empty or not finite, or the confidence outside 0 to 1
 */
export function summarise(values: readonly number[], confidence = 0.95): ReachedSummary {
  requireFinite(values);
  requireProbability("confidence", confidence);
  const sorted = ascending(values);
  const n = sorted.length;
  const { depth, confidenceReached } = medianDepth(n, confidence);
  return {
    median: medianSorted(Array.from(sorted)),
    low: atDepth(sorted, depth),
    high: atDepth(sorted, n + 1 - depth),
    min: sorted[0]!,
    max: sorted[n - 1]!,
    confidenceReached,
  };
}

/**
 * Half the width of the median's interval, relative to the median: what the stop rule looks at.
 *
 * @param summary of the sample
 * @returns 0.02 for ± 2 %; undefined if the median is zero or negative and the interval has a width
 */
export function halfWidth(summary: Pick<Summary, "median" | "low" | "high">): number | undefined {
  const width = summary.high - summary.low;
  if (width === 0) return 0;
  return summary.median > 0 ? width / 2 / summary.median : undefined;
}

/** How deep into the sorted sample, counted from 1 at either end, the interval's ends lie. */
function medianDepth(n: number, confidence: number): { depth: number; confidenceReached: number } {
  if (n > EXACT_LIMIT) {
    const depth = (n + 1) / 2 - normalQuantile((1 + confidence) / 2) * Math.sqrt(n) / 2;
    return { depth, confidenceReached: confidence };
  }
  // γ(k) = 1 − 2 P(S < k): the confidence of the interval from the k-th value to the k-th last.
  let k = 1;
  let reached = 1 - 2 ** (1 - n);
  if (reached < confidence) return { depth: 1, confidenceReached: reached };
  const masses = binomialDistribution(n, 0.5)!;
  let next = reached - 2 * masses[k]!;
  while (next >= confidence) {
    reached = next;
    k++;
    next = reached - 2 * masses[k]!;
  }
  const share = (reached - confidence) / (reached - next);
  const lambda = (n - k) * share / (k + (n - 2 * k) * share);
  return { depth: k + lambda, confidenceReached: confidence };
}

/** The value at a depth that may lie between two order statistics. */
function atDepth(sorted: Float64Array, depth: number): number {
  const below = Math.floor(depth);
  const from = sorted[below - 1]!;
  const to = sorted[Math.ceil(depth) - 1]!;
  return from + (depth - below) * (to - from);
}
