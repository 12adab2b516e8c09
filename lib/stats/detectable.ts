import type { Comparison } from "./comparison.ts";
import { normalQuantile } from "./_normal.ts";
import { DEFAULT_THRESHOLD, SIGNIFICANCE } from "./verdict.ts";

/**
 * The smallest difference that would have been called in nine of ten comparisons as noisy as this one.
 * An A/A comparison gives what a machine can tell apart.
 *
 * The interval's half-width on the logarithmic scale gives the standard error; a test at 2 % finds
 * with 90 % power what is (2.33 + 1.28) standard errors away.
 *
 * @param comparison of two programs, identical or not
 * @param confidence of its interval
 * @returns the difference in percent, at least the practical threshold; undefined if the
 * comparison has too few blocks, or its interval reaches down to zero
 */
export function detectablePercent(
  comparison: Pick<Comparison, "low" | "high" | "sufficient">,
  confidence = 0.95,
): number | undefined {
  if (!comparison.sufficient || comparison.low <= 0) return undefined;
  const half = Math.log(comparison.high / comparison.low) / 2;
  const standardError = half / normalQuantile((1 + confidence) / 2);
  const distance = normalQuantile(1 - SIGNIFICANCE / 2) + normalQuantile(0.9);
  return 100 * Math.max(DEFAULT_THRESHOLD, Math.expm1(distance * standardError));
}
