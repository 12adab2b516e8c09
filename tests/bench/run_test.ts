import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createRandom } from "../../lib/stats/mod.ts";
import { runCommands } from "./mock.ts";

describe("the order of executions", () => {
  it("runs setup, prepare, warm-up, samples and cleanup exactly in this order", async () => {
    const { started } = await runCommands(["sleep 0.1", "sleep 0.2"], {
      minRuns: 2,
      maxRuns: 2,
      precision: 0,
      warmup: 1,
    }, { hooks: { setup: "set up", prepare: "prepare", cleanup: "clean up" }, seed: 3 });
    const timed = started.slice(10, 18).filter((s) => s !== "prepare");
    expect(started.slice(0, 10)).toEqual([
      // Verification, once each.
      "prepare",
      "sleep 0.1",
      "prepare",
      "sleep 0.2",
      "set up",
      "set up",
      // Warm-up.
      "prepare",
      "sleep 0.1",
      "prepare",
      "sleep 0.2",
    ]);
    expect(started.slice(10, 18).filter((_, i) => i % 2 === 0)).toEqual(Array(4).fill("prepare"));
    // Two blocks, the second the reverse of the first.
    expect(timed.slice(2)).toEqual(timed.slice(0, 2).toReversed());
    expect(started.slice(18)).toEqual(["clean up", "clean up"]);
  });

  it("holds one sample of each live case in a block", async () => {
    const { record } = await runCommands(["sleep 0.1", "sleep 0.2", "sleep 0.3"], {
      minRuns: 7,
      maxRuns: 7,
      precision: 0,
    });
    const cases = record().scenarios[0]!.cases;
    for (const c of cases) expect(c.samples.map((s) => s.block)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (let block = 0; block < 7; block++) {
      const orders = cases.map((c) => c.samples[block]!.order).sort();
      expect(orders).toEqual([0, 1, 2]);
    }
  });

  it("is decided by the seed alone", async () => {
    const options = { minRuns: 6, maxRuns: 6, precision: 0 };
    const commands = ["sleep 0.1", "sleep 0.2", "sleep 0.3", "sleep 0.4"];
    const one = await runCommands(commands, options, { seed: 7 });
    const same = await runCommands(commands, options, { seed: 7 });
    const other = await runCommands(commands, options, { seed: 8 });
    expect(same.started).toEqual(one.started);
    expect(other.started).not.toEqual(one.started);
  });
});

describe("the stop rule in a run", () => {
  /** Noise of ± 20 % for one command and none for the other. */
  function noisy() {
    const random = createRandom(5);
    return (argv: readonly string[]) => argv[1] === "0.1" ? 0.1 : 0.2 * (0.8 + 0.4 * random.next());
  }

  it("lets a steady case leave at the minimum and goes on with a noisy one", async () => {
    const { record } = await runCommands(["sleep 0.1", "sleep 0.2"], {
      precision: 0.02,
      maxRuns: 5000,
      maxTimeS: 10_000,
    }, { behaviour: noisy() });
    const [steady, wild] = record().scenarios[0]!.cases;
    expect(steady!.samples.length).toBe(10);
    expect(wild!.samples.length).toBeGreaterThan(50);
    const { median, low, high } = wild!.summary.wallS!;
    expect((high - low) / 2 / median).toBeLessThanOrEqual(0.02);
  });

  it("stops at the largest number of samples", async () => {
    const { record, events } = await runCommands(["sleep 0.2"], {
      precision: 0.0001,
      maxRuns: 25,
      maxTimeS: 1000,
    }, { behaviour: noisy() });
    expect(record().scenarios[0]!.cases[0]!.samples.length).toBe(25);
    expect(events.find((e) => e.type === "case-end")).toMatchObject({ stop: "max-runs" });
  });

  it("does not begin a block that would end after the time is up", async () => {
    const { record, events } = await runCommands(["sleep 1"], {
      precision: 0,
      maxTimeS: 10,
      warmup: 0,
    });
    expect(record().scenarios[0]!.cases[0]!.samples.length).toBe(10);
    expect(events.find((e) => e.type === "case-end")).toMatchObject({ stop: "max-time" });
  });

  it("takes at least one block, however short the time is", async () => {
    const { record } = await runCommands(["sleep 5", "sleep 6"], { maxTimeS: 1 });
    expect(record().scenarios[0]!.cases.map((c) => c.samples.length)).toEqual([1, 1]);
  });

  it("stops on the primary metric, not on wall time", async () => {
    const random = createRandom(9);
    const { record } = await runCommands(["sleep 0.2"], {
      primaryMetric: "cpuS",
      precision: 0.02,
      maxTimeS: 1000,
    }, { behaviour: () => ({ wallS: 0.1 + 0.1 * random.next(), cpuS: 0.05 }) });
    expect(record().scenarios[0]!.cases[0]!.samples.length).toBe(10);
  });
});

describe("comparisons in a run", () => {
  it("calls twice the time slower, with the ratio as reference ÷ case", async () => {
    const { record } = await runCommands(["sleep 0.1", "sleep 0.2"], { minRuns: 12, maxRuns: 12 });
    const [reference, other] = record().scenarios[0]!.cases;
    expect(reference!.relative).toBeUndefined();
    expect(other!.relative).toMatchObject({ toCaseId: reference!.caseId, verdict: "slower" });
    expect(other!.relative!.ratio).toBeCloseTo(0.5, 6);
  });

  it("calls the same time equivalent", async () => {
    const { record } = await runCommands(["sleep 0.1", "sleep 0.1001"], {
      minRuns: 12,
      maxRuns: 12,
    });
    expect(record().scenarios[0]!.cases[1]!.relative!.verdict).toBe("equivalent");
  });

  it("compares common blocks only and says nothing with fewer than ten", async () => {
    const { record } = await runCommands(["sleep 0.1", "sleep 0.2"], {
      minRuns: 9,
      maxRuns: 9,
      precision: 0,
    });
    expect(record().scenarios[0]!.cases[1]!.relative).toBeUndefined();
  });
});

describe("failures in a run", () => {
  it("gives up a case that fails and measures the others", async () => {
    const { record } = await runCommands(["sleep 0.1", "sleep 0.2"], {}, {
      behaviour: (argv) =>
        argv[1] === "0.2" ? { exitCode: 3, wallS: 0.2 } : { wallS: 0.1, exitCode: 0 },
    });
    const [good, bad] = record().scenarios[0]!.cases;
    expect(good!.samples.length).toBe(10);
    expect(bad).toMatchObject({ status: "failed", reason: "exit code 3", samples: [] });
  });

  it("keeps the samples of a case that fails later, and does not rank it", async () => {
    let calls = 0;
    const { record } = await runCommands(["sleep 0.1", "sleep 0.2"], {}, {
      behaviour: (argv) => {
        if (argv[1] !== "0.2") return 0.1;
        return ++calls > 5 ? { exitCode: 139, signal: "SIGSEGV" } : 0.2;
      },
    });
    const bad = record().scenarios[0]!.cases[1]!;
    expect(bad).toMatchObject({ status: "failed", reason: "ended by SIGSEGV" });
    expect(bad.samples.length).toBe(3);
    expect(bad.relative).toBeUndefined();
  });

  it("tells a timeout from a failure", async () => {
    const { record } = await runCommands(["sleep 9"], { timeoutS: 2 }, {
      behaviour: () => ({ ended: "timeout", exitCode: 143, signal: "SIGTERM", wallS: 2 }),
    });
    expect(record().scenarios[0]!.cases[0]).toMatchObject({
      status: "timeout",
      reason: "still running after 2 s",
    });
  });

  it("takes any exit code for good when asked to", async () => {
    const { record } = await runCommands(["sleep 0.1"], { ignoreFailure: true }, {
      behaviour: () => ({ exitCode: 3, wallS: 0.1 }),
    });
    const only = record().scenarios[0]!.cases[0]!;
    expect(only.status).toBe("ok");
    expect(only.samples[0]!.exitCode).toBe(3);
  });

  it("tells a program that cannot be started by its reason", async () => {
    const { record } = await runCommands(["nowhere"]);
    expect(record().scenarios[0]!.cases[0]).toMatchObject({
      status: "failed",
      reason: "Cannot find nowhere",
    });
  });

  it("warns of processes that were left behind", async () => {
    const { record } = await runCommands(["sleep 0.1"], {}, {
      behaviour: () => ({ wallS: 0.1, leftBehind: 2 }),
    });
    const codes = record().scenarios[0]!.cases[0]!.warnings.map((w) => w.code);
    expect(codes).toContain("left-behind");
  });
});

describe("interruption and resumption", () => {
  it("ends with what was measured, and says so", async () => {
    const controller = new AbortController();
    let samples = 0;
    const { events, record } = await runCommands(["sleep 0.1", "sleep 0.2"], { precision: 0 }, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "sample" && ++samples === 7) controller.abort("SIGTERM");
      },
    });
    expect(events.at(-1)).toMatchObject({ type: "run-end", interrupted: "SIGTERM" });
    expect(record().interrupted).toBe("SIGTERM");
    expect(record().scenarios[0]!.cases.flatMap((c) => c.samples).length).toBe(7);
  });

  it("goes on in the order that an uninterrupted run would have had", async () => {
    const options = { minRuns: 8, maxRuns: 8, precision: 0, warmup: 0 };
    const commands = ["sleep 0.1", "sleep 0.2", "sleep 0.3"];
    const whole = await runCommands(commands, options, { seed: 11 });
    const cut: typeof whole.events = [];
    let samples = 0;
    for (const event of whole.events) {
      cut.push(event);
      // After four whole blocks.
      if (event.type === "sample" && ++samples === 12) break;
    }
    const resumed = await runCommands(commands, options, { seed: 11, earlier: cut });
    expect(resumed.events[0]!.type).toBe("resume");
    const order = (events: typeof whole.events) =>
      events.flatMap((e) =>
        e.type === "sample" ? [[e.caseId, e.sample.block, e.sample.order]] : []
      );
    expect([...order(cut), ...order(resumed.events)]).toEqual(order(whole.events));
    const counts = resumed.record().scenarios[0]!.cases.map((c) => c.samples.length);
    expect(counts).toEqual([8, 8, 8]);
  });

  it("measures nothing again when all cases had ended", async () => {
    const whole = await runCommands(["sleep 0.1"]);
    const resumed = await runCommands(["sleep 0.1"], {}, { earlier: whole.events });
    expect(resumed.started).toEqual([]);
    expect(resumed.record().scenarios[0]!.cases[0]!.samples.length).toBe(10);
  });
});
