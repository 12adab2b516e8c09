import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { gateAgainst } from "../../lib/bench/gate.ts";
import { rejectionOf } from "../scenario/_support.ts";
import { type MockRequest, openMock, type Program, YAML } from "./scenario_mock.ts";

let mock: Awaited<ReturnType<typeof openMock>>;

beforeAll(async () => {
  mock = await openMock();
});

afterAll(async () => {
  await mock[Symbol.asyncDispose]();
});

/** `slow` takes 50 ns an iteration, `fast` 5; both start in 10 ms. */
const LOOPS: Program = (name, [n = 0]) => ({
  seconds: 0.01 + n * (name === "fast" ? 5e-9 : 50e-9),
});

function run(changes: Partial<MockRequest> = {}) {
  return mock.run({ program: LOOPS, options: { runs: 12, targetS: 2 }, ...changes });
}

describe("a run with a target time", () => {
  it("gives each variant a size of its own, which is in the record", async () => {
    const { record, events } = await run();
    const [slow, fast] = record.scenarios[0]!.cases;
    expect(slow).toMatchObject({ caseId: "mock/slow[n=2s,workers=1]", iterations: 3.98e7 });
    expect(slow!.params).toEqual({ n: 3.98e7, workers: 1 });
    expect(fast!.params["n"]).toBe(3.98e8);
    expect(slow!.expected).toBe("19900000");
    expect(slow!.summary["wallS"]!.median).toBeCloseTo(2, 6);
    expect(record.scenarios[0]!.calibrated).toEqual({ parameter: "n", targetS: 2 });
    const phases = events.flatMap((e) => e.type === "phase" ? [e.phase] : []);
    expect(phases.indexOf("calibrate")).toBeGreaterThan(phases.lastIndexOf("growth"));
    expect(phases.indexOf("calibrate")).toBeLessThan(phases.indexOf("measure"));
  });

  it("compares by the time of an iteration", async () => {
    const { record } = await run();
    expect(record.primaryMetric).toBe("nsPerIteration");
    const { relative, summary } = record.scenarios[0]!.cases[1]!;
    expect(relative).toMatchObject({ metric: "nsPerIteration", verdict: "faster" });
    expect(relative!.ratio).toBeCloseTo(10, 1);
    expect(summary["nsPerIteration"]!.median).toBeCloseTo(5.025, 2);
  });

  it("goes by another metric where that is asked for, and says that sizes differ", async () => {
    const { record } = await run({ options: { runs: 12, targetS: 2, primaryMetric: "cpuS" } });
    expect(record.primaryMetric).toBe("cpuS");
    expect(record.scenarios[0]!.warnings.map(({ code }) => code)).toEqual(["sizes-differ"]);
  });

  it("times the size that was found, and checks what it prints", async () => {
    const { started } = await run();
    expect(started.filter((line) => line === "slow 39800000 1").length).toBe(1 + 12);
    const wrong = await run({
      program: (name, [n = 0], call) => ({
        ...LOOPS(name, [n], call),
        ...(name === "fast" && n > 1e8 ? { stdout: "1\n" } : {}),
      }),
    });
    expect(wrong.record.scenarios[0]!.cases[1]).toMatchObject({ status: "wrong-output" });
  });

  it("keeps the sizes when it is resumed", async () => {
    let samples = 0;
    const first = await run({ until: (e) => e.type === "sample" && ++samples === 7 });
    expect(first.record.interrupted).toBe("SIGINT");
    const second = await run({ earlier: first.events });
    expect(second.events.filter((e) => e.type === "calibrated")).toEqual([]);
    expect(second.started.filter((line) => line.startsWith("slow 1 "))).toEqual([]);
    const cases = second.record.scenarios[0]!.cases;
    expect(cases.map((c) => [c.samples.length, c.params["n"]])).toEqual([[12, 3.98e7], [
      12,
      3.98e8,
    ]]);
  });

  it("is gated by the time of an iteration, whatever the sizes", async () => {
    const before = (await run()).record;
    const slower = (await run({
      program: (name, [n = 0]) => ({ seconds: 0.01 + n * (name === "fast" ? 5e-9 : 60e-9) }),
    })).record;
    const gate = gateAgainst(slower, before, "before", 5);
    expect(slower.scenarios[0]!.cases[0]!.params["n"]).not.toBe(3.98e7);
    expect(gate.cases.map(({ verdict }) => verdict)).toEqual(["regressed", "passed"]);
    expect(gate.cases[0]!.ratio).toBeCloseTo(1.2, 2);
  });

  it("leaves alone a variant that fixes the size for itself", async () => {
    const yaml = YAML.replace("    workers: workers\n", "    params: { n: 1e6 }\n");
    const { record } = await run({ yaml });
    expect(record.scenarios[0]!.cases[0]).toMatchObject({
      caseId: "mock/slow[n=1000000,workers=1]",
      params: { n: 1e6 },
    });
  });

  it("adjusts the parameter that the scenario names, times the loop", async () => {
    const yaml = YAML.replace("loop: n", "loop: n\ncalibrate: workers");
    const { record } = await run({
      yaml,
      params: { n: 1e6 },
      program: (_, [n = 0, rounds = 0]) => ({ seconds: 0.001 + n * rounds * 100e-9 }),
    });
    const { params, iterations, caseId } = record.scenarios[0]!.cases[0]!;
    expect(caseId).toBe("mock/slow[n=1000000,workers=2s]");
    expect(params).toEqual({ n: 1e6, workers: 20 });
    expect(iterations).toBe(2e7);
  });

  it("warns of a target that is out of reach", async () => {
    const yaml = YAML.replace("max: 1e12", "max: 2e7");
    const { record } = await run({ yaml });
    const [slow] = record.scenarios[0]!.cases;
    expect(slow!.warnings.map(({ code }) => code)).toContain("target-missed");
    expect(slow!.params["n"]).toBe(2e7);
  });

  it("stays within the memory that is free", async () => {
    const yaml = YAML.replace("loop: n", 'loop: n\nmemoryBytes: "8 * n"');
    const { record } = await run({ yaml, freeMemory: 1e8 });
    expect(record.scenarios[0]!.cases.map((c) => c.params["n"])).toEqual([1.25e7, 1.25e7]);
  });

  it("is refused without a parameter that the work grows with, and with a sweep over it", async () => {
    const none = await rejectionOf(run({ yaml: YAML.replace("loop: n\n", "") }));
    expect(none.message).toContain("no parameter that its work grows with");
    const swept = await rejectionOf(run({ sweep: ["n=1e3,1e4"] }));
    expect(swept.message).toContain("sweep over n of mock and a target time");
    expect([none.exitCode, swept.exitCode]).toEqual([2, 2]);
  });
});
