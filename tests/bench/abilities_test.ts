/** What scenarios can say beyond their programs, from the YAML to the record. */
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { rejectionOf } from "../scenario/_support.ts";
import { type MockRequest, openMock, type Program, YAML } from "./scenario_mock.ts";

let mock: Awaited<ReturnType<typeof openMock>>;

beforeAll(async () => {
  mock = await openMock();
});

afterAll(async () => {
  await mock[Symbol.asyncDispose]();
});

const LOOPS: Program = (name, [n = 0]) => ({
  seconds: 0.01 + n * (name === "fast" ? 5e-9 : 50e-9),
});

function run(changes: Partial<MockRequest> = {}) {
  return mock.run({ program: LOOPS, ...changes });
}

/** The mock scenario with keys of its own, and with keys of the variant `fast`. */
function yaml(keys: string, fast = ""): string {
  return YAML.replace("loop: n\n", `loop: n\n${keys}`) + fast;
}

describe("figures that programs print", () => {
  const keys =
    "metrics: { taskS: { title: Task time, unit: s }, hits: { title: Hits, unit: count } }\n";
  const program: Program = (name, [n = 0], call) => ({
    ...LOOPS(name, [n], call),
    stdout: `${Math.floor(n / 2)}\ntaskS=${n * (name === "fast" ? 4e-9 : 40e-9)}\nhits=7\n`,
  });

  it("are taken from the result, recorded in every sample and summarised", async () => {
    const { record } = await run({ yaml: yaml(keys), program });
    const [slow] = record.scenarios[0]!.cases;
    expect(slow!.status).toBe("ok");
    expect(slow!.samples.map((s) => s.metrics)).toEqual(Array(12).fill({ taskS: 0.4, hits: 7 }));
    expect(slow!.summary["taskS"]).toMatchObject({ median: 0.4, min: 0.4, max: 0.4 });
    expect(record.scenarios[0]!.metrics).toEqual({
      taskS: { title: "Task time", unit: "s" },
      hits: { title: "Hits", unit: "count" },
    });
  });

  it("can be what cases are ranked and stopped by", async () => {
    const { record } = await run({
      yaml: yaml(keys),
      program,
      options: { runs: 12, primaryMetric: "taskS" },
    });
    expect(record.scenarios[0]!.cases[1]!.relative).toMatchObject({
      metric: "taskS",
      verdict: "faster",
    });
    expect(record.scenarios[0]!.cases[1]!.relative!.ratio).toBeCloseTo(10, 6);
  });

  it("are read from the end of an output that is too large to be checked every time", async () => {
    const long = "x".repeat(70_000);
    const text = YAML.replace(
      "expect: { rule: floor(n / 2) }",
      `expect: { results: [{ params: {}, stdout: ${long} }] }`,
    ).replace("loop: n\n", keys);
    const { record } = await run({
      yaml: text,
      program: () => ({ seconds: 0.1, stdout: `${long}\ntaskS=0.05\n` }),
    });
    expect(record.scenarios[0]!.cases[0]!.samples[0]!.metrics).toEqual({ taskS: 0.05 });
  });

  it("that the scenario does not have cannot be asked for", async () => {
    const error = await rejectionOf(
      run({ yaml: yaml(keys), options: { runs: 12, primaryMetric: "tasksS" } }),
    );
    expect(error.message).toBe("mock has no metric tasksS; did you mean taskS?");
    expect(error.exitCode).toBe(2);
  });
});

describe("a variant's own expectation and exit code", () => {
  it("stand in the place of the scenario's", async () => {
    const text = yaml(
      "exitCode: 3\n",
      "    expect: { rule: n * 2 }\n    exitCode: 101\n",
    );
    const { record } = await run({
      yaml: text,
      program: (name, [n = 0], call) => ({
        ...LOOPS(name, [n], call),
        ...(name === "fast" ? { stdout: `${n * 2}`, exitCode: 101 } : { exitCode: 3 }),
      }),
    });
    expect(record.scenarios[0]!.cases.map((c) => [c.status, c.samples[0]!.exitCode]))
      .toEqual([["ok", 3], ["ok", 101]]);
  });

  it("fail a program that ends with 0 where another code is due", async () => {
    const { record } = await run({ yaml: yaml("exitCode: 3\n") });
    expect(record.scenarios[0]!.cases[0]).toMatchObject({
      status: "failed",
      reason: "exit code 0 where 3 was due",
    });
  });
});

