import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createRandom, holm } from "../../lib/stats/mod.ts";

describe("holm", () => {
  it("gives the adjusted p values of Wikipedia's example", () => {
    // "Holm–Bonferroni method": 0.01, 0.04, 0.03 and 0.005; the first and the fourth are rejected at 5 %.
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
  });

  it("agrees with statsmodels on ties and on values that reach 1", () => {
    // statsmodels 0.15.0: multipletests(p, method="holm").
    const adjusted = holm([0.0001, 0.2, 0.013, 0.04, 0.013, 0.9]);
    [6e-4, 0.4, 0.065, 0.12, 0.065, 0.9].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
  });

  it("never lowers a p, keeps the order, and stays within Bonferroni", () => {
    const random = createRandom("holm");
    for (let round = 0; round < 200; round++) {
      const p = Array.from({ length: random.int(1, 15) }, () => random.next());
      const adjusted = holm(p);
      p.forEach((value, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(value);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p.length * value));
        p.forEach((other, j) => {
          if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
        });
      });
    }
  });

  it("leaves one alone, has none for none, and refuses what is no probability", () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
    expect(() => holm([0.5, 1.2])).toThrow("Expected p from 0 to 1, found 1.2");
    expect(() => holm([NaN])).toThrow(RangeError);
  });
});
