/** Columns, matrices, curves and notes that only some scenarios have. */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { csvExporter } from "../../lib/report/csv.ts";
import { markdownExporter } from "../../lib/report/markdown.ts";
import { renderRun } from "../../lib/report/mod.ts";
import { junitExporter } from "../../lib/report/junit.ts";
import { displayWidth } from "../../lib/report/_text.ts";
import type { CaseResult, RunRecord, ScenarioResult } from "../../lib/record/schema.ts";
import { okCase, withScenarios } from "./fixtures.ts";

function scenario(cases: CaseResult[], changes: Partial<ScenarioResult> = {}): ScenarioResult {
  return { name: "mock", kind: "bench", title: "A mock", warnings: [], cases, ...changes };
}

function render(one: ScenarioResult, width = 120, changes: Partial<RunRecord> = {}): string {
  return renderRun(withScenarios([one], changes), { width });
}

/** A metric without an interval. */
function exactly(value: number) {
  return { median: value, low: value, high: value, min: value, max: value };
}

/** A case at a value of a parameter. */
function at(variant: string, name: string, value: number, wallS: number, more = {}): CaseResult {
  return okCase(variant, wallS, {
    caseId: `mock/${variant}[${name}=${value}]`,
    params: { [name]: value },
    summary: { wallS: exactly(wallS), maxRssKb: exactly(10_000) },
    ...more,
  });
}

/** The cells of the line that starts with a label. */
function cells(text: string, label: string): string[] {
  const line = text.split("\n").find((each) => each.trimStart().startsWith(label));
  return line?.trim().split(/ {2,}/) ?? [];
}

describe("figures that programs print", () => {
  const cases = [
    okCase("go", 0.5, { summary: { wallS: exactly(0.5), taskS: exactly(0.25), hits: exactly(7) } }),
  ];
  const metrics = {
    taskS: { title: "Task time", unit: "s" },
    hits: { title: "IPv4 hits", unit: "count" },
  };

  it("are columns with the scenario's titles, and the primary one where that is asked for", () => {
    const text = render(scenario(cases, { metrics }));
    expect(cells(text, "variant").slice(1, 4)).toEqual(["time", "task time", "IPv4 hits"]);
    expect(cells(text, "go").slice(1, 4)).toEqual(["500.0 ms", "250.0 ms", "7"]);
    const primary = render(scenario(cases, { metrics, primaryMetric: "taskS" }));
    expect(cells(primary, "variant").slice(1, 3)).toEqual(["task time", "time"]);
    expect(primary).toContain("task time: median");
  });

  it("are in Markdown, JUnit and CSV", () => {
    const record = withScenarios([scenario(cases, { metrics })]);
    expect(markdownExporter.render(record)).toContain("| variant | time | task time | IPv4 hits |");
    expect(junitExporter.render(record)).toContain("taskS: task time 250.0 ms");
    expect(csvExporter.render(record).split("\r\n")[0]).toContain(",taskS.median,");
  });
});

describe("a calibrated scenario", () => {
  const cases = [
    okCase("go", 2, {
      params: { n: 7.9e9, workers: 1 },
      summary: { nsPerIteration: exactly(0.25) },
    }),
    okCase("cpython", 2, {
      params: { n: 41_000_000, workers: 1 },
      summary: { nsPerIteration: exactly(48) },
    }),
    okCase("java", 2, {
      params: { n: 1_234_567, workers: 1 },
      summary: { nsPerIteration: exactly(99) },
    }),
  ];
  const one = scenario(cases, {
    calibrated: { parameter: "n", targetS: 2 },
    primaryMetric: "nsPerIteration",
  });

  it("shows the size that was found for each variant, and not as parameters of all", () => {
    const text = render(one);
    expect(text).toContain("workers=1 · n: found for each variant, for 2 s an execution");
    expect(cells(text, "variant").slice(1, 3)).toEqual(["per iteration", "n"]);
    expect(["go", "cpython", "java"].map((name) => cells(text, name)[2]))
      .toEqual(["7.9e9", "4.1e7", "1,234,567"]);
    expect(markdownExporter.render(withScenarios([one]))).toContain("| 7.9e9 |");
  });

  it("is ranked by its own metric, whatever the run's is", () => {
    const text = render(one);
    expect(text.indexOf("go ")).toBeLessThan(text.indexOf("cpython "));
    expect(withScenarios([one]).primaryMetric).toBe("wallS");
  });
});

