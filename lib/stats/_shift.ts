import { median } from "simple-statistics";
import type { Comparison } from "./comparison.ts";
import { MINIMUM_COUNT } from "./comparison.ts";
import type { Location } from "./_signed_rank.ts";

/** Two samples on the scale on which their difference is estimated. */
export interface Scaled {
  reference: number[];
  candidate: number[];
  /** Turns a difference on that scale back into a ratio reference ÷ candidate. */
  toRatio: (difference: number) => number;
}

/**
 * Puts two samples on the scale on which they are compared: logarithms, where a difference is a
 * ratio. A value of zero (CPU time counted in ticks) has no logarithm: then the values themselves,
 * and the shift is related to the candidate's median.
 *
 * @param reference values of the reference
 * @param candidate values of the candidate
 * @returns both on a common scale; undefined if a ratio has no meaning because the candidate's
 * median is not above zero
 */
export function scaled(
  reference: readonly number[],
  candidate: readonly number[],
): Scaled | undefined {
  const positive = (value: number) => value > 0;
  if (reference.every(positive) && candidate.every(positive)) {
    return {
      reference: reference.map(Math.log),
      candidate: candidate.map(Math.log),
      toRatio: Math.exp,
    };
  }
  const middle = median([...candidate]);
  if (middle <= 0) return undefined;
  return {
    reference: [...reference],
    candidate: [...candidate],
    toRatio: (difference) => Math.max(0, 1 + difference / middle),
  };
}

/**
 * Turns a location on the comparison scale into the comparison that callers see.
 *
 * @param location estimate and interval of reference − candidate on the scale
 * @param toRatio from {@linkcode scaled}
 * @param p of the test that goes with the interval
 * @param count blocks compared, or size of the smaller sample
 * @returns the comparison
 */
export function asComparison(
  location: Location,
  toRatio: Scaled["toRatio"],
  p: number,
  count: number,
): Comparison {
  // A ratio of 1e300 to 1e-300 is beyond what a number can hold.
  const finite = (difference: number) => Math.min(Number.MAX_VALUE, toRatio(difference));
  return {
    ratio: finite(location.estimate),
    low: finite(location.low),
    high: finite(location.high),
    p,
    count,
    sufficient: count >= MINIMUM_COUNT,
    confidenceReached: location.confidenceReached,
  };
}
