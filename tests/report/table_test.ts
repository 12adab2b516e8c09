import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { displayWidth } from "../../lib/report/_text.ts";
import { renderRun } from "../../lib/report/table.ts";
import { actingCharacters, around, okCase, PLAIN, RICH, withScenarios } from "./fixtures.ts";
import type { CaseResult, RunRecord, ScenarioResult } from "../../lib/record/schema.ts";

/** Takes our own colours away. */
function plain(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/\x1b\[\d+m/g, "");
}

function widest(text: string): number {
  return Math.max(...text.split("\n").map(displayWidth));
}

function scenario(cases: CaseResult[], changes: Partial<ScenarioResult> = {}): RunRecord {
  return withScenarios([{
    name: "s",
    kind: "bench",
    title: "A scenario",
    warnings: [],
    cases,
    ...changes,
  }]);
}

function relative(ratio: number, changes: Partial<NonNullable<CaseResult["relative"]>> = {}) {
  return {
    toCaseId: "flipsum/a[n=10000000]",
    metric: "wallS",
    ratio,
    low: ratio * 0.99,
    high: ratio * 1.01,
    pAdjusted: 0.001,
    verdict: ratio > 1 ? "faster" as const : "slower" as const,
    ...changes,
  };
}

const AT_80 = `\
flipsum: Sum of alternating ones and zeros
  n=10000000 · time: median ± half of its 95 % interval · relative to cpython

  variant                       time     memory  relative        published
  go                 12.33 ms ± 0.05  ≤ 1.78 MB  64.2 × faster   64.2 × faster
  cpython-processes   203.3 ms ± 2.1  Σ 47.1 MB  3.89 × faster   3.89 × faster
  pypy                771.1 ms ± 3.1    9.91 MB  ? inconclusive
  cpython             791.8 ms ± 3.2    9.91 MB  reference       79.18 s
  cpython-3.13        792.1 ms ± 3.2    9.91 MB  = equivalent
  cpython-threads     825.3 ms ± 3.3    9.91 MB  1.042 × slower  1.042 × slower
  rust-bad           wrong-output: It printed another result
                     expected "5000000\\n"
                     got      "4999999\\nxxxxxxxxxxxxxx…xxxxxxxxxxxxxxxxxxxxxx"
  typescript         unavailable: deno was not found on PATH
  c                  failed: It ended with SIGSEGV before it printed a result
  java               timeout: It took longer than 10 s
  go-unused          optimised-away (2.600 ms ± 0.010): From n to 2n it grew
                     1.01 times: the loop did not run

  ≤ marks an upper bound: the launcher itself hides smaller peaks
  Σ adds up all processes of a variant, in an execution of its own
  published: figures of nanog90, from another machine, not measured in this run

  ! The load was 1.8 on 2 cores before the run
    → Close other programs
  ! go takes 3.20 ms, mostly start-up; likewise pypy
    → Raise the size parameter so that it takes at least 5 ms

run 20260301T100000-7f3a · 2026-03-01T10:00:00.000Z
Example CPU @ 2.50GHz, 2 cores · linux 6.1.0 · seed 42
`;

const ROWS_AT_120 = `\
  variant                       time  per iteration    CPU     memory  relative        published
  go                 12.33 ms ± 0.05       1.233 ns  100 %  ≤ 1.78 MB  64.2 × faster   64.2 × faster   ▎
  cpython-processes   203.3 ms ± 2.1       20.33 ns  392 %  Σ 47.1 MB  3.89 × faster   3.89 × faster   ████▎
  pypy                771.1 ms ± 3.1       77.11 ns   98 %    9.91 MB  ? inconclusive                  ███████████████▉
  cpython             791.8 ms ± 3.2       79.18 ns   98 %    9.91 MB  reference       79.18 s         ████████████████▎
  cpython-3.13        792.1 ms ± 3.2       79.21 ns   98 %    9.91 MB  = equivalent                    ████████████████▍
  cpython-threads     825.3 ms ± 3.3       82.53 ns   98 %    9.91 MB  1.042 × slower  1.042 × slower  █████████████████
  rust-bad           wrong-output: It printed another result
`;

const ASCII_ROWS_AT_80 = `\
  n=10000000 - time: median +- half of its 95 % interval - relative to cpython

  variant                        time       memory  relative
  go                 12.33 ms +- 0.05   <= 1.78 MB  64.2 x faster
  cpython-processes   203.3 ms +- 2.1  sum 47.1 MB  3.89 x faster
  pypy                771.1 ms +- 3.1      9.91 MB  ? inconclusive
  cpython             791.8 ms +- 3.2      9.91 MB  reference
  cpython-3.13        792.1 ms +- 3.2      9.91 MB  = equivalent
  cpython-threads     825.3 ms +- 3.3      9.91 MB  1.042 x slower
  rust-bad           wrong-output: It printed another result
                     expected "5000000\\n"
                     got      "4999999\\nxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxxx"
`;

