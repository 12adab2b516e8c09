import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { type MockRequest, openMock, type Program, YAML } from "./scenario_mock.ts";

let mock: Awaited<ReturnType<typeof openMock>>;

beforeAll(async () => {
  mock = await openMock();
});

afterAll(async () => {
  await mock[Symbol.asyncDispose]();
});

/** `slow` has a tenth that is serial, `fast` nothing; both do 100 ns an iteration. */
const SHARED: Program = (name, [n = 0, workers = 1]) => {
  const serial = name === "slow" ? 0.1 : 0;
  return { seconds: n * 100e-9 * (serial + (1 - serial) / workers) };
};

function run(changes: Partial<MockRequest> = {}) {
  return mock.run({ program: SHARED, sweep: ["workers=1..2"], ...changes });
}

describe("a sweep over workers", () => {
  it("has speed-up, efficiency and improvement for each number", async () => {
    const { record } = await run();
    const [slow, fast] = record.scenarios[0]!.scaling!;
    expect(slow!.variant).toBe("slow");
    const [one, two] = slow!.points;
    expect(one).toMatchObject({ workers: 1, seconds: 1, speedup: 1, efficiency: 1 });
    expect(one!.improvementPercent).toBeUndefined();
    expect(two!.caseId).toBe("mock/slow[n=10000000,workers=2]");
    expect(two!.speedup).toBeCloseTo(1 / 0.55, 9);
    expect(two!.efficiency).toBeCloseTo(1 / 1.1, 9);
    expect(two!.improvementPercent).toBeCloseTo(45, 9);
    expect([two!.low, two!.high].map((end) => end!.toFixed(6))).toEqual(["1.818182", "1.818182"]);
    expect(fast!.points[1]).toMatchObject({ speedup: 2, efficiency: 1 });
    // Two numbers fit any law.
    expect(slow!.amdahl).toBeUndefined();
  });

  it("has no interval without common blocks enough", async () => {
    const { record } = await run({ options: { runs: 3 } });
    const two = record.scenarios[0]!.scaling![0]!.points[1]!;
    expect(two.speedup).toBeCloseTo(1 / 0.55, 9);
    expect([two.low, two.high]).toEqual([undefined, undefined]);
  });

  it("is fitted to all numbers where those up to the processors are too few", async () => {
    const { record } = await run({ sweep: ["workers=1..4"], options: { runs: 3 } });
    const [slow, fast] = record.scenarios[0]!.scaling!;
    // The mock machine has two processors.
    expect(slow!.amdahl!.workers).toEqual([1, 2, 3, 4]);
    expect(slow!.amdahl!.serialFraction).toBeCloseTo(0.1, 9);
    expect(slow!.amdahl!.maxSpeedup).toBeCloseTo(10, 9);
    expect(fast!.amdahl!.serialFraction).toBeCloseTo(0, 9);
  });

  it("measures from the fewest workers there are", async () => {
    const { record } = await run({ sweep: ["workers=2,4,8"], options: { runs: 3 } });
    const { points } = record.scenarios[0]!.scaling![1]!;
    expect(points.map((p) => [p.workers, p.speedup, p.efficiency]))
      .toEqual([[2, 1, 1], [4, 2, 1], [8, 4, 1]]);
  });

  it("goes by the time of an iteration where sizes were calibrated", async () => {
    const { record } = await run({
      sweep: ["workers=1..4"],
      options: { runs: 3, targetS: 2 },
    });
    const { points, amdahl } = record.scenarios[0]!.scaling![0]!;
    expect(points[3]!.seconds).toBeCloseTo(100e-9 * 0.325, 12);
    expect(points[3]!.speedup).toBeCloseTo(1 / 0.325, 6);
    expect(amdahl!.serialFraction).toBeCloseTo(0.1, 6);
  });

  it("goes by the time that programs measure themselves where that is ranked by", async () => {
    const yaml = YAML.replace(
      "loop: n\n",
      "loop: n\nmetrics: { taskS: { title: Task, unit: s } }\n",
    );
    const { record } = await run({
      yaml,
      options: { runs: 3, primaryMetric: "taskS" },
      program: (name, args, call) => {
        const { seconds } = SHARED(name, args, call);
        const half = Math.floor(args[0]! / 2);
        return { seconds: seconds + 0.5, stdout: `${half}\ntaskS=${seconds}\n` };
      },
    });
    expect(record.scenarios[0]!.scaling![1]!.points[1]!.speedup).toBeCloseTo(2, 9);
  });

  it("leaves out cases that have no valid result", async () => {
    const { record } = await run({
      sweep: ["workers=1..3"],
      options: { runs: 3 },
      program: (name, args, call) => ({
        ...SHARED(name, args, call),
        ...(name === "fast" && args[1] === 2 ? { stdout: "1" } : {}),
      }),
    });
    const fast = record.scenarios[0]!.scaling!.find(({ variant }) => variant === "fast")!;
    expect(fast.points.map(({ workers }) => workers)).toEqual([1, 3]);
  });

  it("is told of no variant that has one number of workers, or differs in size too", async () => {
    const one = await run({ sweep: [], options: { runs: 2 } });
    const both = await run({ sweep: ["workers=1..2", "n=1e6,2e6"], options: { runs: 2 } });
    expect([one, both].map(({ record }) => record.scenarios[0]!.scaling)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
