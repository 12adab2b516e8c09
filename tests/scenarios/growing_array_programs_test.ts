/** Builds and runs the programs of growing-array, and compares the sums; looks at the bounds. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { memoryOf, refusalOf } from "../../lib/scenario/bounds.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** 17 is one more than a doubled array holds that starts at 1, 2, 4, 8 or 16. */
const SIZES = [0, 1, 2, 17, 1000, 100_003];

/** Enough for the default of every variant, and not for the largest n of any. */
const FREE_BYTES = 20e9;

/** Adds up the numbers below n. */
function sumBelow(n: number): bigint {
  let sum = 0n;
  for (let i = 0; i < n; i++) sum += BigInt(i);
  return sum;
}

const scenario = await benchScenario("growing-array");

describe("growing-array's scenario.yaml", () => {
  it("expects the sum of the numbers", () => {
    for (const n of SIZES) {
      const due = expectedOutput(scenario, scenario.variants[0]!, { n });
      expect(due).toEqual({ stdout: `${sumBelow(n)}` });
    }
  });

  it("estimates 8 bytes or more a number for every variant", () => {
    for (const variant of scenario.variants) {
      const at = (n: number) => memoryOf({ scenario, variant, params: { n } }) ?? 0;
      const perNumber = (at(2e6) - at(1e6)) / 1e6;
      expect({ name: variant.name, enough: perNumber >= 8 && at(0) > 0 })
        .toEqual({ name: variant.name, enough: true });
    }
  });

  it("refuses what does not fit the memory, and takes the default", () => {
    for (const variant of scenario.variants) {
      const refusal = (n: number) => refusalOf({ scenario, variant, params: { n } }, FREE_BYTES);
      expect(refusal(5e6)).toBe(undefined);
      expect(refusal(1e10)?.parameters).toEqual(["n"]);
    }
  });

  it("refuses more than the arrays of V8 and HotSpot hold, however much memory there is", () => {
    for (const [name, most] of [["typescript", 2 ** 27], ["java", 2 ** 31 - 9]] as const) {
      const variant = scenario.variants.find((each) => each.name === name)!;
      const refusal = (n: number) => refusalOf({ scenario, variant, params: { n } }, undefined);
      expect(refusal(most)).toBe(undefined);
      expect(refusal(most + 1)?.reason).toMatch(/elements/);
    }
  });
});

await describePrograms(scenario, (program) => {
  it("prints the sum and nothing else", async () => {
    for (const n of SIZES) {
      const ran = await program.run({ n });
      expect({ n, ...ran }).toEqual({ n, code: 0, stdout: `${sumBelow(n)}\n`, stderr: "" });
    }
  });

  refusesArguments(program, [
    [],
    ["7", "1"],
    ...["", "x", "-1", "1.5", "1e3", "7x"].map((n) => [n]),
  ]);
});