describe("renderRun", () => {
  it("draws all of a run in 80 columns", () => {
    expect(renderRun(PLAIN)).toBe(AT_80);
    expect(widest(AT_80)).toBeLessThanOrEqual(80);
  });

  it("uses the room of 120 columns for more of them", () => {
    expect(renderRun(PLAIN, { width: 120 })).toContain(ROWS_AT_120);
  });

  it("has a form in ASCII", () => {
    const text = renderRun(RICH, { ascii: true });
    expect(text).toContain(ASCII_ROWS_AT_80);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    const verbose = renderRun(RICH, { ascii: true, verbose: true, width: 200 });
    expect(verbose).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it("fits every width, whatever the texts are", () => {
    for (const width of [40, 50, 60, 72, 80, 100, 132, 200]) {
      for (const ascii of [false, true]) {
        const text = renderRun(RICH, { width, ascii, color: true, verbose: true });
        expect(widest(text)).toBeLessThanOrEqual(width);
      }
    }
  });

  it("leaves columns out in the documented order", () => {
    const seen: string[] = [];
    for (let width = 200; width >= 40; width--) {
      const heading = renderRun(PLAIN, { width }).match(/^ *(variant .*)$/m)![1]!;
      if (heading !== seen.at(-1)) seen.push(heading);
    }
    const columns = seen.map((heading) => heading.split(/\s{2,}/));
    const dropped = columns.slice(1)
      .map((now, i) => columns[i]!.filter((title) => !now.includes(title)));
    // The bar has no title: it goes between CPU and published.
    expect(dropped.flat()).toEqual([
      "toolchain",
      "samples",
      "95 % interval",
      "per iteration",
      "CPU",
      "published",
      "memory",
      "relative",
    ]);
    expect(columns.at(-1)).toEqual(["variant", "time"]);
  });

  it("says nothing by colour alone, and uses none unless asked", () => {
    const colored = renderRun(RICH, { color: true });
    expect(renderRun(RICH)).not.toContain("\x1b");
    expect(plain(colored)).toBe(renderRun(RICH));
    expect(colored).toContain("\x1b[32m64.2 × faster\x1b[39m");
    expect(colored).toContain("\x1b[31m1.042 × slower\x1b[39m");
    expect(colored).toMatch(/[^m]\? inconclusive/);
    expect(colored).toMatch(/[^m]= equivalent/);
    expect(colored).toContain("\x1b[2mtypescript         unavailable: deno was");
  });

  it("lets no character through that a terminal acts on", () => {
    for (const verbose of [false, true]) {
      const text = renderRun(RICH, { width: 300, color: true, verbose });
      expect(actingCharacters(text)).toEqual([]);
      expect(text).toContain("host\\x1b[1mile");
    }
  });

  it("draws bars on a logarithmic scale from a range of 100 on, and says so", () => {
    const cases = [okCase("a", 0.001), okCase("b", 0.01), okCase("c", 1)];
    const text = renderRun(scenario(cases), { width: 140 });
    const bars = text.split("\n").filter((line) => line.includes("█"));
    expect(text).toContain("log scale");
    expect(bars.map((line) => line.match(/█/g)!.length)).toEqual([3, 12, 30]);
    expect(renderRun(scenario([okCase("a", 0.01), okCase("b", 1)]))).not.toContain("log scale");
  });

  it("puts parameters that differ beside the variant, and those in common above", () => {
    const cases = [1, 2].map((workers) =>
      okCase("go", 1 / workers, { caseId: `s/${workers}`, params: { n: 5, workers } })
    );
    const text = renderRun(scenario(cases));
    expect(text).toContain("  n=5 · time:");
    expect(text).toMatch(/^ {2}go workers=2 +500\.0 ms .*\n {2}go workers=1 +1\.000 s/m);
  });

  it("tells two toolchains of one variant apart", () => {
    const cases = ["1.21", "1.22"].map((version) =>
      okCase("go", 1, {
        caseId: `s/${version}`,
        toolchain: { name: "go", version, path: "/go", realPath: "/go" },
      })
    );
    expect(renderRun(scenario(cases))).toContain("go (1.22)");
  });

  it("shows another primary metric in its own unit and words, and time beside it", () => {
    const record: RunRecord = {
      ...scenario([
        okCase("a", 1),
        okCase("b", 2, {
          summary: { wallS: around(2, 0.1), maxRssKb: around(1024, 10) },
          relative: relative(9.906, { metric: "maxRssKb" }),
        }),
      ]),
      primaryMetric: "maxRssKb",
    };
    const text = renderRun(record, { width: 100 });
    expect(text).toContain("peak memory: median ± half of its 95 % interval");
    expect(text).toMatch(/b +1\.000 MB ± 0\.010 +2\.00 s ± 0\.10 .*9\.91 × less/);
    expect(text.indexOf("  b ")).toBeLessThan(text.indexOf("  a "));
  });

  it("ranks by what is better: more is better for a rate", () => {
    const record: RunRecord = {
      ...scenario([
        okCase("a", 1, { summary: { requestsPerS: around(1000, 5) } }),
        okCase("b", 1, {
          summary: { requestsPerS: around(3000, 10) },
          relative: relative(1 / 3, { metric: "requestsPerS", verdict: "faster" }),
        }),
      ]),
      primaryMetric: "requestsPerS",
    };
    const text = renderRun(record);
    expect(text).toMatch(/b +3\.000 k\/s ± 0\.010 +3\.00 × faster/);
    expect(text.indexOf("  b ")).toBeLessThan(text.indexOf("  a "));
  });

  it("shows a published value where ratios can't be made", () => {
    function figure(value: number, params: Record<string, number>) {
      return [{ source: "doc", metric: "wallS", value, unit: "s", params, note: "It is in doubt" }];
    }
    const text = renderRun(scenario([
      okCase("a", 1, { published: figure(2.09, { n: 250_000_000 }) }),
      okCase("b", 0.5, { published: figure(2.11, { n: 8_000_000_000 }), relative: relative(2) }),
    ]));
    expect(text).toMatch(/b .*2\.00 × faster +2\.110 s /);
    expect(text).toContain("published: figures of doc, from another machine");
    expect(text).toContain("    · It is in doubt");
  });

  it("shows what was measured before an interruption", () => {
    const cut: RunRecord = {
      ...scenario([okCase("a", 1), okCase("b", 1, { samples: [], summary: {} })]),
      interrupted: "SIGINT",
    };
    const text = renderRun(cut);
    expect(text).toMatch(/b +not measured: no sample was taken/);
    expect(text).toContain("Interrupted (SIGINT): this is what was measured until then");
  });

  it("cuts long reasons, and shows all of them when verbose", () => {
    const reason = "word ".repeat(100) + "end";
    const record = scenario([okCase("a", 1, { status: "failed", reason })]);
    expect(renderRun(record)).not.toContain("end");
    expect(renderRun(record)).toContain("…");
    expect(renderRun(record, { verbose: true })).toContain("end");
  });

  it("describes every case when verbose", () => {
    const text = renderRun(PLAIN, { width: 120, verbose: true });
    expect(text).toContain([
      "  go",
      "    go 1.2.3 at /usr/bin/x (really /opt/x/bin/x)",
      "    built in 420.0 ms, 178 MB to build, artifact 1.90 MB, static",
      "    143 samples: 143 by gate",
      "    time: 12.33 ms ± 0.05, from 12.18 ms to 12.63 ms",
      "    CPU: 100.0 % ± 0.5, from 99 % to 103 %",
      "    peak memory: ≤ 1.78 MB",
      "    per iteration: 1.233 ns ± 0.005, from 1.218 ns to 1.263 ns",
      "    time against flipsum/cpython[n=10000000]: 64.2 × faster (62.9–65.5), p < 0.0001",
      "    published by nanog90, on another machine: wallS 1.233 s (n=1000000000)",
      "    published by nanog90, on another machine: maxRssKb 10144 KB",
    ].join("\n"));
  });

  it("tells what a gate decided", () => {
    expect(renderRun(RICH)).toContain([
      "gate regressed: against main.json, at most 5 % more allowed",
      "  case                         change          interval  verdict",
      "  flipsum/go[n=10000000]       +7.3 %  +5.9 % to +8.8 %  regressed",
      "  flipsum/cpython[n=10000000]  -0.2 %  -1.0 % to +0.4 %  passed",
      "  hostile/family               +5.0 %    -10 % to +20 %  undecided",
      "",
    ].join("\n"));
  });

  it("says each warning once, and an advice once", () => {
    const warning = { code: "short", message: "It is short", advice: "Raise n" };
    const cases = ["a", "b", "c", "d", "e", "f", "g", "h"]
      .map((name) => okCase(name, 1, { warnings: [warning, warning] }));
    const text = renderRun(scenario(cases, { warnings: [warning, warning] }));
    expect(text.match(/It is short/g)).toHaveLength(2);
    expect(text).toContain("  ! a: It is short; likewise b, c, d, e and 3 more\n");
    expect(text.match(/→ Raise n/g)).toHaveLength(1);
  });

  it("does not explain bounds twice", () => {
    const samples = okCase("a", 1).samples.map((s) => ({ ...s, maxRssBound: "upper" as const }));
    const warnings = [{ code: "memory-bound", message: "a is at most what is shown", advice: "" }];
    expect(renderRun(scenario([okCase("a", 1, { samples })]))).toContain("≤ marks");
    expect(renderRun(scenario([okCase("a", 1, { samples, warnings })]))).not.toContain("≤ marks");
  });

  it("copes with a run of nothing", () => {
    expect(renderRun(scenario([]))).toContain("  no cases\n");
    expect(renderRun(withScenarios([]))).toMatch(/^run 2026/);
  });
});
