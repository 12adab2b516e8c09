/** Builds and runs the programs of trivial-operations, and compares what they print with long sums. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { takeMetrics } from "../../lib/scenario/own_metrics.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

const SIZES = [1, 2, 7, 8, 9, 16, 100_003];

/** Adds the last three bits of 1 to n. */
function sumOfBits(n: number): string {
  let sum = 0n;
  for (let k = 1; k <= n; k++) sum += BigInt(k & 0b111);
  return `${sum}`;
}

const scenario = await benchScenario("trivial-operations");
const operations = scenario.parameters.find(({ name }) => name === "operation")!.choices!;

describe("trivial-operations' scenario.yaml", () => {
  it("expects the same sum of every operation", () => {
    expect(operations.length).toBe(5);
    for (const operation of operations) {
      for (const n of SIZES) {
        const due = expectedOutput(scenario, scenario.variants[0]!, { operation, n });
        expect({ operation, n, due }).toEqual({ operation, n, due: { stdout: sumOfBits(n) } });
      }
    }
  });

  it("has a published figure of CPython for every operation", () => {
    const figures = scenario.published.map(({ variant, params }) => [variant, params.operation]);
    expect(figures).toEqual(operations.map((operation) => ["cpython", operation]));
  });
});

await describePrograms(scenario, (program) => {
  it("prints the sum and the time of an operation", async () => {
    for (const operation of operations) {
      for (const n of SIZES) {
        const { code, stdout, stderr } = await program.run({ operation, n });
        const { result, metrics } = takeMetrics(scenario.metrics, stdout);
        const ran = { operation, n, code, result: result.trim(), stderr };
        expect(ran).toEqual({ operation, n, code: 0, result: sumOfBits(n), stderr: "" });
        expect(metrics.operationUs).toBeGreaterThan(0);
      }
    }
  });

  refusesArguments(program, [
    [],
    ["call"],
    ["call", "7", "1"],
    ...["", "x", "-1", "0", "1.5", "7x"].map((n) => ["call", n]),
    ...["", "Call", "calls", "toString", "7"].map((operation) => [operation, "7"]),
  ]);
});
