import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { comparePaired, createRandom, detectablePercent, judge } from "../../lib/stats/mod.ts";
import { normalDeviate } from "../../tasks/bench/judgement/noise.ts";

describe("detectablePercent", () => {
  it("is what nine of ten comparisons find", () => {
    const random = createRandom("detectable");
    const times = (level: number) =>
      Array.from({ length: 30 }, () => level * Math.exp(0.03 * normalDeviate(random)));
    let promised = 0;
    for (let i = 0; i < 200; i++) {
      promised += detectablePercent(comparePaired(times(1), times(1))!)!;
    }
    promised /= 200;
    let found = 0;
    for (let i = 0; i < 400; i++) {
      const slower = times(1 + promised / 100);
      if (judge([comparePaired(times(1), slower)])[0]!.verdict === "slower") found++;
    }
    expect(promised).toBeGreaterThan(2);
    expect(promised).toBeLessThan(4);
    expect(found / 400).toBeGreaterThan(0.84);
    expect(found / 400).toBeLessThan(0.96);
  });

  it("does not promise less than the practical threshold", () => {
    expect(detectablePercent({ low: 0.9999, high: 1.0001, sufficient: true })).toBeCloseTo(1, 9);
  });

  it("is absent where the comparison says too little", () => {
    expect(detectablePercent({ low: 0.99, high: 1.01, sufficient: false })).toBeUndefined();
    expect(detectablePercent({ low: 0, high: 1.01, sufficient: true })).toBeUndefined();
  });
});