describe("a variant whose result is unused", () => {
  const text = yaml("", "    unused: nobody uses the result\n");

  it("is timed and marked with the reason, and never ranked", async () => {
    const { record, events } = await run({
      yaml: text,
      program: (name, [n = 0], call) => ({
        ...LOOPS(name, [n], call),
        ...(name === "fast" ? { stdout: "done\n" } : {}),
      }),
    });
    const fast = record.scenarios[0]!.cases[1]!;
    expect(fast).toMatchObject({ status: "optimised-away", reason: "nobody uses the result" });
    expect(fast.samples.length).toBe(12);
    expect(fast.relative).toBeUndefined();
    expect(fast.expected).toBeUndefined();
    expect(fast.warnings.map(({ code }) => code)).not.toContain("unchecked");
    const grown = events.flatMap((e) =>
      e.type === "phase" && e.phase === "growth" ? [e.caseId] : []
    );
    expect(grown).toEqual(["mock/slow[n=10000000,workers=1]"]);
  });

  it("has its output checked where it says what that is", async () => {
    const own = `${text}    expect: { results: [{ params: {}, stdout: done }] }\n`;
    const { record } = await run({ yaml: own });
    expect(record.scenarios[0]!.cases[1]).toMatchObject({
      status: "wrong-output",
      expected: "done",
    });
  });

  it("is no reference, even when nothing else was measured", async () => {
    const { record } = await run({ yaml: text, variants: ["fast"] });
    expect(record.scenarios[0]!.cases.map((c) => c.relative)).toEqual([undefined]);
  });
});

describe("questions to the output", () => {
  it("are answered from both streams of the verifying execution, and kept with the output", async () => {
    const { record } = await run({
      yaml: yaml(
        'observe:\n  address: { title: names the address, pattern: "127\\\\.0\\\\.0\\\\.1:9" }\n' +
          '  number: { title: prints a number, pattern: "^\\\\d+$" }\n',
      ),
      program: (name, [n = 0], call) => ({
        ...LOOPS(name, [n], call),
        ...(name === "fast" ? { stderr: "cannot dial 127.0.0.1:9\x1b[31m\n" } : {}),
      }),
    });
    const [slow, fast] = record.scenarios[0]!.cases;
    expect(slow!.observed).toEqual({ address: false, number: true });
    expect(fast!.observed).toEqual({ address: true, number: true });
    expect(fast!.output).toBe("5000000\ncannot dial 127.0.0.1:9\\x1b[31m");
    expect(record.scenarios[0]!.observe).toEqual({
      address: "names the address",
      number: "prints a number",
    });
  });
});

describe("sizes that do not fit", () => {
  const memory = yaml('memoryBytes: "16 * n"\n');
  const limit = yaml("", '    limit: { rule: "n <= 3e7", reason: its square has to fit }\n');

  it("are refused before anything starts when the user gave them, with bound and reason", async () => {
    let calls = 0;
    const error = await rejectionOf(run({
      yaml: memory,
      params: { n: 1e9 },
      given: true,
      freeMemory: 4 * 2 ** 30,
      program: (...all) => {
        calls++;
        return LOOPS(...all);
      },
    }));
    expect(error.message).toBe(
      "Found n=1000000000, too large for mock: slow, fast: it needs about 14.9 GB of memory, and " +
        "4 GB are free",
    );
    expect(error.hint).toBe(`Give n=${4 * 2 ** 30 / 16} or less`);
    expect([error.exitCode, calls]).toEqual([2, 0]);
  });

  it("name the variants that can", async () => {
    const error = await rejectionOf(run({ yaml: limit, sweep: ["n=1000,5e7"], given: true }));
    expect(error.message).toBe(
      "Found n=50000000, too large for mock: fast: its square has to fit (n <= 3e7)",
    );
    expect(error.hint).toBe(
      "Give n=30000000 or less, or name the variants that can: --variant slow",
    );
  });

  it("make a case unavailable when nobody gave them, and the others run", async () => {
    const { record } = await run({ yaml: limit, params: { n: 5e7 } });
    const [slow, fast] = record.scenarios[0]!.cases;
    expect(slow!.status).toBe("ok");
    expect(fast).toMatchObject({
      status: "unavailable",
      reason: "n=50000000 is too large: its square has to fit (n <= 3e7); at most n=30000000 fits",
    });
  });

  it("are not looked at for memory where the system does not say what is free", async () => {
    const { record } = await run({ yaml: memory, params: { n: 1e9 }, given: true });
    expect(record.scenarios[0]!.cases.map((c) => c.status)).toEqual(["ok", "ok"]);
  });

  it("bound the check that the loop runs, which goes to twice the size", async () => {
    const text = yaml("", '    limit: { rule: "n <= 1.2e7", reason: its square has to fit }\n');
    const { started, record } = await run({ yaml: text });
    expect(record.scenarios[0]!.cases[1]!.status).toBe("ok");
    const sizes = started.filter((s) => s.startsWith("fast")).map((s) => Number(s.split(" ")[1]));
    expect(Math.max(...sizes)).toBe(1.2e7);
  });
});

