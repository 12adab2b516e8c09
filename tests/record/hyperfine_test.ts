import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import * as v from "valibot";
import { ENVIRONMENT } from "../bench/mock.ts";
import { VersusError } from "../../lib/error.ts";
import { looksLikeHyperfine, readHyperfine } from "../../lib/record/hyperfine.ts";
import { RunRecordSchema } from "../../lib/record/schema.ts";
import { hyperfineExporter } from "../../lib/report/hyperfine.ts";
import { RICH } from "../report/fixtures.ts";
import { missing } from "../report/_tools.ts";

const AT = "2026-03-01T10:00:00.000Z";

/** As hyperfine 1.20 writes it. */
const RESULT = {
  command: "sleep 0.1",
  mean: 0.1013,
  stddev: 0.0006,
  median: 0.1012,
  user: 0.0008,
  system: 0.0011,
  min: 0.1008,
  max: 0.102,
  times: [0.1008, 0.1012, 0.102],
  memory_usage_byte: [1_970_176, 1_970_177, 2_097_152],
  exit_codes: [0, 0, 143],
  parameters: { delay: "0.1" },
};

function failure(json: unknown): VersusError {
  try {
    readHyperfine(json, "old\x1b.json", AT);
  } catch (error) {
    expect(error).toBeInstanceOf(VersusError);
    return error as VersusError;
  }
  throw new Error("Reading did not fail");
}

