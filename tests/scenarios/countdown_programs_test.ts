/** Builds and runs the programs of countdown, which all have to end at 0. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

const SIZES = [0, 1, 2, 1000, 100_003];

/** Takes one away as often as n says. */
function endOf(n: number): bigint {
  let left = BigInt(n);
  for (let i = 0; i < n; i++) left -= 1n;
  return left;
}

const scenario = await benchScenario("countdown");

describe("countdown's scenario.yaml", () => {
  it("expects where a countdown ends", () => {
    for (const n of SIZES) {
      const due = expectedOutput(scenario, scenario.variants[0]!, { n });
      expect(due).toEqual({ stdout: `${endOf(n)}` });
    }
  });
});

await describePrograms(scenario, (program) => {
  it("prints the number that it ends at and nothing else", async () => {
    for (const n of SIZES) {
      const ran = await program.run({ n });
      expect({ n, ...ran }).toEqual({ n, code: 0, stdout: `${endOf(n)}\n`, stderr: "" });
    }
  });

  refusesArguments(program, [
    [],
    ["7", "1"],
    ...["", "x", "-1", "1.5", "1e3", "7x"].map((n) => [n]),
  ]);
});