describe("a sweep over the size of a loop or its workers", () => {
  it("checks once whether the loop runs, at the largest size", async () => {
    const { events } = await run({ sweep: ["n=1e6,1e7,2e7"], options: { runs: 2 } });
    const grown = events.flatMap((e) =>
      e.type === "phase" && e.phase === "growth" ? [e.caseId] : []
    );
    expect(grown).toEqual([
      "mock/slow[n=20000000,workers=1]",
      "mock/fast[n=20000000,workers=1]",
    ]);
  });

  it("checks with the fewest workers", async () => {
    const { events } = await run({ sweep: ["workers=2..4"], options: { runs: 2 } });
    const grown = events.flatMap((e) =>
      e.type === "phase" && e.phase === "growth" ? [e.caseId] : []
    );
    expect(grown).toEqual([
      "mock/slow[n=10000000,workers=2]",
      "mock/fast[n=10000000,workers=2]",
    ]);
  });

  it("marks all sizes when the loop is not there", async () => {
    const { record } = await run({
      sweep: ["n=1e6,1e7"],
      options: { runs: 2 },
      program: (name, args, call) => name === "fast" ? { seconds: 0.01 } : LOOPS(name, args, call),
    });
    expect(record.scenarios[0]!.cases.map((c) => c.status))
      .toEqual(["ok", "optimised-away", "ok", "optimised-away"]);
  });
});

describe("a resumed run", () => {
  it("does not run again what had ended, to verify it or to warm up", async () => {
    // The noisy case goes on after the steady one has ended.
    const request: Partial<MockRequest> = {
      options: { runs: undefined, precision: 0.02, minRuns: 10, maxRuns: 40, warmup: 1 },
      program: (name, args, call) => {
        const { seconds } = LOOPS(name, args, call);
        return { seconds: name === "slow" ? seconds : seconds * (1 + (call % 7) / 7) };
      },
    };
    let slowEnded = false;
    let after = 0;
    const first = await run({
      ...request,
      until: (e) => {
        if (e.type === "case-end" && e.caseId.startsWith("mock/slow")) slowEnded = true;
        return slowEnded && e.type === "sample" && ++after === 2;
      },
    });
    expect(first.record.interrupted).toBe("SIGINT");
    const second = await run({ ...request, earlier: first.events });
    expect(second.started.filter((line) => line.startsWith("slow"))).toEqual([]);
    expect(second.events.filter((e) => e.type === "phase" && e.phase === "verify")).toEqual([]);
    expect(second.started.length).toBeGreaterThan(2);
    expect(second.record.scenarios[0]!.cases.map((c) => c.status)).toEqual(["ok", "ok"]);
  });
});

describe("a run that was interrupted while it verified", () => {
  it("goes on with the case it was at", async () => {
    const first = await run({
      until: (e) => e.type === "phase" && e.phase === "verify" && e.caseId!.startsWith("mock/fast"),
    });
    expect(first.events.filter((e) => e.type === "verified")).toEqual([
      {
        type: "verified",
        caseId: "mock/slow[n=10000000,workers=1]",
        seconds: 0.51,
        outputBytes: 8,
      },
    ]);
    const second = await run({ earlier: first.events });
    const verified = second.events.flatMap((e) =>
      e.type === "phase" && e.phase === "verify" ? [e.caseId] : []
    );
    expect(verified).toEqual(["mock/fast[n=10000000,workers=1]"]);
    expect(second.record.scenarios[0]!.cases.map((c) => c.samples.length)).toEqual([12, 12]);
  });
});

describe("lines of code", () => {
  it("are in the record", async () => {
    const { record } = await run({ options: { runs: 1 } });
    expect(record.scenarios[0]!.cases.map((c) => c.linesOfCode)).toEqual([1, 1]);
  });
});
