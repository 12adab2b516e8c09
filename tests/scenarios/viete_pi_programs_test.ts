/** Builds and runs the programs of viete-pi, and compares what they print with a product of cosines. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { checkOutput, expectedOutput } from "../../lib/scenario/mod.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

const SIZES = [0, 1, 5, 26, 1000];

/** Viète's k-th factor is cos(pi / 2^(k + 1)), so that no root is taken. */
function productOf(n: number): number {
  let pi = 2;
  for (let k = 1; k <= n; k++) pi /= Math.cos(Math.PI / 2 ** (k + 1));
  return pi;
}

const scenario = await benchScenario("viete-pi");

describe("viete-pi's scenario.yaml", () => {
  it("expects pi from the least size on, and a word of go-unused", () => {
    for (const variant of scenario.variants) {
      for (const n of [Number(scenario.parameters[0]!.min), 1000]) {
        const due = expectedOutput(scenario, variant, { n })!;
        const printed = variant.unused === undefined ? productOf(n).toFixed(15) : "done";
        expect({ name: variant.name, ...checkOutput(due, printed) })
          .toEqual({ name: variant.name, ok: true });
      }
    }
    const [cpython] = scenario.variants;
    const due = expectedOutput(scenario, cpython!, { n: 32 })!;
    expect(checkOutput(due, productOf(20).toFixed(15)).ok).toBe(false);
  });

  it("says of every published figure that the source contradicts itself", () => {
    expect(scenario.published.length).toBe(6);
    for (const { note, metrics, params } of scenario.published) {
      expect(note).toMatch(/contradicts itself.* 31\.7/);
      const ns = metrics.wallS! / Number(params.n) * 1e9;
      expect(Math.abs(metrics.nsPerIteration! / ns - 1)).toBeLessThan(0.002);
    }
  });

  it("has one variant that nobody uses the result of", () => {
    const unused = scenario.variants.filter((variant) => variant.unused !== undefined);
    expect(unused.map(({ name }) => name)).toEqual(["go-unused"]);
  });
});

await describePrograms(scenario, (program) => {
  it(
    program.variant.unused === undefined ? "prints the product" : "prints that it is done",
    async () => {
      for (const n of SIZES) {
        const { code, stdout, stderr } = await program.run({ n });
        expect({ n, code, stderr }).toEqual({ n, code: 0, stderr: "" });
        if (program.variant.unused !== undefined) {
          expect(stdout).toBe("done\n");
        } else {
          expect(stdout).toMatch(/^\d\.\d{15}\n$/);
          expect(Math.abs(Number(stdout) / productOf(n) - 1)).toBeLessThan(1e-14);
        }
      }
    },
  );

  refusesArguments(program, [
    [],
    ["7", "1"],
    ...["", "x", "-1", "1.5"].map((n) => [n]),
  ]);
});