describe("readHyperfine", () => {
  it("makes a sample of every time", () => {
    const record = readHyperfine({ results: [RESULT] }, "dir/old.json", AT);
    const [scenario] = record.scenarios;
    const [c] = scenario!.cases;
    expect(record).toMatchObject({
      id: "hyperfine:old.json",
      startedAt: AT,
      primaryMetric: "wallS",
      imported: { format: "hyperfine", file: "dir/old.json" },
    });
    expect(record).not.toHaveProperty("environment");
    expect(c).toMatchObject({
      caseId: "commands/sleep 0.1",
      variant: "sleep 0.1",
      language: "shell",
      params: { delay: "0.1" },
      status: "ok",
    });
    expect(c!.samples.map(({ wallS, block, maxRssKb, maxRssBound, exitCode }) => ({
      wallS,
      block,
      maxRssKb,
      maxRssBound,
      exitCode,
    }))).toEqual([
      { wallS: 0.1008, block: 0, maxRssKb: 1924, maxRssBound: "upper", exitCode: 0 },
      { wallS: 0.1012, block: 1, maxRssKb: 1924, maxRssBound: "upper", exitCode: 0 },
      { wallS: 0.102, block: 2, maxRssKb: 2048, maxRssBound: "upper", exitCode: 143 },
    ]);
    expect(c!.samples[0]).not.toHaveProperty("cpuS");
    expect(c!.summary.wallS).toEqual({
      median: 0.1012,
      low: 0.1008,
      high: 0.102,
      min: 0.1008,
      max: 0.102,
    });
    expect(scenario!.warnings.map(({ code }) => code)).toEqual(["imported"]);
  });

  it("is a valid run document but for the machine that it does not know", () => {
    const record = readHyperfine({ results: [RESULT] }, "old.json", AT);
    const { imported: _, ...document } = { ...record, environment: ENVIRONMENT };
    expect(v.parse(RunRecordSchema, { ...record, environment: ENVIRONMENT })).toEqual(document);
  });

  it("reads what older versions wrote", () => {
    const { memory_usage_byte: _m, exit_codes: _e, parameters: _p, ...old } = RESULT;
    const [c] = readHyperfine({ results: [old] }, "x.json", AT).scenarios[0]!.cases;
    expect(c!.samples.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(c!.samples[0]).not.toHaveProperty("maxRssKb");
    expect(Object.keys(c!.summary)).toEqual(["wallS"]);
    expect(c!.params).toEqual({});
  });

  it("takes exit codes of signals and of Windows", () => {
    const results = [{ ...RESULT, exit_codes: [null, -1073741819, 3] }];
    const [c] = readHyperfine({ results }, "x.json", AT).scenarios[0]!.cases;
    expect(c!.samples.map(({ exitCode, signal }) => [exitCode, signal])).toEqual([
      [128, "unknown"],
      [0xc0000005, undefined],
      [3, undefined],
    ]);
  });

  it("tells apart one command with several parameters", () => {
    const results = ["1", "2"].map((n) => ({ ...RESULT, command: "make", parameters: { n } }));
    const { cases } = readHyperfine({ results }, "x.json", AT).scenarios[0]!;
    expect(cases.map(({ caseId }) => caseId)).toEqual(["commands/make[n=1]", "commands/make[n=2]"]);
  });

  it("says which field is wrong, what it found and what it expected", () => {
    const wrong: [unknown, RegExp][] = [
      [null, /the file: expected Object, found null/],
      [{}, /results: expected "results", found undefined/],
      [{ results: {} }, /results: expected Array, found Object/],
      [{ results: [] }, /results: expected !0|expected at least one result/],
      [{ results: [{ ...RESULT, times: [] }] }, /results\.0\.times: expected/],
      [{ results: [{ ...RESULT, times: undefined }] }, /results\.0\.times: expected/],
      [{ results: [{ ...RESULT, times: [0.1, "x"] }] }, /results\.0\.times\.1: expected number/],
      [{ results: [{ ...RESULT, times: [-1] }] }, /results\.0\.times\.0: expected >=0, found -1/],
      [{ results: [{ ...RESULT, command: 1 }] }, /results\.0\.command: expected string, found 1/],
      [{ results: [RESULT, { ...RESULT, exit_codes: [0] }] }, /results\.1\.exit_codes: expected 3/],
      [{ results: [{ ...RESULT, memory_usage_byte: [] }] }, /memory_usage_byte: expected 3 values/],
      [{ results: [RESULT, RESULT] }, /found commands\/sleep 0\.1\[delay=0\.1\] twice/],
    ];
    for (const [json, message] of wrong) {
      const error = failure(json);
      expect(error.message).toMatch(message);
      expect(error.message).toMatch(/^old\\x1b\.json: /);
      expect(error.exitCode).toBe(2);
      expect(error.hint).toContain("hyperfine --");
    }
  });

  it("knows its files from documents of versus", () => {
    expect(looksLikeHyperfine({ results: [RESULT] })).toBe(true);
    for (const json of [RICH, null, [], "results", { results: 1 }]) {
      expect(looksLikeHyperfine(json)).toBe(false);
    }
  });
});

describe("hyperfine itself", { ignore: missing("hyperfine") }, () => {
  let folder = "";

  beforeAll(async () => {
    folder = await Deno.makeTempDir();
  });

  afterAll(async () => {
    await Deno.remove(folder, { recursive: true });
  });

  async function measured(...args: string[]): Promise<{ results: Record<string, unknown>[] }> {
    const file = join(folder, "export.json");
    const { success, stderr } = await new Deno.Command("hyperfine", {
      args: ["--style=none", "--export-json", file, ...args],
    }).output();
    expect([success, new TextDecoder().decode(stderr)]).toEqual([true, expect.anything()]);
    return JSON.parse(await Deno.readTextFile(file));
  }

  it("writes what is read, without parameters", async () => {
    const json = await measured("-N", "--runs=4", "true", "echo a|b");
    const record = readHyperfine(json, "x.json", AT);
    const { cases } = record.scenarios[0]!;
    expect(cases.map(({ caseId }) => caseId)).toEqual(["commands/true", "commands/echo a|b"]);
    expect(cases.map(({ samples }) => samples.map(({ wallS }) => wallS)))
      .toEqual(json.results.map(({ times }) => times));
  });

  it("writes what is read, with parameters and failures", async () => {
    const json = await measured("-i", "--runs=1", "-L", "n", "0,3", "-L", "s", "a,b b", "exit {n}");
    const record = readHyperfine(json, "x.json", AT);
    const { cases } = record.scenarios[0]!;
    expect(cases.map(({ caseId, params, samples }) => [caseId, params, samples[0]!.exitCode]))
      .toEqual([
        ["commands/exit 0[n=0,s=a]", { n: "0", s: "a" }, 0],
        ["commands/exit 3[n=3,s=a]", { n: "3", s: "a" }, 3],
        ["commands/exit 0[n=0,s=b b]", { n: "0", s: "b b" }, 0],
        ["commands/exit 3[n=3,s=b b]", { n: "3", s: "b b" }, 3],
      ]);
  });

  it("computes the same figures from the same times as we do", async () => {
    const json = await measured("-N", "--runs=5", "true");
    const record = { ...RICH, ...readHyperfine(json, "x.json", AT), environment: RICH.environment };
    const [ours] = JSON.parse(hyperfineExporter.render(record)).results;
    const [theirs] = json.results;
    for (const field of ["mean", "stddev", "median", "min", "max"]) {
      expect(ours[field]).toBeCloseTo(theirs![field] as number, 12);
    }
    expect(ours.times).toEqual(theirs!.times);
    // All fields of theirs are there, and of the newer ones only what was measured.
    expect(Object.keys(ours)).toEqual(
      expect.arrayContaining(Object.keys(theirs!)),
    );
  });
});
