import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createRandom, drift, lag1Autocorrelation } from "../../lib/stats/mod.ts";
import { autoregressive, independent, normalDeviate } from "../../tasks/bench/judgement/noise.ts";

describe("drift", () => {
  it("measures a steady rise, whatever the outliers", () => {
    const rising = Array.from({ length: 51 }, (_, i) => 1 + 0.02 * i / 50);
    expect(drift(rising)!.changePercent).toBeCloseTo(100 * 0.02 / 1.01, 9);
    rising[7] = 50;
    rising[30] = 50;
    expect(drift(rising)!.changePercent).toBeCloseTo(100 * 0.02 / 1.01, 0);
    expect(drift(rising)!.p).toBeLessThan(1e-6);
  });

  it("correlates as SciPy does", () => {
    // scipy 1.17.1: spearmanr(range(8), x).
    const found = drift([3, 1, 4, 1, 5, 9, 2, 6])!;
    expect(found.rankCorrelation).toBeCloseTo(0.5030030300035688, 12);
  });

  it("is negative for a series that gets faster, and nothing for a flat one", () => {
    expect(drift([9, 8, 7, 6, 5, 4])!.changePercent).toBeLessThan(0);
    expect(drift([2, 2, 2, 2, 2, 2])).toEqual({ changePercent: 0, rankCorrelation: 0, p: 1 });
  });

  it("rarely finds one where there is none", () => {
    const random = createRandom("no drift");
    let found = 0;
    for (let i = 0; i < 1_000; i++) {
      const values = Array.from({ length: 30 }, () => 1 + 0.03 * normalDeviate(random));
      if (drift(values)!.p < 0.05) found++;
    }
    expect(found).toBeGreaterThan(20);
    expect(found).toBeLessThan(70);
  });

  it("is absent where it cannot be said", () => {
    expect(drift([1, 2, 3, 4, 5])).toBeUndefined();
    expect(drift([0, 0, 0, 0, 0, 0])).toBeUndefined();
  });
});

describe("lag1Autocorrelation", () => {
  it("tells independent from slowly changing noise", () => {
    const random = createRandom("lag 1");
    expect(Math.abs(lag1Autocorrelation(independent(1)(2_000, random)))).toBeLessThan(0.09);
    // The rank correlation of a normal AR(1) series is (6 ÷ π) · asin(φ ÷ 2).
    const expected = 6 / Math.PI * Math.asin(0.7 / 2);
    expect(lag1Autocorrelation(autoregressive(0.7, 1)(5_000, random))).toBeCloseTo(expected, 1);
  });

  it("is negative for alternation and near 1 for a ramp", () => {
    expect(lag1Autocorrelation([1, 2, 1, 2, 1, 2, 1, 2, 1, 2])).toBeCloseTo(-0.9, 10);
    expect(lag1Autocorrelation(Array.from({ length: 200 }, (_, i) => i))).toBeGreaterThan(0.97);
  });

  it("is 0 where it cannot be said", () => {
    expect(lag1Autocorrelation([1, 2])).toBe(0);
    expect(lag1Autocorrelation([3, 3, 3, 3])).toBe(0);
  });
});
