import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  interquartileRange,
  medianAbsoluteDeviation,
  modifiedZScores,
  outliers,
  quantile,
} from "../../lib/stats/mod.ts";

/** Uranium isotope ratios: NIST/SEMATECH e-Handbook, 1.3.5.17.1, where Grubbs' test finds 245.57. */
const URANIUM = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57];

describe("quantile", () => {
  it("is R's default, type 7", () => {
    // R: quantile(1:10, c(0, 0.25, 0.5, 0.9, 1)).
    const values = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect([0, 0.25, 0.5, 0.9, 1].map((p) => quantile(values, p))).toEqual([1, 3.25, 5.5, 9.1, 10]);
    expect(interquartileRange(values)).toBe(4.5);
    expect(values[0]).toBe(10);
  });

  it("refuses what has none", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.5)).toThrow("Expected p from 0 to 1, found 1.5");
  });
});

describe("medianAbsoluteDeviation", () => {
  it("is not moved by an outlier", () => {
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
    expect(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9e9])).toBe(1);
  });
});

describe("modifiedZScores", () => {
  it("follows Iglewicz & Hoaglin's formula", () => {
    // Median 201.37, MAD 0.995: 0.6745 · (245.57 − 201.37) ÷ 0.995.
    expect(modifiedZScores(URANIUM)[7]).toBeCloseTo(0.6745 * 44.2 / 0.995, 9);
  });

  it("falls back on the mean deviation where more than half of the values are equal", () => {
    const scores = modifiedZScores([5, 5, 5, 5, 5, 5, 5, 6]);
    expect(scores.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(scores[7]).toBeCloseTo(8 / 1.253314, 9);
    expect(modifiedZScores([3, 3, 3])).toEqual([0, 0, 0]);
  });
});

describe("outliers", () => {
  it("finds the one in NIST's uranium data", () => {
    expect(outliers(URANIUM)).toEqual([7]);
  });

  it("finds two that would hide each other from a z-score of mean and deviation", () => {
    expect(outliers([8.2, 2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.3])).toEqual([0, 9]);
  });

  it("finds none in equal or evenly spread values", () => {
    expect(outliers([1, 1, 1, 1])).toEqual([]);
    expect(outliers([1, 2, 3, 4, 5, 6, 7])).toEqual([]);
    expect(outliers([1, 1, 1, 1, 1, 1, 1, 1.5])).toEqual([7]);
  });
});
