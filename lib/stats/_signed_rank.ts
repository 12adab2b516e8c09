import { ascending } from "./_check.ts";
import { normalQuantile, normalTwoSided } from "./_normal.ts";
import { midranks, tieTerm } from "./_ranks.ts";
import { medianByCount, selectByCount } from "./_select.ts";

/** Up to this many differences the null distribution is enumerated, ties included. */
const EXACT_LIMIT = 60;

/**
 * Two-sided p of Wilcoxon's signed-rank test that the differences are symmetric about zero.
 *
 * Up to 60 differences other than zero: the exact permutation distribution given the ranks, ties
 * included (the shift algorithm of Streitberg & Röhmel, "Exact distributions for permutation and
 * rank tests", Statistical Software Newsletter 12, 1986). Above: the normal approximation with
 * tie and continuity correction (Hollander, Wolfe & Chicken, Nonparametric Statistical Methods,
 * 3rd ed., §3.1). Zeros are dropped, as Wilcoxon did and R's `wilcox.test` does.
 *
 * @param differences one number a pair
 * @param inflation by how much the variance of the statistic exceeds that of independent pairs
 * @returns p, 1 if no difference is other than zero
 */
export function signedRankP(differences: readonly number[], inflation = 1): number {
  const nonZero = differences.filter((d) => d !== 0);
  const n = nonZero.length;
  if (n === 0) return 1;
  const { ranks, ties } = midranks(nonZero.map(Math.abs));
  const centre = n * (n + 1) / 4;
  const statistic = ranks.reduce((sum, rank, i) => nonZero[i]! > 0 ? sum + rank : sum, 0);
  const distance = Math.abs(statistic - centre) / Math.sqrt(inflation);
  if (n > EXACT_LIMIT) {
    const variance = n * (n + 1) * (2 * n + 1) / 24 - tieTerm(ties) / 48;
    return normalTwoSided(Math.max(0, distance - 0.5) / Math.sqrt(variance));
  }
  // Midranks are halves: doubled, they are whole numbers and can index an array.
  const masses = sumDistribution(Array.from(ranks, (rank) => 2 * rank));
  let tail = 0;
  // The tolerance lets a statistic that equals the bound count although √inflation was rounded.
  const bound = 2 * (centre - distance) + 1e-9;
  for (let sum = 0; sum <= bound; sum++) tail += masses[sum]!;
  return Math.min(1, 2 * tail);
}

/** An estimate of location with its distribution-free interval. */
export interface Location {
  estimate: number;
  low: number;
  high: number;
  /** Confidence of [low, high] for independent differences; below what was asked for tiny samples. */
  confidenceReached: number;
}

/**
 * The Hodges–Lehmann estimate (median of the Walsh averages) with the interval that inverts the
 * signed-rank test (Hodges & Lehmann, "Estimates of location based on rank tests", 1963; the
 * interval is Tukey's, in Hollander, Wolfe & Chicken, §3.3).
 *
 * @param differences one number a pair
 * @param confidence of the interval, 0 to 1
 * @param inflation by how much the variance of the statistic exceeds that of independent pairs
 * @returns estimate and interval
 */
export function signedRankLocation(
  differences: readonly number[],
  confidence: number,
  inflation = 1,
): Location {
  const sorted = ascending(differences);
  const n = sorted.length;
  const [least, most] = [sorted[0]!, sorted[n - 1]!];
  const total = n * (n + 1) / 2;
  const countUpTo = (value: number) => countWalshAverages(sorted, value);
  const { rank, confidenceReached } = criticalRank(n, confidence, inflation);
  return {
    estimate: medianByCount(countUpTo, total, least, most),
    low: selectByCount(countUpTo, rank, least, most),
    high: selectByCount(countUpTo, total + 1 - rank, least, most),
    confidenceReached,
  };
}

/** Which Walsh average, counted from either end, bounds the interval. */
function criticalRank(
  n: number,
  confidence: number,
  inflation: number,
): { rank: number; confidenceReached: number } {
  const half = (1 - confidence) / 2;
  const centre = n * (n + 1) / 4;
  if (n > EXACT_LIMIT) {
    const deviation = Math.sqrt(inflation * n * (n + 1) * (2 * n + 1) / 24);
    const rank = Math.floor(centre - normalQuantile(1 - half) * deviation);
    return { rank: Math.max(1, rank), confidenceReached: confidence };
  }
  const masses = sumDistribution(Array.from({ length: n }, (_, i) => i + 1));
  let tail = masses[0]!;
  let independent = 0; // the largest statistic whose lower tail is within half, plus one
  while (tail <= half) tail += masses[++independent]!;
  // Rounded up: the interval holds exactly the values that the test does not reject.
  const rank = Math.ceil(centre - (centre - independent) * Math.sqrt(inflation) - 1e-9);
  // With fewer than 6 differences not even the whole range reaches 95 %: it is what there is.
  if (rank < 1) {
    const whole = 1 - 2 * masses[0]!;
    return { rank: 1, confidenceReached: inflation > 1 ? Math.min(whole, confidence) : whole };
  }
  return {
    rank,
    confidenceReached: 1 - 2 * (tail - masses[independent]!),
  };
}

/** The distribution of the sum of weights, each of which is in or out with probability one half. */
function sumDistribution(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const masses = new Float64Array(total + 1);
  masses[0] = 1;
  let reached = 0;
  for (const weight of weights) {
    reached += weight;
    for (let sum = reached; sum >= 0; sum--) {
      masses[sum] = (masses[sum]! + (sum >= weight ? masses[sum - weight]! : 0)) / 2;
    }
  }
  return masses;
}

/** How many of the averages of two values (each also with itself) are at most `value`. */
function countWalshAverages(sorted: Float64Array, value: number): number {
  let count = 0;
  let partner = sorted.length - 1;
  for (let first = 0; first < sorted.length; first++) {
    while (partner >= first && (sorted[first]! + sorted[partner]!) / 2 > value) partner--;
    if (partner < first) break;
    count += partner - first + 1;
  }
  return count;
}
