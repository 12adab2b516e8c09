import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { signedRankLocation, signedRankP } from "../../lib/stats/_signed_rank.ts";
import { createRandom } from "../../lib/stats/mod.ts";

/**
 * Hollander & Wolfe, Nonparametric Statistical Methods, table 3.1: Hamilton depression scale factor IV
 * of nine patients, and the example of R's `wilcox.test`, which prints V = 40, p = 0.03906,
 * (pseudo)median 0.46 and the interval 0.010 to 0.786.
 */
const FIRST = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
const SECOND = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
const DEPRESSION = FIRST.map((value, i) => value - SECOND[i]!);

describe("the signed-rank test", () => {
  it("gives p of the depression example", () => {
    expect(signedRankP(DEPRESSION)).toBeCloseTo(0.0390625, 10);
  });

  it("gives the Hodges–Lehmann estimate and interval of the depression example", () => {
    const { estimate, low, high, confidenceReached } = signedRankLocation(DEPRESSION, 0.95);
    expect(estimate).toBeCloseTo(0.46, 10);
    expect(low).toBeCloseTo(0.010, 10);
    expect(high).toBeCloseTo(0.786, 10);
    // 1 − 2·P(V <= 5) with 10 of the 512 sign patterns in each tail.
    expect(confidenceReached).toBeCloseTo(1 - 2 * 10 / 512, 10);
  });

  it("agrees with SciPy where there are no ties", () => {
    // scipy 1.17.1: wilcoxon(d, method="exact"); the interval from the sorted Walsh averages.
    // deno-fmt-ignore
    const d = [-45, 108, 31, -178, 12, -90, 61, 167, 65, 198, -199, 37, 126, 169, 127, -43, 1, 22,
      -154, 94, -107, 33, 35, 192, -173];
    expect(signedRankP(d)).toBeCloseTo(0.3809836506843567, 12);
    const { estimate, low, high, confidenceReached } = signedRankLocation(d, 0.95);
    expect([estimate, low, high]).toEqual([24.5, -32.5, 76.5]);
    expect(confidenceReached).toBeCloseTo(0.9517375826835632, 10);
  });

  it("is exact with ties too", () => {
    // scipy 1.17.1: wilcoxon(t, method=PermutationMethod(n_resamples=inf)), all 4,096 sign patterns.
    expect(signedRankP([1, 1, 2, -1, 3, 3, -2, 4, 5, 5, -1, 6])).toBeCloseTo(0.02490234375, 12);
  });

  it("takes the corrected normal approximation for large samples", () => {
    // scipy 1.17.1: wilcoxon(d, correction=True, method="approx"): five zeros, many ties.
    // deno-fmt-ignore
    const d = [2, 10, 9, -2, 0, -2, 5, 1, 6, -10, 11, 1, 6, 1, -1, 4, 6, 0, 1, 6, -4, -8, 4, -3, -10,
      -3, -1, -6, -7, 2, 7, 0, -3, 4, 6, 0, 5, 8, 0, -3, 4, 3, 8, -6, -2, -4, -9, 2, 5, -3, 10, 6, 5,
      4, 7, -6, 5, 5, -9, 4, 0, 6, -1, 1, 4, -4, 5, 1, 4, -2, 8, 5, 0, 5, 9, 12, -8, 7, 4, 1];
    expect(signedRankP(d)).toBeCloseTo(0.007027826939487629, 6);
  });

  it("passes from exact to approximate without a jump", () => {
    // 60 and 61 differences of which the same share is positive, at every size.
    const sample = (n: number) =>
      Array.from({ length: n }, (_, i) => (i % 8 < 5 ? 1 : -1) * (i + 1) / n);
    const [exact, approximate] = [60, 61].map((n) => signedRankP(sample(n)));
    expect(exact).toBeCloseTo(approximate!, 1);
    expect(Math.log(exact! / approximate!)).toBeCloseTo(0, 0);
    const [a, b] = [60, 61].map((n) => signedRankLocation(sample(n), 0.95));
    expect(a!.low).toBeCloseTo(b!.low, 1);
    expect(a!.high).toBeCloseTo(b!.high, 1);
  });

  it("finds the same Walsh averages as writing all of them down", () => {
    const random = createRandom("walsh");
    for (let round = 0; round < 200; round++) {
      const d = Array.from({ length: random.int(1, 25) }, () => random.int(-8, 8) / 4);
      const averages = d.flatMap((x, i) => d.slice(i).map((y) => (x + y) / 2));
      averages.sort((x, y) => x - y);
      const middle = averages.length / 2;
      const median = averages.length % 2 === 1
        ? averages[Math.floor(middle)]!
        : (averages[middle - 1]! + averages[middle]!) / 2;
      const { estimate, low, high } = signedRankLocation(d, 0.9);
      expect(estimate).toBeCloseTo(median, 10);
      const isAverage = (value: number) => averages.some((a) => Math.abs(a - value) < 1e-9);
      expect(isAverage(low) && isAverage(high)).toBe(true);
      expect(low).toBeLessThanOrEqual(estimate);
      expect(high).toBeGreaterThanOrEqual(estimate);
    }
  });

  it("rejects what its interval excludes, and only that", () => {
    const random = createRandom("duality");
    for (let round = 0; round < 200; round++) {
      const shift = random.next() * 0.6;
      const d = Array.from({ length: random.int(6, 40) }, () => random.next() - 0.5 + shift);
      const inflation = 1 + random.next();
      const { low, high } = signedRankLocation(d, 0.95, inflation);
      // Just inside and just outside an end: no difference from it is exactly zero.
      const outside = d.map((value) => value - (high + 1e-7));
      const inside = d.map((value) => value - (high - 1e-7));
      if (Math.max(...d) - high > 1e-6) expect(signedRankP(outside, inflation)).toBeLessThan(0.05);
      expect(signedRankP(inside, inflation)).toBeGreaterThanOrEqual(0.05);
      expect(low).toBeLessThanOrEqual(high);
    }
  });

  it("has nothing to say about zeros", () => {
    expect(signedRankP([0, 0, 0, 0])).toBe(1);
    expect(signedRankLocation([0, 0, 0, 0], 0.95)).toMatchObject({ estimate: 0, low: 0, high: 0 });
    expect(signedRankP([0, 0, 3])).toBe(1);
  });
});
