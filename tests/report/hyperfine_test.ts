import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { looksLikeHyperfine, readHyperfine } from "../../lib/record/hyperfine.ts";
import { hyperfineExporter } from "../../lib/report/hyperfine.ts";
import { okCase, PLAIN, RICH, samples, withScenarios } from "./fixtures.ts";
import type { CaseResult, RunRecord } from "../../lib/record/schema.ts";

const AT = "2026-03-01T10:00:00.000Z";

function exported(cases: CaseResult[]): Record<string, unknown>[] {
  const record = withScenarios([{ name: "s", kind: "bench", title: "", warnings: [], cases }]);
  return JSON.parse(hyperfineExporter.render(record)).results;
}

describe("hyperfine's format", () => {
  it("has the fields of hyperfine, in its order", () => {
    const times = [0.1, 0.2, 0.4, 0.3];
    const [result] = exported([
      okCase("go", 1, {
        samples: times.map((wallS, i) => ({
          ...samples(1, wallS)[0]!,
          index: i,
          wallS,
          userS: wallS / 2,
          sysS: wallS / 4,
          maxRssKb: 1000 + i,
          exitCode: i === 3 ? 137 : 0,
        })),
      }),
    ]);
    expect(Object.keys(result!)).toEqual([
      "command",
      "mean",
      "stddev",
      "median",
      "user",
      "system",
      "min",
      "max",
      "times",
      "memory_usage_byte",
      "exit_codes",
      "parameters",
    ]);
    expect(result).toMatchObject({
      command: "go",
      median: 0.25,
      min: 0.1,
      max: 0.4,
      times,
      memory_usage_byte: [1_024_000, 1_025_024, 1_026_048, 1_027_072],
      exit_codes: [0, 0, 0, 137],
      parameters: { n: "10000000" },
    });
    expect(result!.mean).toBeCloseTo(0.25, 12);
    // Sample standard deviation of 1, 2, 4, 3 is √(5 / 3).
    expect(result!.stddev).toBeCloseTo(Math.sqrt(5 / 3) / 10, 12);
    expect(result!.user).toBeCloseTo(0.125, 12);
    expect(result!.system).toBeCloseTo(0.0625, 12);
  });

  it("leaves out what was not measured, as hyperfine does", () => {
    const [{ userS: _u, sysS: _s, maxRssKb: _m, ...bare }] = samples(1, 0.5) as [
      CaseResult["samples"][number],
    ];
    const [result] = exported([okCase("a", 1, { samples: [bare], params: {} })]);
    expect(result).toMatchObject({ stddev: null, user: null, system: null });
    expect(result).not.toHaveProperty("memory_usage_byte");
    expect(result).not.toHaveProperty("parameters");
  });

  it("writes valid results only", () => {
    const commands = JSON.parse(hyperfineExporter.render(PLAIN)).results
      .map(({ command }: { command: string }) => command);
    expect(commands).toEqual([
      "cpython",
      "cpython-processes",
      "cpython-threads",
      "go",
      "cpython-3.13",
      "pypy",
    ]);
  });

  it("names the scenario where there are several", () => {
    const [first] = JSON.parse(hyperfineExporter.render(RICH)).results;
    expect(first.command).toBe("flipsum/cpython");
  });

  it("comes back from reading as it was", () => {
    const json = JSON.parse(hyperfineExporter.render(RICH));
    expect(looksLikeHyperfine(json)).toBe(true);
    const { environment: _, ...rest } = RICH;
    const record: RunRecord = { ...rest, ...readHyperfine(json, "x.json", AT), environment: _ };
    const again = JSON.parse(hyperfineExporter.render(record));
    function known(results: Record<string, unknown>[]) {
      return results.map(({ user: _u, system: _s, ...others }) => others);
    }
    expect(known(again.results)).toEqual(known(json.results));
  });
});
