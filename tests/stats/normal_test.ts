import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { normalQuantile, normalTwoSided } from "../../lib/stats/_normal.ts";

describe("the normal distribution", () => {
  it("has SciPy's quantiles", () => {
    // scipy 1.17.1: norm.ppf(p).
    expect(normalQuantile(0.6)).toBeCloseTo(0.2533471031357997, 5);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 5);
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489004, 5);
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 5);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 6);
  });

  it("has SciPy's two-sided tails, and never says impossible", () => {
    // scipy 1.17.1: 2 * norm.sf(z).
    expect(normalTwoSided(0)).toBeCloseTo(1, 6);
    expect(normalTwoSided(0.5)).toBeCloseTo(0.6170750774519738, 6);
    expect(normalTwoSided(-1.96)).toBeCloseTo(0.04999579029644087, 6);
    expect(normalTwoSided(5) / 5.733031437583866e-7).toBeCloseTo(1, 3);
    expect(normalTwoSided(40)).toBeGreaterThan(0);
  });
});
