import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createRandom, halfWidth, nextLook, shouldStop, summarise } from "../../lib/stats/mod.ts";
import { normalDeviate } from "../../tasks/bench/judgement/noise.ts";

const rule = { precision: 0.02, minRuns: 10, maxRuns: 100 };
const equal = (n: number) => new Array<number>(n).fill(0.05);

describe("nextLook", () => {
  it("starts at the minimum and grows by a quarter, always even", () => {
    const looks: number[] = [];
    for (let count = 0; looks.length < 9; count = looks.at(-1)!) looks.push(nextLook(count, 10));
    expect(looks).toEqual([10, 14, 18, 24, 30, 38, 48, 60, 76]);
    expect(nextLook(0, 15)).toBe(16);
    expect(nextLook(0, 1)).toBe(2);
  });
});

describe("shouldStop", () => {
  it("does not look before the minimum, nor between two looks", () => {
    for (const n of [0, 1, 9]) {
      expect(shouldStop({ values: equal(n) }, rule)).toEqual({ stop: false, nextLook: 10 });
    }
    for (const n of [11, 12, 13]) {
      expect(shouldStop({ values: equal(n) }, rule)).toEqual({ stop: false, nextLook: 14 });
    }
  });

  it("stops at a look where the interval is narrow enough", () => {
    expect(shouldStop({ values: equal(10) }, rule)).toEqual({ stop: true, reason: "precision" });
    const wide = Array.from({ length: 10 }, (_, i) => 1 + i / 10);
    expect(shouldStop({ values: wide }, rule)).toEqual({ stop: false, nextLook: 14 });
    const width = halfWidth(summarise(wide))!;
    expect(shouldStop({ values: wide }, { ...rule, precision: width }).stop).toBe(true);
    expect(shouldStop({ values: wide }, { ...rule, precision: width * 0.999 }).stop).toBe(false);
  });

  it("stops at the maximum, and never looks beyond it", () => {
    const wide = Array.from({ length: 20 }, (_, i) => 1 + i / 10);
    expect(shouldStop({ values: wide }, { ...rule, maxRuns: 20 })).toEqual({
      stop: true,
      reason: "max-runs",
    });
    const earlier = wide.slice(0, 18);
    expect(shouldStop({ values: earlier }, { ...rule, maxRuns: 20 })).toEqual({
      stop: false,
      nextLook: 20,
    });
  });

  it("stops when the time is up, even below the minimum", () => {
    const state = { values: equal(3), elapsedS: 60 };
    expect(shouldStop(state, { ...rule, maxTimeS: 60 })).toEqual({
      stop: true,
      reason: "max-time",
    });
    expect(shouldStop(state, { ...rule, maxTimeS: 61 }).stop).toBe(false);
  });

  it("takes exactly the number of runs that was asked for where there is no precision", () => {
    const fixed = { minRuns: 15, maxRuns: 15 };
    expect(shouldStop({ values: equal(14) }, fixed)).toEqual({ stop: false, nextLook: 15 });
    expect(shouldStop({ values: equal(15) }, fixed)).toEqual({ stop: true, reason: "max-runs" });
  });

  it("does not take a median of zero for precise", () => {
    const ticks = [0, 0, 0, 0, 0, 0.01, 0, 0.01, 0.01, 0];
    expect(shouldStop({ values: ticks }, rule).stop).toBe(false);
    expect(shouldStop({ values: new Array(10).fill(0) }, rule).stop).toBe(true);
  });

  it("gives the same answer after a resume: it keeps no state", () => {
    const random = createRandom("resume");
    const values = Array.from({ length: 400 }, () => 1 + 0.04 * normalDeviate(random));
    const precise = { ...rule, precision: 0.008, maxRuns: 400 };
    const stopAt = (from: number) => {
      let n = from;
      while (!shouldStop({ values: values.slice(0, n) }, precise).stop) n++;
      return n;
    };
    const uninterrupted = stopAt(0);
    expect(uninterrupted).toBeGreaterThan(10);
    for (let from = 0; from <= uninterrupted; from++) expect(stopAt(from)).toBe(uninterrupted);
  });

  it("refuses limits that contradict each other", () => {
    expect(() => shouldStop({ values: [] }, { minRuns: 10, maxRuns: 5 })).toThrow(
      "Expected 1 <= minRuns <= maxRuns, found 10 and 5",
    );
  });
});
