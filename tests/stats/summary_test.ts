import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createRandom, halfWidth, type Random, summarise } from "../../lib/stats/mod.ts";
import { normalDeviate } from "../../tasks/bench/judgement/noise.ts";

/**
 * Minitab's help, "Interpret the key results for 1-Sample Sign": 12 steel samples, % chromium. It prints
 * the order statistics 3, 4, 9 and 10 (17.4, 17.5, 18.1, 19) and the median 17.7; the other
 * values do not enter its result.
 */
const CHROMIUM = [17.1, 17.2, 17.4, 17.5, 17.6, 17.7, 17.7, 17.9, 18.1, 19, 19.1, 19.2];

describe("summarise", () => {
  it("gives Minitab's interpolated interval for its chromium example", () => {
    const { median, low, high, min, max, confidenceReached } = summarise(CHROMIUM);
    expect(median).toBe(17.7);
    expect(low).toBeCloseTo(17.4263, 4);
    expect(high).toBeCloseTo(18.7632, 4);
    expect([min, max]).toEqual([17.1, 19.2]);
    expect(confidenceReached).toBe(0.95);
  });

  it("gives Minitab's exact intervals at the confidences that they achieve", () => {
    // Positions (3, 10) have 1 − 2·79/4096, positions (4, 9) have 1 − 2·299/4096.
    const wide = summarise(CHROMIUM, 1 - 158 / 4096);
    expect([wide.low, wide.high]).toEqual([17.4, 19]);
    const narrow = summarise(CHROMIUM, 1 - 598 / 4096 + 1e-12);
    expect(narrow.low).toBeCloseTo(17.5, 9);
    expect(narrow.high).toBeCloseTo(18.1, 9);
  });

  it("has min and max below 6 values and says how little that is worth", () => {
    const reached = [1, 2, 3, 4, 5].map((n) => {
      const values = Array.from({ length: n }, (_, i) => 10 * (i + 1));
      const { low, high, min, max, confidenceReached } = summarise(values);
      expect([low, high]).toEqual([min, max]);
      return confidenceReached;
    });
    expect(reached).toEqual([0, 0.5, 0.75, 0.875, 0.9375]);
    expect(summarise([1, 2, 3, 4, 5, 6]).confidenceReached).toBe(0.95);
  });

  it("is the value itself for a single value, and for equal ones", () => {
    const one = { median: 0.25, low: 0.25, high: 0.25, min: 0.25, max: 0.25 };
    expect(summarise([0.25])).toEqual({ ...one, confidenceReached: 0 });
    expect(summarise(new Array(9).fill(0.25))).toEqual({ ...one, confidenceReached: 0.95 });
  });

  it("neither sorts its argument nor minds the order", () => {
    const values = [3, 1, 2, 9, 5, 4, 8, 7, 6, 0];
    const before = [...values];
    const summary = summarise(values);
    expect(values).toEqual(before);
    expect(summarise([...values].reverse())).toEqual(summary);
  });

  it("stays between the extremes, around the median, and follows a change of unit", () => {
    const random = createRandom("summary properties");
    for (let round = 0; round < 300; round++) {
      const n = random.int(1, 60);
      const values = Array.from({ length: n }, () => random.int(0, 20) / 10);
      const s = summarise(values);
      const ascending = [s.min, s.low, s.median, s.high, s.max];
      expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
      const shifted = summarise(values.map((v) => 1000 * v));
      expect(shifted.low).toBeCloseTo(1000 * s.low, 6);
      expect(shifted.high).toBeCloseTo(1000 * s.high, 6);
      expect(summarise(values, 0.8).low).toBeGreaterThanOrEqual(s.low);
    }
  });

  it("covers the true median in 95 % of 2,000 seeded samples of each kind and size", () => {
    const kinds: Record<string, { draw: (random: Random) => number; median: number }> = {
      normal: { draw: (random) => 1 + 0.03 * normalDeviate(random), median: 1 },
      exponential: { draw: (random) => -Math.log(1 - random.next()), median: Math.LN2 },
      uniform: { draw: (random) => random.next(), median: 0.5 },
    };
    for (const [kind, { draw, median }] of Object.entries(kinds)) {
      for (const n of [6, 10, 17, 30, 1200]) {
        const random = createRandom(`coverage:${kind}:${n}`);
        const draws = n > 1000 ? 500 : 2000;
        let covered = 0;
        for (let i = 0; i < draws; i++) {
          const { low, high } = summarise(Array.from({ length: n }, () => draw(random)));
          if (low <= median && median <= high) covered++;
        }
        // Three standard errors of a share of 0.95.
        const tolerance = 3 * Math.sqrt(0.95 * 0.05 / draws);
        expect(Math.abs(covered / draws - 0.95), `${kind}, ${n} values`).toBeLessThan(tolerance);
      }
    }
  });

  it("refuses what has no median", () => {
    expect(() => summarise([])).toThrow(RangeError);
    expect(() => summarise([1, NaN])).toThrow("Expected finite values, found NaN");
    expect(() => summarise([1, Infinity])).toThrow(RangeError);
    expect(() => summarise([1, 2], 95)).toThrow("Expected confidence between 0 and 1, found 95");
  });
});

describe("halfWidth", () => {
  it("is relative to the median", () => {
    expect(halfWidth({ median: 2, low: 1.9, high: 2.3 })).toBeCloseTo(0.1, 12);
  });

  it("has no meaning around a median of zero, except for an interval without width", () => {
    expect(halfWidth({ median: 0, low: 0, high: 0.01 })).toBeUndefined();
    expect(halfWidth({ median: 0, low: 0, high: 0 })).toBe(0);
  });
});