describe("answers of outputs", () => {
  const observe = {
    address: "names the address",
    cause: "says why",
    stack: "prints a stack trace",
  };
  const cases = [
    okCase("go", 0.1, { observed: { address: true, cause: true, stack: false } }),
    okCase("rust", 0.2, { observed: { address: false, cause: true, stack: false } }),
    okCase("unavailable", 0.2, { status: "unavailable", samples: [], summary: {} }),
  ];

  it("stand in a matrix of those that answered", () => {
    const text = render(scenario(cases, { observe }));
    expect(text).toContain("output  names the address  says why  prints a stack trace");
    expect(text).toMatch(/ {2}go {6}yes {16}yes {7}no\n {2}rust {4}no {17}yes {7}no\n\n/);
  });

  it("have letters where there is no room, with the questions below", () => {
    const text = render(scenario(cases, { observe }), 50);
    expect(text).toMatch(/ {2}output {2}a {4}b {4}c\n {2}go {6}yes {2}yes {2}no\n/);
    expect(text).toContain("  a: names the address\n  b: says why\n  c: prints a stack trace\n");
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(50);
  });

  it("are in Markdown and CSV, and the output with --verbose", () => {
    const printed = scenario(
      cases.map((c) => ({ ...c, output: "cannot dial\nconnection refused" })),
      { observe },
    );
    const record = withScenarios([printed]);
    expect(markdownExporter.render(record)).toContain(
      "| output | names the address | says why | prints a stack trace |\n| --- | --- | --- | --- |\n" +
        "| go | yes | yes | no |\n",
    );
    const [head, first] = csvExporter.render(record).split("\r\n").map((line) => line.split(","));
    expect(first![head!.indexOf("observed.stack")]).toBe("false");
    const verbose = renderRun(record, { width: 100, verbose: true });
    expect(verbose).toContain("    it printed\n    cannot dial\n    connection refused\n");
  });

  it("cannot bring escapes into the matrix", () => {
    const text = render(scenario([okCase("go", 1, { observed: { x: true } })], {
      observe: { x: "a\x1b[31m|\nb" },
    }));
    // deno-lint-ignore no-control-regex
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});

describe("lines of code", () => {
  const cases = [okCase("go", 0.1, { linesOfCode: 38 }), okCase("c", 0.2, { linesOfCode: 61 })];

  it("are a column where the scenario is about them, and a detail elsewhere", () => {
    const tagged = scenario(cases, { tags: ["lines"] });
    const text = render(tagged);
    expect(cells(text, "variant")).toContain("lines");
    expect(cells(text, "go")).toContain("38");
    expect(cells(render(scenario(cases)), "variant")).not.toContain("lines");
    expect(renderRun(withScenarios([scenario(cases)]), { verbose: true }))
      .toContain("38 lines of code");
    expect(markdownExporter.render(withScenarios([tagged]))).toContain("| lines |");
    expect(csvExporter.render(withScenarios([scenario(cases)])).split("\r\n")[0])
      .toContain(",linesOfCode,");
  });
});

describe("notes on published figures", () => {
  const note = "The table contradicts itself: its own figures give 31.7, not 317";
  function figure(value: number, params: Record<string, number>, more = {}) {
    return { source: "python-vs-go", metric: "wallS", value, unit: "s", params, ...more };
  }
  const cases = [
    okCase("go", 0.1, { published: [figure(2.11, { n: 8e9 }, { note })] }),
    okCase("cpython", 0.2, { published: [figure(2.09, { n: 2.5e8 }, { note: "CPython 3.12" })] }),
    okCase("go-unused", 0.05, {
      status: "optimised-away",
      reason: "nobody uses the result",
      published: [figure(2.11, { n: 8e9 }, { note: "a note of its own" })],
    }),
  ];

  it("stand below the table with the variants they are about, wherever the figures do", () => {
    const text = render(scenario(cases), 140);
    expect(text).toContain(`· go: ${note}`);
    expect(text).toContain("· cpython: CPython 3.12");
    expect(text).toContain("· go-unused: a note of its own");
    expect(text).toContain(
      "optimised-away (50.00 ms ± 0.20; 5.000 ns per iteration; published 2.110 s)",
    );
  });

  it("stay for what is told of unranked cases where there is no room for the column", () => {
    const text = render(scenario(cases), 46);
    expect(text).not.toContain(note.slice(0, 20));
    expect(text.replace(/\s+/g, " ")).toContain("a note of its own");
    expect(text).toContain("published");
  });

  it("are in the details, in Markdown and in CSV", () => {
    const record = withScenarios([scenario(cases)]);
    expect(renderRun(record, { width: 200, verbose: true })).toContain(`(n=8000000000); ${note}`);
    const markdown = markdownExporter.render(record);
    expect(markdown).toContain(note);
    expect(markdown).toContain("go-unused: a note of its own");
    const [head, ...rows] = csvExporter.render(record).split("\r\n");
    expect(head).toContain("published.source,published.metric,published.value,published.unit");
    expect(rows[0]).toContain(`python-vs-go,wallS,2.11,s,n=8000000000,"${note}"`);
  });

  it("stand beside a figure of the programs' own where the primary metric has none", () => {
    const published = [{
      source: "doc",
      metric: "operationUs",
      value: 10,
      unit: "us",
      note: "about ten",
    }];
    const summary = { wallS: exactly(0.5), operationUs: exactly(0.07) };
    const one = scenario([okCase("go", 0.5, { summary, published })], {
      metrics: { operationUs: { title: "Operation", unit: "us" } },
    });
    const text = render(one);
    expect(cells(text, "variant")).toContain("published operation");
    expect(cells(text, "go")).toContain("10.00 µs");
    expect(text).toContain("· about ten");
    expect(markdownExporter.render(withScenarios([one]))).toContain("| published operation |");
    expect(csvExporter.render(withScenarios([one]))).toContain("doc,operationUs,10,us,,about ten");
  });

  it("of several figures are those of the nearest parameters", () => {
    const several = [1, 2, 4].map((workers) => figure(100 / workers, { workers, n: 1e9 }));
    const text = render(scenario([okCase("go", 0.1, {
      params: { workers: 2, n: 1000 },
      published: several,
    })]));
    expect(cells(text, "go")).toContain("50.00 s");
  });

  it("stand at their own values where a run goes through a parameter", () => {
    const swept = [1, 2, 3].map((workers) =>
      at("go", "workers", workers, 1 / workers, {
        published: [figure(100, { workers: 1 }), figure(60, { workers: 2 })],
      })
    );
    const text = render(scenario(swept));
    expect(cells(text, "go workers=1")).toContain("100.0 s");
    expect(cells(text, "go workers=2")).toContain("60.00 s");
    expect(cells(text, "go workers=3").filter((c) => / (s|min)$/.test(c))).toEqual([]);
  });
});

describe("curves", () => {
  const sizes = [1e3, 1e4, 1e5, 1e6];
  const grown = sizes.flatMap((n) => [
    at("go", "n", n, n * 1e-8, {
      summary: { wallS: exactly(n * 1e-8), maxRssKb: exactly(2000 + n / 100) },
    }),
    at("c", "n", n, n * 5e-9),
  ]);

  it("are drawn for one parameter with three values, and for memory that at least doubles", () => {
    const text = render(scenario(grown), 80);
    expect(text).toContain("  time\n");
    expect(text).toContain("● go   ○ c");
    expect(text).toContain("  peak memory\n");
    expect(text).toContain("n (logarithmic: bottom and side)");
    const flat = render(scenario(grown.filter(({ variant }) => variant === "c")), 80);
    expect(flat).toContain("  time\n");
    expect(flat).not.toContain("  peak memory\n");
  });

  it("are not drawn for two values, two parameters, words or a calibrated size", () => {
    const two = scenario(grown.slice(0, 4));
    const both = scenario(grown.map((c, i) => ({ ...c, params: { ...c.params, m: i } })));
    const words = scenario(grown.map((c) => ({ ...c, params: { n: `${c.params["n"]}x` } })));
    const calibrated = scenario(grown, { calibrated: { parameter: "n", targetS: 1 } });
    for (const one of [two, both, words, calibrated]) expect(render(one)).not.toMatch(/●/);
  });

  it("leave out cases without a valid result", () => {
    const failed = grown.map((c) => c.variant === "c" ? { ...c, status: "failed" as const } : c);
    const text = render(scenario(failed));
    expect(text).toContain("● go\n");
    expect(text).not.toContain("○ c");
  });
});

describe("what more workers gave", () => {
  const counts = [1, 2, 3, 4];
  const swept = counts.map((workers) =>
    at("go", "workers", workers, 1 / workers, {
      workers,
      published: [{
        source: "doc",
        metric: "wallS",
        value: 100 / workers,
        unit: "s",
        params: { workers },
      }],
    })
  );
  const scaling = [{
    variant: "go",
    points: counts.map((workers) => ({
      caseId: `mock/go[workers=${workers}]`,
      workers,
      seconds: 1 / workers,
      speedup: workers,
      ...(workers === 1 ? {} : { low: workers - 0.1, high: workers + 0.1 }),
      efficiency: 1,
      ...(workers === 1 ? {} : { improvementPercent: 100 / workers }),
    })),
    amdahl: { serialFraction: 0.05, maxSpeedup: 20, residualPercent: 7, workers: counts },
  }];
  const one = scenario(swept, { scaling });

  it("is a curve with the law, a table, and the law in words", () => {
    const text = render(one, 100);
    expect(text).toContain("speed-up, with Amdahl's law as line");
    expect(text).toContain("⠒⠒ as many times as workers");
    expect(text).not.toContain("  time\n");
    expect(text).toContain(
      "variant  workers      time  speed-up   interval  efficiency  improvement  published",
    );
    expect(text).toMatch(/ 3 {2}333\.3 ms {6}3\.00 {2}2\.90–3\.10 {7}100 % {9}33 % {7}3\.00\n/);
    const words = text.replace(/\s+/g, " ");
    expect(words).toContain(
      "Amdahl's law serial fraction at most residual fitted to go 5.0 % 20.0 × 7.0 % 1 to 4 workers",
    );
    // The machine of the fixtures has two processors.
    expect(words).toContain("More than 2 workers have no processor of their own here");
    expect(words).toContain("The law describes these times poorly, over 5 % beside them: go");
  });

  it("fits narrow terminals and ASCII", () => {
    for (const width of [40, 60, 80]) {
      const text = renderRun(withScenarios([one]), { width, ascii: true });
      for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    }
  });

  it("is in Markdown", () => {
    const markdown = markdownExporter.render(withScenarios([one]));
    expect(markdown).toContain("| go | 2 | 500.0 ms | 2.00 | 1.90–2.10 | 100 % | 50 % | 2.00 |");
    expect(markdown).toContain("| go | 5.0 % | 20.0 × | 7.0 % | 1 to 4 workers |");
  });
});
