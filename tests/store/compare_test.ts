import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { recordOf } from "../../lib/bench/record.ts";
import { readHyperfine } from "../../lib/record/hyperfine.ts";
import { renderCompare } from "../../lib/report/compare.ts";
import { CompareSchema } from "../../lib/store/documents.ts";
import { compareRuns, type HistoryRecord, type HistorySide as Side } from "../../lib/store/mod.ts";
import { eventsOf, idOf, type MadeRun } from "./_runs.ts";

function side(run: MadeRun, more: Partial<Side> = {}): Side {
  return { record: recordOf(eventsOf(run)), machine: "0123abcd", ...more };
}

function hyperfine(times: readonly number[], command = "one"): HistoryRecord {
  const file = { results: [{ command, times, exit_codes: times.map(() => 0) }] };
  return readHyperfine(file, "base.json", "2026-01-01T00:00:00.000Z");
}

const TIMES = Array.from({ length: 20 }, (_, i) => 0.1 + i / 1e5);

describe("compareRuns", () => {
  const before: MadeRun = { id: idOf(1) };

  it("compares different runs unpaired, with A as the reference, and says what that misses", () => {
    const after = side({ id: idOf(2), levels: { one: 0.05, two: 0.2 } });
    const document = compareRuns(side(before), after);
    expect(v.is(CompareSchema, document)).toBe(true);
    expect(document.pairing).toBe("unpaired");
    expect(document.environmentDiff).toEqual([]);
    const [one, two] = document.cases;
    expect(one).toMatchObject({ caseId: "mine/one[n=1]", metric: "wallS", verdict: "faster" });
    expect(one!.ratio).toBeCloseTo(2, 1);
    expect(one!.low).toBeLessThan(one!.ratio!);
    expect(one!.high).toBeGreaterThan(one!.ratio!);
    expect(two!.verdict).toBe("equivalent");
    expect(document.warnings.map(({ code }) => code)).toEqual(["different-sessions"]);
    const text = renderCompare(document, { width: 100 });
    expect(text).toContain("Unpaired");
    expect(text).toContain("share no blocks");
    // How two runs came out; what the programs are is not said, in words or in colour.
    expect(text).toContain("B was");
    // deno-lint-ignore no-control-regex
    expect(renderCompare(document, { color: true })).not.toMatch(/\x1b\[3[12]m/);
    expect(text).toMatch(/mine\/one\[n=1\]\s+(2\.\d+|1\.9\d) × faster/);
  });

  it("pairs two variants of one run by their blocks, whatever the machine did in between", () => {
    // Every block is up to twice as slow as the last one, and two is 3 % slower than one in each.
    const events = eventsOf({ id: idOf(1), samples: 30, levels: { one: 0.1, two: 0.103 } });
    for (const event of events) {
      if (event.type === "sample") event.sample.wallS *= 1 + (event.sample.block * 37 % 30) / 30;
    }
    const record = recordOf(events);
    const [a, b] = ["one", "two"].map((variant) => ({ record, machine: "0123abcd", variant }));
    const document = compareRuns(a!, b!);
    expect(document.pairing).toBe("blocks");
    expect(document.cases).toHaveLength(1);
    expect(document.cases[0]).toMatchObject({
      caseId: "mine/two[n=1]",
      toCaseId: "mine/one[n=1]",
      verdict: "slower",
    });
    expect(document.cases[0]!.ratio).toBeCloseTo(1 / 1.03, 2);
    expect(document.warnings).toEqual([]);
    const text = renderCompare(document, { color: true });
    expect(text).toContain("B is");
    expect(text).toContain("\x1b[31m1.030 × slower");
    // Unpaired, the same values can't be told apart.
    const renamed = { ...record, id: idOf(2) };
    const apart = compareRuns(a!, { record: renamed, machine: "0123abcd", variant: "two" });
    expect(apart.pairing).toBe("unpaired");
    expect(apart.cases[0]!.verdict).toBe("inconclusive");
  });

  it("takes one variant as the reference of a whole run", () => {
    const levels = { one: 0.1, two: 0.2, three: 0.05 };
    const run = side({ id: idOf(1), levels });
    const document = compareRuns({ ...run, variant: "one" }, run);
    expect(document.pairing).toBe("blocks");
    expect(document.cases.map(({ caseId, toCaseId, verdict }) => [caseId, toCaseId, verdict]))
      .toEqual([
        ["mine/two[n=1]", "mine/one[n=1]", "slower"],
        ["mine/three[n=1]", "mine/one[n=1]", "faster"],
      ]);
    expect(document.only).toEqual({ a: [], b: [] });
  });

  it("names a comparison of a run with itself", () => {
    const document = compareRuns(side(before), side(before));
    expect(document.warnings.map(({ code }) => code)).toEqual(["same-run"]);
    expect(document.cases.map(({ ratio }) => ratio)).toEqual([1, 1]);
  });

  it("gives a reason in the place of a number for another processor or system", () => {
    for (
      const environment of [{ cpuModel: "Another processor" }, { os: "darwin" }]
    ) {
      const document = compareRuns(side(before), side({ id: idOf(2), environment }));
      for (const c of document.cases) {
        expect(c.verdict).toBe("incomparable");
        expect(c.ratio).toBeUndefined();
        expect(c.reason).toContain("different machines: ");
      }
      expect(document.environmentDiff[0]!.effect).toBe("meaningless");
      const text = renderCompare(document, { width: 100 });
      expect(text).toContain("Different machines");
      expect(text).toContain("No case can be told");
      expect(text).not.toMatch(/\d × (faster|slower)/);
    }
  });

  it("names what may have had a part: kernel, governor, memory, load, another machine", () => {
    const environment = {
      kernel: "6.9.0",
      governor: "powersave",
      memTotalKb: 16_000_000,
      loadAvg1: 3,
    };
    const after = side({ id: idOf(2), environment }, { machine: "ffff0000" });
    const document = compareRuns(side(before), after);
    expect(document.environmentDiff.map(({ field, effect }) => [field, effect])).toEqual([
      ["memTotalKb", "weakens"],
      ["kernel", "weakens"],
      ["governor", "weakens"],
      ["machine", "weakens"],
      ["loadAvg1", "weakens"],
    ]);
    expect(document.cases.every(({ ratio }) => ratio !== undefined)).toBe(true);
    expect(renderCompare(document)).toContain("governor: not told → powersave");
  });

  it("does not compare several workers on different numbers of processors", () => {
    const environment = { affinity: [0] };
    const [one, many] = [1, 4].map((workers) =>
      compareRuns(side({ ...before, workers }), side({ id: idOf(2), workers, environment }))
    );
    expect(one!.cases[0]!.ratio).toBeDefined();
    expect(many!.cases[0]!.reason).toContain("several workers on different processors");
  });

  it("names another version of a toolchain, and refuses another kind", () => {
    const made = (id: string, name: string, version: string) =>
      side({ id, toolchain: { name, version } });
    const versions = compareRuns(made(idOf(1), "go", "1.25.0"), made(idOf(2), "go", "1.26.8"));
    expect(versions.cases[0]).toMatchObject({
      verdict: "equivalent",
      differs: [{ field: "toolchain", a: "go 1.25.0", b: "go 1.26.8" }],
    });
    expect(renderCompare(versions, { width: 120 })).toContain("go 1.25.0 → go 1.26.8");
    const kinds = compareRuns(made(idOf(1), "cpython", "3.11"), made(idOf(2), "pypy", "3.11"));
    expect(kinds.cases[0]!.reason).toContain("different toolchains: cpython and pypy");
  });

  it("does not compare cases that are due to print different results", () => {
    const document = compareRuns(
      side({ ...before, expected: "1" }),
      side({ id: idOf(2), expected: "2" }),
    );
    expect(document.cases[0]!.reason).toContain("the work is different");
  });

  it("takes hyperfine's times as unpaired and of an unknown machine, both ways", () => {
    const base: Side = { record: hyperfine(TIMES), machine: "unknown" };
    const own = side({ id: idOf(2), scenario: "commands", levels: { one: 0.2 } });
    for (const document of [compareRuns(base, own), compareRuns(own, base)]) {
      expect(document.pairing).toBe("unpaired");
      expect(document.warnings.map(({ code }) => code)).toEqual(["different-sessions", "imported"]);
      expect(document.environmentDiff.map(({ field }) => field)).toEqual(["environment"]);
    }
    // hyperfine does not know parameters: the command is what both have in common.
    const plain = { ...base, record: hyperfine(TIMES) };
    const same = compareRuns(base, plain);
    expect(same.pairing).toBe("unpaired");
    expect(same.cases[0]!.caseId).toBe("commands/one");
  });

  it("tells cases of one side only, failed ones, and too few samples", () => {
    const document = compareRuns(
      side({ ...before, levels: { one: 0.1, old: 0.1 } }),
      side({ id: idOf(2), levels: { one: 0.1, new: 0.1 }, samples: 5 }),
    );
    expect(document.only).toEqual({ a: ["mine/old[n=1]"], b: ["mine/new[n=1]"] });
    expect(document.cases[0]).toMatchObject({ verdict: "inconclusive" });
    expect(document.cases[0]!.reason).toContain("only 5 values");
    const broken = side({ id: idOf(2) });
    broken.record.scenarios[0]!.cases[0]!.status = "wrong-output";
    expect(compareRuns(side(before), broken).cases[0]!.reason).toBe("B is wrong-output");
  });

  it("warns of runs that were going on at the same time", () => {
    const after = side({ id: idOf(2), at: "2026-01-01T01:00:05.000Z" });
    const document = compareRuns(side(before), after);
    expect(document.warnings.map(({ code }) => code)).toContain("overlap");
  });

  it("makes a gate: passed, regressed, undecided", () => {
    const verdict = (run: MadeRun, percent: number) =>
      compareRuns(side(before), side(run), { maxRegressPercent: percent }).gate!.verdict;
    const slower: MadeRun = { id: idOf(2), levels: { one: 0.11, two: 0.2 } };
    expect(verdict(slower, 5)).toBe("regressed");
    expect(verdict(slower, 15)).toBe("passed");
    expect(verdict({ ...slower, noise: 0.9 }, 10)).toBe("undecided");
    expect(verdict({ id: idOf(2), environment: { os: "darwin" } }, 5)).toBe("undecided");
  });

  it("compares by another metric where it is asked for", () => {
    const after = side({ id: idOf(2), levels: { one: 0.05, two: 0.2 } });
    const memory = compareRuns(side(before), after, { metric: "maxRssKb" });
    expect(memory.cases[0]).toMatchObject({ metric: "maxRssKb", verdict: "equivalent" });
    const unknown = compareRuns(side(before), after, { metric: "nothing" });
    expect(unknown.cases[0]!.reason).toContain("the metric nothing was not measured");
  });

  it("widens the interval by how much the case varies from run to run, where that is known", () => {
    const after = side({ id: idOf(2), levels: { one: 0.102, two: 0.2 } });
    const spread = () => ({ runs: 12, deviation: 0.02 });
    const [alone, known] = [{}, { spread }].map((options) =>
      compareRuns(side(before), after, options)
    );
    expect(alone!.cases[0]!.verdict).toBe("slower");
    const [one] = known!.cases;
    expect(one!.verdict).toBe("inconclusive");
    expect(one!.ratio).toBe(alone!.cases[0]!.ratio);
    // 1.96 standard deviations of the difference of two runs, both ways.
    expect(one!.low).toBeCloseTo(one!.ratio! * Math.exp(-1.96 * Math.SQRT2 * 0.02), 2);
    expect(one!.high).toBeCloseTo(one!.ratio! * Math.exp(1.96 * Math.SQRT2 * 0.02), 2);
    expect(one!.sessions).toEqual({ runs: 12, percent: expect.closeTo(2.02, 2) });
    expect(v.is(CompareSchema, known)).toBe(true);
    expect(known!.warnings[0]!.message).toContain("how much each case varies from run to run");
    // A large difference is told all the same; p is that of the wider interval.
    const large = side({ id: idOf(2), levels: { one: 0.12, two: 0.2 } });
    const judged = compareRuns(side(before), large, { spread }).cases[0]!;
    expect(judged.verdict).toBe("slower");
    expect(judged.pAdjusted).toBeGreaterThan(1e-12);
  });

  it("shows escapes in names as text", () => {
    const bad = "\x1b[31mred\u202e";
    const runs = [1, 2].map((n) =>
      side({ id: idOf(n), scenario: bad, levels: { [bad]: 0.1 } }, { machine: "0123abcd" })
    );
    const text = renderCompare(compareRuns(runs[0]!, runs[1]!), { width: 200 });
    // deno-lint-ignore no-control-regex
    expect(text).not.toMatch(/[\x1b\u202e]/);
    expect(text).toContain("\\x1b[31mred\\u202e");
  });
});
