import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { rankSumLocation, rankSumP } from "../../lib/stats/_rank_sum.ts";
import { createRandom } from "../../lib/stats/mod.ts";

/**
 * Hollander & Wolfe, Nonparametric Statistical Methods, table 4.1: permeability constants of the
 * human chorioamnion at term and at 12 to 26 weeks, and the example of R's `wilcox.test`: W = 35,
 * one-sided p = 0.1272, difference in location 0.305, interval −0.15 to 0.76.
 */
const AT_TERM = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
const EARLIER = [1.15, 0.88, 0.90, 0.74, 1.21];

describe("the rank-sum test", () => {
  it("gives p of the chorioamnion example", () => {
    expect(rankSumP(AT_TERM, EARLIER)).toBeCloseTo(2 * 0.1272061272061272, 10);
  });

  it("gives the Hodges–Lehmann shift and interval of the chorioamnion example", () => {
    const { estimate, low, high, confidenceReached } = rankSumLocation(AT_TERM, EARLIER, 0.95);
    expect(estimate).toBeCloseTo(0.305, 10);
    expect(low).toBeCloseTo(-0.15, 10);
    expect(high).toBeCloseTo(0.76, 10);
    // 1 − 2·P(W <= 8) = 1 − 2·60/3003.
    expect(confidenceReached).toBeCloseTo(1 - 2 * 60 / 3003, 10);
  });

  it("agrees with SciPy where there are no ties", () => {
    // scipy 1.17.1: mannwhitneyu(a, b, method="exact").
    const a = [224, 374, 200, 264, 139, 197, 276, 173, 151, 100, 174, 288];
    const b = [253, 359, 364, 269, 342, 341, 382, 262, 315, 300, 196, 180, 381, 389, 386];
    expect(rankSumP(a, b)).toBeCloseTo(0.0030943645427425207, 10);
    expect(rankSumP(b, a)).toBeCloseTo(0.0030943645427425207, 10);
  });

  it("is exact with ties too", () => {
    // scipy 1.17.1: mannwhitneyu(a, b, method=PermutationMethod(n_resamples=inf)), all 6,435 splits.
    const a = [1, 2, 2, 3, 5, 5, 6];
    const b = [2, 3, 3, 4, 7, 7, 8, 9];
    expect(rankSumP(a, b)).toBeCloseTo(0.14794094794094795, 10);
  });

  it("takes the corrected normal approximation for large samples", () => {
    // scipy 1.17.1: mannwhitneyu(x, y, method="asymptotic").
    // deno-fmt-ignore
    const x = [44, 58, 42, 53, 58, 40, 48, 42, 51, 59, 62, 39, 47, 54, 59, 53, 46, 52, 50, 49, 46, 52,
      52, 49, 49, 42, 47, 57, 49, 41, 58, 53, 63, 50, 47, 41, 58, 65, 45, 46];
    // deno-fmt-ignore
    const y = [57, 48, 51, 51, 54, 60, 53, 59, 50, 55, 40, 44, 58, 49, 56, 56, 61, 58, 59, 52, 49, 49,
      50, 46, 50, 52, 55, 51, 41, 53, 54, 60, 56, 49, 49];
    expect(rankSumP(x, y)).toBeCloseTo(0.10929228273976574, 6);
    expect(rankSumLocation(x, y, 0.95).estimate).toBe(-2);
  });

  it("finds the same differences as writing all of them down", () => {
    const random = createRandom("differences");
    for (let round = 0; round < 200; round++) {
      const x = Array.from({ length: random.int(1, 20) }, () => random.int(0, 30) / 4);
      const y = Array.from({ length: random.int(1, 20) }, () => random.int(0, 30) / 4);
      const differences = x.flatMap((a) => y.map((b) => a - b)).sort((a, b) => a - b);
      const middle = differences.length / 2;
      const median = differences.length % 2 === 1
        ? differences[Math.floor(middle)]!
        : (differences[middle - 1]! + differences[middle]!) / 2;
      const { estimate, low, high } = rankSumLocation(x, y, 0.9);
      expect(estimate).toBeCloseTo(median, 10);
      const isDifference = (value: number) => differences.some((d) => Math.abs(d - value) < 1e-9);
      expect(isDifference(low) && isDifference(high)).toBe(true);
      expect(low).toBeLessThanOrEqual(high);
    }
  });

  it("has nothing to say about equal values", () => {
    expect(rankSumP([2, 2, 2], [2, 2])).toBe(1);
    expect(rankSumP(new Array(40).fill(2), new Array(40).fill(2))).toBe(1);
  });
});
