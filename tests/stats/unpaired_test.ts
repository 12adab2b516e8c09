import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { compareUnpaired, createRandom, judge } from "../../lib/stats/mod.ts";
import { normalDeviate } from "../../tasks/bench/judgement/noise.ts";

const random = createRandom("unpaired");
/** Times around a level with independent noise of 1 %. */
const times = (level: number, count: number) =>
  Array.from({ length: count }, () => level * Math.exp(0.01 * normalDeviate(random)));

describe("compareUnpaired", () => {
  it("gives the chorioamnion example on the logarithmic scale", () => {
    // Hollander & Wolfe, table 4.1; R's wilcox.test: difference 0.305, interval −0.15 to 0.76.
    const atTerm = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const earlier = [1.15, 0.88, 0.90, 0.74, 1.21];
    const { ratio, low, high, p, count, sufficient } = compareUnpaired(
      atTerm.map(Math.exp),
      earlier.map(Math.exp),
    )!;
    expect(Math.log(ratio)).toBeCloseTo(0.305, 10);
    expect(Math.log(low)).toBeCloseTo(-0.15, 10);
    expect(Math.log(high)).toBeCloseTo(0.76, 10);
    expect(p).toBeCloseTo(2 * 0.1272061272061272, 10);
    expect([count, sufficient]).toEqual([5, false]);
  });

  it("compares samples of different sizes", () => {
    for (const [m, n] of [[10, 10], [12, 40], [100, 20]] as const) {
      const comparison = compareUnpaired(times(3, m), times(1, n))!;
      expect(comparison.ratio / 3).toBeCloseTo(1, 1);
      expect(comparison.count).toBe(Math.min(m, n));
      expect(judge([comparison])[0]?.verdict).toBe("faster");
    }
  });

  it("calls few identical samples different and covers the true ratio", () => {
    let [different, covered] = [0, 0];
    const rounds = 600;
    for (let round = 0; round < rounds; round++) {
      const comparison = compareUnpaired(times(1, 15), times(1, 20))!;
      if (comparison.p <= 0.05) different++;
      if (comparison.low <= 1 && comparison.high >= 1) covered++;
    }
    expect(different / rounds).toBeLessThan(0.075);
    expect(covered / rounds).toBeGreaterThan(0.925);
  });

  it("handles zeros and empty samples", () => {
    expect(compareUnpaired([0, 0.01, 0.02], [0.01, 0.01, 0.02])!.low).toBeGreaterThanOrEqual(0);
    expect(compareUnpaired([0.01, 0.02], [0, 0])).toBeUndefined();
    expect(compareUnpaired([], [1])).toBeUndefined();
    expect(() => compareUnpaired([1, Infinity], [1])).toThrow(RangeError);
  });

  it("is mirrored by changing places", () => {
    for (let round = 0; round < 50; round++) {
      const [a, b] = [times(1, random.int(1, 40)), times(1.01, random.int(1, 40))];
      const [there, back] = [compareUnpaired(a, b)!, compareUnpaired(b, a)!];
      expect(there.ratio * back.ratio).toBeCloseTo(1, 9);
      expect(there.low * back.high).toBeCloseTo(1, 9);
      expect(there.p).toBeCloseTo(back.p, 9);
    }
  });
});
