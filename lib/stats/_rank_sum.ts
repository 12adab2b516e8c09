import { ascending } from "./_check.ts";
import { normalQuantile, normalTwoSided } from "./_normal.ts";
import { midranks, tieTerm } from "./_ranks.ts";
import { medianByCount, selectByCount } from "./_select.ts";
import type { Location } from "./_signed_rank.ts";

/** Where both samples have at most this many values, the null distribution is enumerated. */
const EXACT_LIMIT = 30;

/**
 * Two-sided p of the Mann–Whitney test (Wilcoxon's rank-sum test) that two samples come from the
 * same distribution.
 *
 * Up to 30 values each: the exact permutation distribution given the ranks, ties included (the shift
 * algorithm of Streitberg & Röhmel, 1986). Above: the normal approximation with tie and continuity
 * correction (Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 3rd ed., §4.1).
 *
 * @param x first sample
 * @param y second sample
 * @returns p, 1 if all values are equal
 */
export function rankSumP(x: readonly number[], y: readonly number[]): number {
  const [m, n] = [x.length, y.length];
  const { ranks, ties } = midranks([...x, ...y]);
  if (ties[0] === m + n) return 1;
  const statistic = ranks.subarray(0, m).reduce((sum, rank) => sum + rank, 0);
  const centre = m * (m + n + 1) / 2;
  const distance = Math.abs(statistic - centre);
  if (m > EXACT_LIMIT || n > EXACT_LIMIT) {
    const total = m + n;
    const variance = m * n / 12 * (total + 1 - tieTerm(ties) / (total * (total - 1)));
    return normalTwoSided(Math.max(0, distance - 0.5) / Math.sqrt(variance));
  }
  // Midranks can be halves: doubled, they are whole numbers and can index an array.
  const scale = ties.length > 0 ? 2 : 1;
  const masses = subsetSumDistribution(Array.from(ranks, (rank) => scale * rank), m);
  // Not symmetric when there are ties: the smaller tail is doubled.
  const lower = tailUpTo(masses, scale * statistic);
  const upper = tailFrom(masses, scale * statistic);
  return Math.min(1, 2 * Math.min(lower, upper));
}

/**
 * The Hodges–Lehmann shift (median of all differences x − y) with the interval that inverts the
 * Mann–Whitney test (Moses; in Hollander, Wolfe & Chicken, §4.2 and §4.3).
 *
 * @param x first sample
 * @param y second sample
 * @param confidence of the interval, 0 to 1
 * @returns estimate and interval
 */
export function rankSumLocation(
  x: readonly number[],
  y: readonly number[],
  confidence: number,
): Location {
  const [sortedX, sortedY] = [ascending(x), ascending(y)];
  const total = x.length * y.length;
  const least = sortedX[0]! - sortedY[y.length - 1]!;
  const most = sortedX[x.length - 1]! - sortedY[0]!;
  const countUpTo = (value: number) => countDifferences(sortedX, sortedY, value);
  const { rank, confidenceReached } = criticalRank(x.length, y.length, confidence);
  return {
    estimate: medianByCount(countUpTo, total, least, most),
    low: selectByCount(countUpTo, rank, least, most),
    high: selectByCount(countUpTo, total + 1 - rank, least, most),
    confidenceReached,
  };
}

/** Which difference, counted from either end, bounds the interval. */
function criticalRank(
  m: number,
  n: number,
  confidence: number,
): { rank: number; confidenceReached: number } {
  const half = (1 - confidence) / 2;
  if (m > EXACT_LIMIT || n > EXACT_LIMIT) {
    const deviation = Math.sqrt(m * n * (m + n + 1) / 12);
    const rank = Math.floor(m * n / 2 - normalQuantile(1 - half) * deviation);
    return { rank: Math.max(1, rank), confidenceReached: confidence };
  }
  const masses = subsetSumDistribution(Array.from({ length: m + n }, (_, i) => i + 1), m);
  const smallest = m * (m + 1) / 2;
  let rank = 0;
  let tail = masses[smallest]!;
  while (tail <= half) tail += masses[smallest + ++rank]!;
  // With too few values not even the whole range reaches the confidence: it is what there is.
  if (rank === 0) return { rank: 1, confidenceReached: 1 - 2 * masses[smallest]! };
  return { rank, confidenceReached: 1 - 2 * (tail - masses[smallest + rank]!) };
}

/** The distribution of the sum of `size` weights drawn without replacement. */
function subsetSumDistribution(weights: readonly number[], size: number): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = Array.from({ length: size + 1 }, () => new Float64Array(total + 1));
  counts[0]![0] = 1;
  for (const weight of weights) {
    for (let chosen = size; chosen >= 1; chosen--) {
      const [from, to] = [counts[chosen - 1]!, counts[chosen]!];
      for (let sum = total; sum >= weight; sum--) to[sum] = to[sum]! + from[sum - weight]!;
    }
  }
  const all = counts[size]!.reduce((sum, count) => sum + count, 0);
  return counts[size]!.map((count) => count / all);
}

function tailUpTo(masses: Float64Array, statistic: number): number {
  return masses.subarray(0, statistic + 1).reduce((sum, mass) => sum + mass, 0);
}

function tailFrom(masses: Float64Array, statistic: number): number {
  return masses.subarray(statistic).reduce((sum, mass) => sum + mass, 0);
}

/** How many of all differences x − y are at most `value`. */
function countDifferences(x: Float64Array, y: Float64Array, value: number): number {
  let count = 0;
  let passed = 0; // how many y are too small for this x, and so for all larger ones
  for (const from of x) {
    while (passed < y.length && from - y[passed]! > value) passed++;
    count += y.length - passed;
  }
  return count;
}
