/** Run documents that every format is tested with. */
import type {
  CaseResult,
  MetricSummary,
  RunRecord,
  Sample,
  ScenarioResult,
} from "../../lib/record/schema.ts";

/** Text from outside that tries to act on terminals, spreadsheets, Markdown, HTML and XML. */
export const HOSTILE =
  '\x1b[31mred\x1b]0;title\x07 \x9b2J \u202egnp\u2066 =cmd|"/c calc"!A1, <b>&amp;</b> | \\| `x` *y* _z_ [l](u)\r\nnext\0\ufffe\ud800';

/** How the median, interval and extremes of a case lie around a value. */
export function around(median: number, half: number, spread = 3 * half): MetricSummary {
  return {
    median,
    low: median - half,
    high: median + half,
    min: median - spread,
    max: median + 2 * spread,
  };
}

/** Samples around a wall time; the same at every call. */
export function samples(count: number, wallS: number, changes: Partial<Sample> = {}): Sample[] {
  return Array.from({ length: count }, (_, index): Sample => {
    const wall = wallS * (1 + ((index * 7) % 11 - 5) / 1000);
    return {
      index,
      block: index,
      order: index % 3,
      startedAt: `2026-03-01T10:00:${String(index % 60).padStart(2, "0")}.000Z`,
      wallS: wall,
      cpuS: wall * 0.98,
      userS: wall * 0.9,
      sysS: wall * 0.08,
      maxRssKb: 10144,
      maxRssBound: "exact",
      method: "gate",
      exitCode: 0,
      ...changes,
    };
  });
}

/** A case with a valid result; `changes` win. */
export function okCase(
  variant: string,
  wallS: number,
  changes: Partial<CaseResult> = {},
): CaseResult {
  return {
    caseId: `flipsum/${variant}[n=10000000]`,
    variant,
    language: variant.split("-")[0]!,
    toolchain: { name: variant, version: "1.2.3", path: "/usr/bin/x", realPath: "/opt/x/bin/x" },
    params: { n: 10_000_000 },
    status: "ok",
    samples: samples(20, wallS),
    summary: {
      wallS: around(wallS, wallS * 0.004),
      cpuS: around(wallS * 0.98, wallS * 0.004),
      cpuPercent: around(98, 0.3),
      maxRssKb: around(10144, 0),
      nsPerIteration: around(wallS * 100, wallS * 0.4),
    },
    warnings: [],
    ...changes,
  };
}

function brokenCase(variant: string, changes: Partial<CaseResult>): CaseResult {
  const { toolchain: _, ...rest } = okCase(variant, 1);
  return { ...rest, samples: [], summary: {}, ...changes };
}

const CPYTHON = "flipsum/cpython[n=10000000]";

function published(wallS: number, workers?: number) {
  return [{
    source: "nanog90",
    metric: "wallS",
    value: wallS,
    unit: "s",
    params: { n: 1_000_000_000, ...(workers === undefined ? {} : { workers }) },
  }, { source: "nanog90", metric: "maxRssKb", value: 10144, unit: "KB" }];
}

const SHORT = "Raise the size parameter so that it takes at least 5 ms";

const flipsum: ScenarioResult = {
  name: "flipsum",
  kind: "bench",
  title: "Sum of alternating ones and zeros",
  warnings: [{
    code: "noisy-machine",
    message: "The load was 1.8 on 2 cores before the run",
    advice: "Close other programs",
  }],
  cases: [
    okCase("cpython", 0.7918, {
      published: published(79.184543),
    }),
    okCase("cpython-processes", 0.2033, {
      relative: {
        toCaseId: CPYTHON,
        metric: "wallS",
        ratio: 3.894,
        low: 3.851,
        high: 3.921,
        pAdjusted: 0.00002,
        verdict: "faster",
      },
      summary: {
        wallS: around(0.2033, 0.0021),
        cpuPercent: around(392, 2),
        maxRssKb: around(17020, 0),
        nsPerIteration: around(20.33, 0.21),
        treeRssKb: around(48_200, 0),
      },
      published: published(20.332754, 4),
    }),
    okCase("cpython-threads", 0.8253, {
      relative: {
        toCaseId: CPYTHON,
        metric: "wallS",
        ratio: 0.9594,
        low: 0.949,
        high: 0.9702,
        pAdjusted: 0.0013,
        verdict: "slower",
      },
      published: published(82.527606, 4),
    }),
    okCase("go", 0.01233, {
      samples: samples(143, 0.01233, { maxRssKb: 1820, maxRssBound: "upper" }),
      summary: {
        wallS: around(0.01233, 0.00005),
        cpuPercent: around(100, 0.5),
        maxRssKb: around(1820, 0),
        nsPerIteration: around(1.233, 0.005),
      },
      relative: {
        toCaseId: CPYTHON,
        metric: "wallS",
        ratio: 64.21,
        low: 62.9,
        high: 65.5,
        pAdjusted: 0.00002,
        verdict: "faster",
      },
      build: { seconds: 0.42, maxRssKb: 182_000, artifactBytes: 1_990_000, linkage: "static" },
      published: published(1.23255),
      warnings: [{ code: "short", message: "go takes 3.20 ms, mostly start-up", advice: SHORT }],
    }),
    okCase("cpython-3.13", 0.7921, {
      relative: {
        toCaseId: CPYTHON,
        metric: "wallS",
        ratio: 1.0004,
        low: 0.9961,
        high: 1.0041,
        pAdjusted: 0.9,
        verdict: "equivalent",
      },
    }),
    okCase("pypy", 0.7711, {
      relative: {
        toCaseId: CPYTHON,
        metric: "wallS",
        ratio: 1.027,
        low: 0.98,
        high: 1.08,
        pAdjusted: 0.31,
        verdict: "inconclusive",
      },
      warnings: [{ code: "short", message: "pypy takes 3.90 ms, mostly start-up", advice: SHORT }],
    }),
    brokenCase("rust-bad", {
      status: "wrong-output",
      reason: "It printed another result",
      expected: "5000000\n",
      actual: "4999999\n" + "x".repeat(5000),
    }),
    brokenCase("typescript", {
      status: "unavailable",
      reason: "deno was not found on PATH",
    }),
    brokenCase("c", {
      status: "failed",
      reason: "It ended with SIGSEGV before it printed a result",
    }),
    brokenCase("java", { status: "timeout", reason: "It took longer than 10 s" }),
    brokenCase("go-unused", {
      status: "optimised-away",
      reason: "From n to 2n it grew 1.01 times: the loop did not run",
      samples: samples(20, 0.0026),
      summary: { wallS: around(0.0026, 0.00001) },
    }),
  ],
};

