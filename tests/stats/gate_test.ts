import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { comparePaired, gateVerdict } from "../../lib/stats/mod.ts";

describe("gateVerdict", () => {
  it("regresses above the limit, passes at or below it, and else does not decide", () => {
    expect(gateVerdict({ low: 1.06, high: 1.09 }, 5)).toBe("regressed");
    expect(gateVerdict({ low: 1.03, high: 1.05 }, 5)).toBe("passed");
    expect(gateVerdict({ low: 1.05, high: 1.08 }, 5)).toBe("undecided");
    expect(gateVerdict({ low: 1.01, high: 1.06 }, 5)).toBe("undecided");
    expect(gateVerdict({ low: 0.4, high: 0.5 }, 0)).toBe("passed");
    expect(gateVerdict({ low: 1, high: 1 }, 0)).toBe("passed");
  });

  it("takes a comparison with the arguments the other way round", () => {
    const baseline = Array.from({ length: 12 }, (_, i) => 1 + i / 1000);
    const candidate = baseline.map((value, i) => value * (1.08 + (i % 3) / 1000));
    expect(gateVerdict(comparePaired(candidate, baseline)!, 5)).toBe("regressed");
    expect(gateVerdict(comparePaired(candidate, baseline)!, 10)).toBe("passed");
    expect(gateVerdict(comparePaired(baseline, candidate)!, 5)).toBe("passed");
  });
});
