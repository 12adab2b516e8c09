import type { CompareOptions, Comparison } from "./comparison.ts";
import { requireFinite, requireProbability } from "./_check.ts";
import { rankSumLocation, rankSumP } from "./_rank_sum.ts";
import { asComparison, scaled } from "./_shift.ts";

/**
 * Compares two cases that were not executed in common blocks: an old baseline, a hyperfine export.
 *
 * Estimate: the Hodges–Lehmann shift of the logarithms. Test and interval: Mann–Whitney, exact up to
 * 30 values each. Nothing here can tell a difference between programs from a difference between two
 * sessions of the machine; where common blocks exist, use {@linkcode comparePaired}.
 *
 * @param reference values of the reference
 * @param candidate values of the candidate
 * @param options confidence of the interval
 * @returns ratio = reference ÷ candidate with its interval and p; undefined if a sample is empty, or
 * no ratio is meaningful because the candidate's median is not above zero
 * @throws {RangeError} if a value is not finite or the confidence is not between 0 and 1
 */
export function compareUnpaired(
  reference: readonly number[],
  candidate: readonly number[],
  options: CompareOptions = {},
): Comparison | undefined {
  const { confidence = 0.95 } = options;
  requireProbability("confidence", confidence);
  if (reference.length === 0 || candidate.length === 0) return undefined;
  requireFinite(reference);
  requireFinite(candidate);
  const scale = scaled(reference, candidate);
  if (scale === undefined) return undefined;
  const location = rankSumLocation(scale.reference, scale.candidate, confidence);
  const p = rankSumP(scale.reference, scale.candidate);
  const count = Math.min(reference.length, candidate.length);
  return asComparison(location, scale.toRatio, p, count);
}
