import type { CompareOptions, Comparison } from "./comparison.ts";
import { requireFinite, requireProbability } from "./_check.ts";
import { midranks } from "./_ranks.ts";
import { asComparison, scaled } from "./_shift.ts";
import { signedRankLocation, signedRankP } from "./_signed_rank.ts";

/**
 * Pairs of blocks from which their resemblance can be told. With fewer, correcting for it changed the
 * share of false calls little (at 10 blocks of autocorrelated noise 2.3 to 2.6 % with it, 2.5 to 2.9 %
 * without, in 3,000 simulated comparisons each), but let differences that show in every block go
 * uncalled.
 */
const MINIMUM_PAIRS = 10;

/**
 * Compares two cases that were executed in the same blocks.
 *
 * The ratio of each block is taken (on a logarithmic scale), so that whatever the machine did during
 * the block hits both alike. Estimate: Hodges–Lehmann. Test and interval: Wilcoxon's signed-rank test,
 * exact up to 60 blocks. Blocks are executed in pairs of reversed order ({@linkcode blockOrder}), which
 * cancels linear drift but lets the two blocks of a pair resemble each other where the noise is
 * autocorrelated: in A B B A, a disturbance over the middle two hits B twice. The
 * resemblance is estimated and the test's variance inflated by it.
 *
 * @param reference one value a block, by block number; undefined where the block has none
 * @param candidate likewise
 * @param options confidence of the interval
 * @returns ratio = reference ÷ candidate with its interval and p; undefined if there is no common
 * block, or no meaningful ratio because the candidate's median is not above zero
 * @throws {RangeError} if a value is not finite or the confidence is not between 0 and 1
 */
export function comparePaired(
  reference: readonly (number | undefined)[],
  candidate: readonly (number | undefined)[],
  options: CompareOptions = {},
): Comparison | undefined {
  const { confidence = 0.95 } = options;
  requireProbability("confidence", confidence);
  const blocks: number[] = [];
  const kept: { reference: number[]; candidate: number[] } = { reference: [], candidate: [] };
  reference.forEach((value, block) => {
    const other = candidate[block];
    if (value === undefined || other === undefined) return;
    blocks.push(block);
    kept.reference.push(value);
    kept.candidate.push(other);
  });
  if (blocks.length === 0) return undefined;
  requireFinite(kept.reference);
  requireFinite(kept.candidate);
  const scale = scaled(kept.reference, kept.candidate);
  if (scale === undefined) return undefined;
  const differences = scale.reference.map((value, i) => value - scale.candidate[i]!);
  const { estimate } = signedRankLocation(differences, confidence);
  const inflation = pairInflation(differences.map((d) => d - estimate), blocks);
  const location = signedRankLocation(differences, confidence, inflation);
  return asComparison(location, scale.toRatio, signedRankP(differences, inflation), blocks.length);
}

/**
 * By how much the variance of the signed-rank statistic exceeds that of independent blocks, because
 * the two blocks of a pair resemble each other. The cluster variance of Rosner, Glynn & Lee ("The
 * Wilcoxon signed rank test for paired comparisons of clustered data", Biometrics 62, 2006) with the
 * pair of blocks as the cluster: 1 + the correlation of the pair's signed ranks. One standard error
 * is taken off, so that a resemblance by chance does not cost power.
 *
 * @param residuals differences less their estimate: an effect is no resemblance
 * @param blocks the block number of each
 * @returns 1 (independent) to 2 (the second block of each pair repeats the first)
 */
function pairInflation(residuals: readonly number[], blocks: readonly number[]): number {
  const { ranks } = midranks(residuals.map(Math.abs));
  const signed = residuals.map((residual, i) => Math.sign(residual) * ranks[i]!);
  const squares = signed.reduce((sum, score) => sum + score * score, 0);
  if (squares === 0) return 1;
  let pairs = 0;
  let products = 0;
  let productSquares = 0;
  for (let i = 0; i + 1 < signed.length; i++) {
    const isPair = blocks[i]! % 2 === 0 && blocks[i + 1] === blocks[i]! + 1;
    if (!isPair) continue;
    pairs++;
    const product = signed[i]! * signed[i + 1]!;
    products += product;
    productSquares += product * product;
  }
  if (pairs < MINIMUM_PAIRS) return 1;
  const excess = 2 * (products - Math.sqrt(productSquares)) / squares;
  return Math.min(2, 1 + Math.max(0, excess));
}
