/** Builds and runs the programs of argument-passing, and compares what they print with long sums. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput, type Parameters } from "../../lib/scenario/mod.ts";
import { memoryOf, refusalOf } from "../../lib/scenario/bounds.ts";
import { takeMetrics } from "../../lib/scenario/own_metrics.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** Strings without a whole ten, one short of it, and around the most that a task looks at. */
const SIZES: readonly Parameters[] = [
  { size: 1, tasks: 1, workers: 1 },
  { size: 9, tasks: 3, workers: 2 },
  { size: 10, tasks: 4, workers: 3 },
  { size: 1234, tasks: 7, workers: 2 },
  { size: 10_005, tasks: 50, workers: 1 },
  { size: 123_457, tasks: 5, workers: 9 },
];

/** Writes the string, and lets each task add the digits of its own window one by one. */
function sumOfTasks({ size, tasks }: Parameters): string {
  const digits = Array.from({ length: Number(size) }, (_, i) => i % 10);
  const width = Math.min(10_000, 10 * Math.trunc(digits.length / 10));
  let sum = 0n;
  for (let task = 0; task < Number(tasks); task++) {
    const start = Math.floor((digits.length - width) * task / Number(tasks));
    sum += BigInt(digits.length);
    for (const digit of digits.slice(start, start + width)) sum += BigInt(digit);
  }
  return `${sum}`;
}

const scenario = await benchScenario("argument-passing");

function variantNamed(name: string) {
  return scenario.variants.find((variant) => variant.name === name)!;
}

describe("argument-passing's scenario.yaml", () => {
  it("expects what the tasks add up", () => {
    for (const params of SIZES) {
      const due = expectedOutput(scenario, scenario.variants[0]!, params);
      expect({ params, due }).toEqual({ params, due: { stdout: sumOfTasks(params) } });
    }
  });

  it("takes each variant to need at least the string, and those that copy it more", () => {
    const params = { size: 1e8, tasks: 50, workers: 2 };
    for (const variant of scenario.variants) {
      const texts = memoryOf({ scenario, variant, params })! / 1e8;
      const copies = /-(processes|clone|move)$/.test(variant.name);
      expect({ name: variant.name, enough: texts >= (copies ? 3 : 1) })
        .toEqual({ name: variant.name, enough: true });
    }
  });

  it("refuses a string that V8 can't hold where it has to be one", () => {
    const params = { size: 1e9, tasks: 50, workers: 2 };
    const refused = scenario.variants.filter((variant) =>
      refusalOf({ scenario, variant, params }, Infinity) !== undefined
    );
    expect(refused).toEqual([variantNamed("typescript-clone")]);
    const refusal = refusalOf({ scenario, variant: refused[0]!, params }, Infinity);
    expect(refusal!.reason).toMatch(/536,870,888 characters/);
  });

  it("has published start-up and task times that make the total, in its digits", () => {
    expect(scenario.published.length).toBe(5);
    for (const { variant, metrics: { startupS, totalS, taskS } } of scenario.published) {
      expect({ variant, small: Math.abs(startupS! + taskS! - totalS!) < 1e-4 })
        .toEqual({ variant, small: true });
    }
  });
});

await describePrograms(scenario, (program) => {
  it("prints the sum, the start-up, the total and the task time", async () => {
    for (const params of SIZES) {
      const { code, stdout, stderr } = await program.run(params);
      expect({ params, code, stderr }).toEqual({ params, code: 0, stderr: "" });
      const { result, metrics } = takeMetrics(scenario.metrics, stdout);
      expect({ params, result: result.trim() }).toEqual({ params, result: sumOfTasks(params) });
      const { startupS = NaN, totalS = NaN, taskS = NaN } = metrics;
      expect(taskS).toBeGreaterThan(0);
      expect(startupS).toBeGreaterThan(0);
      expect(Math.abs(startupS + taskS - totalS)).toBeLessThan(1e-5);
    }
  });

  const good = program.parameters.map(() => "7");
  refusesArguments(program, [
    [],
    good.slice(1),
    [...good, "7"],
    ...["", "x", "-1", "0", "1.5", "7x"].flatMap((bad) => good.map((_, i) => good.with(i, bad))),
  ]);
});
