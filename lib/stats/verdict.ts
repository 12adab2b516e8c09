import { holm } from "./holm.ts";
import { type Comparison, MINIMUM_COUNT } from "./comparison.ts";

/** What a comparison says about the candidate. */
export type Verdict = "faster" | "slower" | "equivalent" | "inconclusive";

/** A difference of less than 1 % is of no practical interest. */
export const DEFAULT_THRESHOLD = 0.01;

/**
 * The p at or below which one difference is significant. Stricter than the interval's 5 %: a noisy
 * machine makes the practical threshold worthless (every estimate is beyond it), and then this level
 * alone is the share of identical programs that are called different.
 */
export const SIGNIFICANCE = 0.02;

/** The adjusted p at or below which a difference is significant among all of its table. */
export const TABLE_SIGNIFICANCE = 0.05;

/** What a verdict rests on. */
export interface Evidence extends Pick<Comparison, "ratio" | "low" | "high"> {
  /** p before {@linkcode holm}; as large as after it unless told. */
  p?: number;
  /** p after {@linkcode holm}. */
  pAdjusted: number;
  /** Whether there were enough common blocks; true unless told. */
  sufficient?: boolean;
}

/**
 * Decides what a comparison says.
 *
 * - *faster*, *slower*: p is at most 2 % and the adjusted p at most 5 %, the interval excludes 1, and
 *   the estimate is beyond the threshold: ratio above 1 + t, or below 1 ÷ (1 + t);
 * - *equivalent*: the whole interval lies from 1 ÷ (1 + t) to 1 + t (the confidence-interval form of
 *   two one-sided tests: Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15, 1987);
 * - *inconclusive*: neither, or too few blocks.
 *
 * "Faster" is meant for metrics where less is better: a ratio above 1 means that the candidate's value
 * is the smaller one.
 *
 * @param evidence the comparison with its adjusted p
 * @param threshold the practical threshold t, 0.01 for 1 %
 * @returns the verdict on the candidate
 */
export function verdict(evidence: Evidence, threshold: number = DEFAULT_THRESHOLD): Verdict {
  if (!(threshold >= 0)) throw new RangeError(`Expected a threshold from 0, found ${threshold}`);
  const { ratio, low, high, pAdjusted, p = pAdjusted, sufficient = true } = evidence;
  if (!sufficient) return "inconclusive";
  const [least, most] = [1 / (1 + threshold), 1 + threshold];
  if (p <= SIGNIFICANCE && pAdjusted <= TABLE_SIGNIFICANCE) {
    if (low > 1 && ratio > most) return "faster";
    if (high < 1 && ratio < least) return "slower";
  }
  return low >= least && high <= most ? "equivalent" : "inconclusive";
}

/** A comparison judged together with its siblings. */
export interface Judged extends Comparison {
  /** p after {@linkcode holm}. */
  pAdjusted: number;
  /** What the comparison says about the candidate. */
  verdict: Verdict;
}

/**
 * Judges all comparisons of one table together: adjusts their p values by Holm's method, then
 * decides each. Comparisons with too few blocks are inconclusive and do not count in the correction.
 *
 * @param comparisons one a candidate; undefined where none was possible
 * @param threshold the practical threshold, 0.01 for 1 %
 * @returns the judged comparisons in the same order, undefined where there was none
 */
export function judge(
  comparisons: readonly (Comparison | undefined)[],
  threshold: number = DEFAULT_THRESHOLD,
): (Judged | undefined)[] {
  const family = comparisons.filter((comparison) => comparison?.sufficient === true);
  const adjusted = new Map(
    holm(family.map((comparison) => comparison!.p)).map((p, i) => [family[i]!, p]),
  );
  return comparisons.map((comparison) => {
    if (comparison === undefined) return undefined;
    const pAdjusted = adjusted.get(comparison) ?? 1;
    return { ...comparison, pAdjusted, verdict: verdict({ ...comparison, pAdjusted }, threshold) };
  });
}

/**
 * The fewest blocks with which differences that show in every block are called, for so many
 * comparisons made together: the smallest p of a signed-rank test is 2 ÷ 2ⁿ, and the correction
 * multiplies it. Two blocks more than that leave room for one block that disagrees.
 *
 * @param comparisonCount how many comparisons are judged together
 * @returns a number of blocks, at least 10, always even (blocks come in pairs)
 */
export function blocksNeeded(comparisonCount: number): number {
  const level = Math.min(SIGNIFICANCE, TABLE_SIGNIFICANCE / Math.max(1, comparisonCount));
  const needed = Math.max(MINIMUM_COUNT, Math.ceil(1 - Math.log2(level)) + 2);
  return needed + needed % 2;
}