const hostile: ScenarioResult = {
  name: "host\x1b[1mile",
  kind: "bench",
  title: HOSTILE,
  warnings: [{ code: "x", message: `Bad ${HOSTILE}`, advice: HOSTILE }],
  cases: [
    okCase("日本語テスト", 0.5, {
      caseId: "hostile/日本語テスト",
      params: { mode: "ｆast", ["=p\x1b"]: "-1" },
      summary: { wallS: around(0.5, 0.01) },
    }),
    okCase("👩‍👩‍👧‍👦 family 👍🏽 ❤️ e\u0301", 0.0004, {
      caseId: "hostile/family",
      params: { mode: "slow", ["=p\x1b"]: "-1" },
      summary: { wallS: around(0.0004, 0.0001) },
      relative: {
        toCaseId: "hostile/日本語テスト",
        metric: "wallS",
        ratio: 1250,
        low: 1000,
        high: 1666,
        pAdjusted: 0.0001,
        verdict: "faster",
      },
    }),
    brokenCase(HOSTILE, {
      caseId: `hostile/${HOSTILE}`,
      status: "wrong-output",
      reason: HOSTILE,
      expected: HOSTILE,
      actual: HOSTILE,
      params: {},
      warnings: [{ code: "y", message: HOSTILE, advice: "" }],
    }),
  ],
};

/** A run with every status, verdict and kind of warning, a gate, and hostile text. */
export const RICH: RunRecord = {
  schema: "versus.run/1",
  id: "20260301T100000-7f3a",
  startedAt: "2026-03-01T10:00:00.000Z",
  finishedAt: "2026-03-01T10:02:11.000Z",
  seed: 42,
  version: "0.1.0",
  primaryMetric: "wallS",
  confidence: 0.95,
  environment: {
    os: "linux",
    kernel: "6.1.0",
    hostname: "build<1>",
    cpuModel: "Example CPU @ 2.50GHz",
    cores: 2,
    affinity: [0, 1],
    memTotalKb: 8_000_000,
    runtime: "deno 2.9.6",
    packages: "airgap",
  },
  scenarios: [flipsum, hostile],
  gate: {
    baseline: "main.json",
    limitPercent: 5,
    verdict: "regressed",
    cases: [
      {
        caseId: "flipsum/go[n=10000000]",
        ratio: 1.073,
        low: 1.059,
        high: 1.088,
        verdict: "regressed",
      },
      { caseId: CPYTHON, ratio: 0.998, low: 0.99, high: 1.004, verdict: "passed" },
      { caseId: "hostile/family", ratio: 1.05, low: 0.9, high: 1.2, verdict: "undecided" },
    ],
  },
};

/** The same without the hostile scenario and the gate. */
export const PLAIN: RunRecord = withScenarios([flipsum]);

/**
 * Makes a run of other scenarios.
 *
 * @param scenarios Its scenarios.
 * @param changes What else differs.
 */
export function withScenarios(
  scenarios: ScenarioResult[],
  changes: Partial<RunRecord> = {},
): RunRecord {
  const { gate: _, ...rest } = RICH;
  return { ...rest, scenarios, ...changes };
}

/**
 * Finds what a terminal would act on.
 *
 * @param text Output.
 * @returns The characters found, escaped; colours and line feeds of our own are no such thing.
 */
export function actingCharacters(text: string): string[] {
  // deno-lint-ignore no-control-regex
  const rest = text.replace(/\x1b\[(?:1|2|22|31|32|33|36|39)m/g, "");
  return [
    ...rest.matchAll(
      // deno-lint-ignore no-control-regex
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    ),
  ].map(([c]) => c.charCodeAt(0).toString(16));
}
