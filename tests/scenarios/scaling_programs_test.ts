/** Builds and runs the programs of scaling, and compares what they print with polygons in a circle. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { checkOutput, expectedOutput, type Parameters } from "../../lib/scenario/mod.ts";
import { takeMetrics } from "../../lib/scenario/own_metrics.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** The last two have more workers than tasks. */
const SIZES: readonly Parameters[] = [
  { n: 1, tasks: 1, workers: 1 },
  { n: 2, tasks: 3, workers: 2 },
  { n: 3, tasks: 50, workers: 4 },
  { n: 1000, tasks: 7, workers: 3 },
  { n: 5, tasks: 1, workers: 3 },
  { n: 40, tasks: 2, workers: 9 },
];

/** Numbers of factors whose product differs from that of one factor more by far more than the tolerance. */
const TELLING = [1, 2, 3, 5, 10, 15];

/**
 * The product of n factors is half the perimeter of the regular polygon of 2 ** (n + 1) corners in the
 * unit circle, as Viète has it; task k has k times that.
 */
function sumOfTasks({ n, tasks }: Parameters): string {
  const corners = 2 ** (Number(n) + 1);
  const half = Number(n) > 40 ? Math.PI : corners * Math.sin(Math.PI / corners);
  let sum = 0;
  for (let task = 1; task <= Number(tasks); task++) sum += task * half;
  return `${sum}`;
}

const TOLERANCE = 1e-12;

const scenario = await benchScenario("scaling");

describe("scaling's scenario.yaml", () => {
  it("expects the perimeters of polygons", () => {
    for (const params of [...SIZES, ...TELLING.map((n) => ({ n, tasks: 50 })), { n: 1e12 }]) {
      const all = { n: 1, tasks: 1, workers: 1, ...params };
      const due = { stdout: sumOfTasks(all), tolerance: TOLERANCE };
      const { stdout, tolerance } = expectedOutput(scenario, scenario.variants[0]!, all)!;
      expect(tolerance).toBe(TOLERANCE);
      expect({ all, check: checkOutput(due, stdout) }).toEqual({ all, check: { ok: true } });
    }
  });

  it("tells a factor too few or too many", () => {
    for (const n of TELLING) {
      const due = expectedOutput(scenario, scenario.variants[0]!, { n, tasks: 50, workers: 1 })!;
      for (const wrong of [n - 1, n + 1]) {
        const check = checkOutput(due, sumOfTasks({ n: wrong, tasks: 50 }));
        expect({ n, wrong, ok: check.ok }).toEqual({ n, wrong, ok: false });
      }
    }
  });

  it("has the published seconds of 1 to 12 workers for Python and Go", () => {
    const workers = Array.from({ length: 12 }, (_, i) => i + 1);
    for (const name of ["cpython-processes", "go-goroutines"]) {
      const figures = scenario.published.filter(({ variant }) => variant === name);
      expect(figures.map(({ params }) => params.workers)).toEqual(workers);
    }
  });
});

await describePrograms(scenario, (program) => {
  it("prints the sum and the time that the tasks took", async () => {
    for (const params of SIZES) {
      const { code, stdout, stderr } = await program.run(params);
      expect({ params, code, stderr }).toEqual({ params, code: 0, stderr: "" });
      const { result, metrics } = takeMetrics(scenario.metrics, stdout);
      const check = checkOutput({ stdout: sumOfTasks(params), tolerance: TOLERANCE }, result);
      expect({ params, check }).toEqual({ params, check: { ok: true } });
      expect(Object.keys(metrics)).toEqual(["taskS"]);
      expect(metrics.taskS).toBeGreaterThan(0);
    }
  });

  refusesArguments(program, [
    [],
    ["7", "1"],
    ["7", "1", "1", "1"],
    ...["", "x", "-1", "0", "1.5", "7x"].flatMap((bad) => [
      [bad, "1", "1"],
      ["7", bad, "1"],
      ["7", "1", bad],
    ]),
  ]);
});
