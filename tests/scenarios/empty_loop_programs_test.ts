/** Builds and runs the programs of empty-loop, and compares what they print with a clock's hand. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

const SIZES = [0, 1, 2, 3, 12, 13, 1000, 100_003];

/** Walks round the dial one hour at a time, five hours an iteration. */
function hourAfter(n: number): number {
  const dial = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
  let hour = 0;
  for (let step = 0; step < 5 * n; step++) hour = dial[hour + 1] ?? 0;
  return hour;
}

const scenario = await benchScenario("empty-loop");

describe("empty-loop's scenario.yaml", () => {
  it("expects the hour of the used variants, and the word of the unused ones", () => {
    for (const variant of scenario.variants) {
      for (const n of SIZES) {
        const stdout = variant.unused === undefined ? `${hourAfter(n)}` : "done";
        expect(expectedOutput(scenario, variant, { n })).toEqual({ stdout });
      }
    }
  });

  it("has the same loop twice for each language, and says which one is not used", () => {
    const names = scenario.variants.map(({ name }) => name);
    const [used, unused] = [false, true].map((thrown) =>
      scenario.variants.filter((variant) => (variant.unused !== undefined) === thrown)
        .map(({ name }) => name)
    );
    expect(used).toEqual(names.filter((name) => name.endsWith("-used")));
    expect(unused).toEqual(used!.map((name) => name.replace(/-used$/, "-unused")));
  });
});

await describePrograms(scenario, (program) => {
  it(
    program.variant.unused === undefined ? "prints the hour" : "prints that it is done",
    async () => {
      for (const n of SIZES) {
        const stdout = program.variant.unused === undefined ? `${hourAfter(n)}\n` : "done\n";
        expect({ n, ...await program.run({ n }) }).toEqual({ n, code: 0, stdout, stderr: "" });
      }
    },
  );

  refusesArguments(program, [
    [],
    ["7", "1"],
    ...["", "x", "-1", "1.5", "1e3", "7x"].map((n) => [n]),
  ]);
});
