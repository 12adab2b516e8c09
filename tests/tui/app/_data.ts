/** Made-up data for drawing: no figure in it was measured. */
import type { RunRecord, Sample } from "../../../lib/record/types.ts";
import type { ScoreCategory, ScoreCell } from "../../../lib/score/document.ts";
import { probeEvents, startProbes } from "../../../cli/tui/probes_state.ts";
import { sourceKey, startState, type State } from "../../../cli/tui/state.ts";
import type { ClaimView, HistoryView, ScenarioView, ScoreView } from "../../../cli/tui/views.ts";
import { startWatch, watchEvent } from "../../../cli/tui/watch_state.ts";

export const LANGUAGES = ["python", "go", "rust", "c"];

/** Name, tab, scores of three languages. */
const CATEGORIES: readonly (readonly [string, string, string, readonly number[]])[] = [
  ["release", "Language release and core development", "Releases", [10, 10, 10]],
  ["implementations", "Implementations", "Variants", [9, 8, 7]],
  ["performance", "Memory, speed and parallelism", "Speed", [5, 10, 10]],
  ["deployment", "Deployment and dependencies", "Deploy", [7, 9, 10]],
  ["errors", "Program logging, error handling and exceptions", "Errors", [10, 8, 8]],
  ["ip", "IP and network native libraries", "IP", [10, 9, 8]],
  ["access", "Network access methods and tools", "Access", [9, 9, 8]],
  ["community", "Network automation community tools", "Tools", [10, 8, 6]],
];

export const RUN_ID = "20260102T030405Z-abcdef";
export const CASE_ID = "flipsum/go[n=1000,workers=1]";

function cell(id: string, language: string, editorial: number | undefined): ScoreCell {
  const performance = id === "performance";
  return {
    ...(editorial === undefined ? {} : { editorial }),
    ...(performance ? { measured: { python: 4.5, go: 9.25, rust: 10, c: 10 }[language] ?? 1 } : {}),
    evidence: [
      {
        kind: "fact",
        text: `A fact about ${language} in ${id}, long enough to need another line of the screen`,
        source: "talk",
        date: "2024-12",
      },
      { kind: "list", title: "A list", items: ["漢字", "emoji 🙂", "naïve"], source: "talk" },
      ...(performance
        ? [
          {
            kind: "run" as const,
            term: "speed",
            runId: RUN_ID,
            caseId: `flipsum/${language}[n=1000,workers=1]`,
            startedAt: "2026-01-02T03:04:05Z",
            metric: "nsPerIteration",
            value: { python: 50, go: 1, rust: 0.8, c: 0.5 }[language] ?? 1,
            low: 0.4,
            high: 60,
            unit: "ns",
            points: 9.5,
          },
          {
            kind: "published" as const,
            term: "speed",
            title: "flipsum: nsPerIteration",
            value: 79.18,
            unit: "ns",
            source: "talk",
            note: "n = 1e9",
            points: 3.7,
          },
        ]
        : []),
    ],
    ...(performance ? {} : {
      missing: [{
        term: "x",
        reason: `${id} was not run in ${language}`,
        run: `versus run ${id}`,
      }],
    }),
  };
}

export const SCORE: ScoreView = {
  card: {
    card: "example",
    title: "Scores that nobody measured",
    profile: "default",
    languages: LANGUAGES,
    categories: CATEGORIES.map(([id, name, short, scores]): ScoreCategory => ({
      id,
      name,
      short,
      weight: 1,
      ...(id === "community" ? { unmeasured: "Nothing can be run for it." } : {}),
      scores: Object.fromEntries(
        LANGUAGES.map((language, i) => [language, cell(id, language, scores[i])]),
      ),
    })),
    totals: {},
    sources: {
      talk: { title: "A talk", date: "2024-12", url: "https://talk.example/" },
    },
  },
  profiles: [{ name: "speed-only", title: "Nothing but speed", weights: { performance: 2 } }],
  explain: {
    performance: {
      category: "performance",
      name: "Memory, speed and parallelism",
      needs: "all",
      terms: [{
        id: "speed",
        title: "Time of an iteration",
        weight: 1,
        needs: "any",
        readings: [{
          scenario: "flipsum",
          metric: "nsPerIteration",
          unit: "ns",
          shape: "log",
          ten: 1,
          zero: 1000,
          formula: "10 * log(x / 1000) / log(1 / 1000), from 0 to 10",
          why: "One nanosecond is a few cycles.",
          variants: {},
          examples: [],
        }],
      }],
      results: [],
    },
  },
};

export const CLAIMS: readonly ClaimView[] = [
  {
    id: "go-faster",
    statement: "Go is 64 times faster than CPython",
    source: "talk",
    published: { ratio: 64 },
    measured: { ratio: 50, low: 45, high: 55, runId: RUN_ID },
    verdict: "reproduced",
    why: "The measured ratio lies within the range.",
    figures: [{
      title: "go",
      value: 1,
      low: 0.9,
      high: 1.1,
      unit: "ns",
      runId: RUN_ID,
    }],
  },
  {
    id: "pypy-slow",
    statement: "PyPy is no faster than CPython",
    source: "blog",
    published: {},
    verdict: "refuted",
    why: "It is.",
    inconsistentSource: "The blog's own table says otherwise.",
  },
  {
    id: "rest",
    statement: "Rust answers twice as many requests",
    source: "article",
    published: { low: 4, high: 50 },
    verdict: "not-run",
    why: "The scenario is not there.",
  },
];

/** So many runs, latest first. */
export function historyOf(count: number): HistoryView[] {
  return Array.from({ length: count }, (_, i) => ({
    id: i === 0 ? RUN_ID : `2025${String(i).padStart(8, "0")}-${i.toString(16)}`,
    startedAt: new Date(Date.UTC(2026, 0, 2, 3, 4) - i * 3_600_000).toISOString(),
    scenarios: [["flipsum", "primes", "mandelbrot"][i % 3]!],
    languages: ["python", "go", "rust"].slice(0, i % 3 + 1),
    machine: "0123456789",
    host: i % 4 === 0 ? "主机" : "lab",
    tags: i === 0 ? ["base"] : [],
    status: (["ok", "failed", "interrupted"] as const)[i % 3]!,
    cases: 3,
    samples: 30 + i,
    imported: false,
  }));
}

function samples(median: number): Sample[] {
  return Array.from({ length: 12 }, (_, index) => ({
    index,
    block: index,
    order: 0,
    startedAt: "2026-01-02T03:04:05Z",
    wallS: median * (1 + (index * 7 % 5 - 2) / 100),
    cpuS: median,
    maxRssKb: 2048,
    method: "gate" as const,
    exitCode: 0,
  }));
}

export const RUN: RunRecord = {
  schema: "versus.run/1",
  id: RUN_ID,
  startedAt: "2026-01-02T03:04:05Z",
  finishedAt: "2026-01-02T03:05:05Z",
  seed: 1,
  version: "0.1.0",
  primaryMetric: "wallS",
  confidence: 0.95,
  environment: {
    os: "linux",
    kernel: "6.1",
    cpuModel: "A processor",
    cores: 2,
    affinity: [0, 1],
    memTotalKb: 4_000_000,
    runtime: "deno",
    packages: "airgap",
  },
  scenarios: [{
    name: "flipsum",
    kind: "bench",
    title: "Sum of a flipping bit",
    warnings: [],
    cases: [
      ...([["python", 0.5], ["go", 0.01], ["rust", 0.008]] as const).map(([language, median]) => ({
        caseId: `flipsum/${language}[n=1000,workers=1]`,
        variant: language,
        language,
        toolchain: { name: language, version: "1.0", path: "/bin/x", realPath: "/bin/x" },
        params: { n: 1000, workers: 1 },
        status: "ok" as const,
        samples: samples(median),
        summary: {
          wallS: {
            median,
            low: median * 0.98,
            high: median * 1.02,
            min: median * 0.9,
            max: median * 1.1,
          },
          maxRssKb: { median: 2048, low: 2048, high: 2048, min: 2048, max: 2048 },
        },
        ...(language === "python" ? {} : {
          relative: {
            toCaseId: "flipsum/python[n=1000,workers=1]",
            metric: "wallS",
            ratio: 0.5 / median,
            low: 40,
            high: 70,
            pAdjusted: 0.001,
            verdict: "faster" as const,
          },
        }),
        warnings: [],
      })),
      {
        caseId: "flipsum/broken[n=1000,workers=1]",
        variant: "broken",
        language: "c",
        params: { n: 1000, workers: 1 },
        status: "wrong-output",
        reason: "printed \u001b[31m7\u001b[0m",
        expected: "500",
        actual: "7",
        samples: [],
        summary: {},
        warnings: [],
      },
    ],
  }],
};

export const SCENARIOS: readonly ScenarioView[] = [
  {
    name: "flipsum",
    kind: "bench",
    title: "Sum of a flipping bit",
    computes: "Sums a bit that flips.",
    parameters: [
      { name: "n", title: "Iterations", default: "1000", values: "a whole number" },
      { name: "workers", title: "Workers", default: "4", values: "1 to 64" },
    ],
    variants: [
      { name: "go", language: "go", title: "one goroutine" },
      { name: "rust", language: "rust", title: "" },
    ],
  },
  {
    name: "hello",
    kind: "footprint",
    title: "What a greeting drags in",
    computes: "Says hello.",
    parameters: [],
    variants: [{ name: "go", language: "go", title: "" }],
  },
];

/** A run of which some samples have come in. */
export function watchOf(count: number) {
  const { scenarios, environment } = RUN;
  let watch = startWatch(["run", "flipsum"]);
  watch = watchEvent(watch, {
    type: "run-start",
    schema: "versus.events/1",
    id: RUN_ID,
    at: "2026-01-02T03:04:05Z",
    seed: 1,
    version: "0.1.0",
    options: {
      primaryMetric: "wallS",
      confidence: 0.95,
      precision: 0.02,
      minRuns: 10,
      maxRuns: 1000,
      warmup: 1,
      maxTimeS: 60,
      timeoutS: 300,
    },
    environment,
    scenarios: [{
      name: "flipsum",
      kind: "bench",
      title: "Sum of a flipping bit",
      reference: "python",
      cases: scenarios[0]!.cases.slice(0, 3).map((c) => ({
        caseId: c.caseId,
        variant: c.variant,
        language: c.language,
        params: c.params,
        workers: 1,
      })),
    }],
  });
  for (let i = 0; i < count; i++) {
    for (const { caseId, samples } of scenarios[0]!.cases.slice(0, 3)) {
      watch = watchEvent(watch, { type: "sample", caseId, sample: samples[i]! });
    }
  }
  return watchEvent(watch, {
    type: "progress",
    scenario: "flipsum",
    phase: "measure",
    elapsedS: 12,
    leftS: 48,
    casesDone: 0,
    cases: 3,
    samples: 3 * count,
  });
}

/** Targets that have answered some times, one of them badly. */
export function probesOf(rounds: number) {
  let probes = startProbes(["probe", "tcp", "r1:22", "交换机:22"]);
  probes = probeEvents(probes, [{
    type: "start",
    protocol: "tcp",
    startedAt: "2026-01-02T03:04:05Z",
    targets: ["r1:22", "交换机:22"],
    settings: {
      count: 0,
      intervalMs: 100,
      timeoutMs: 5000,
      retries: 0,
      concurrency: 256,
      warm: false,
    },
  }]);
  for (let index = 0; index < rounds; index++) {
    for (const [targetIndex, target] of ["r1:22", "交换机:22"].entries()) {
      const ok = targetIndex === 0 || index % 3 > 0;
      probes = probeEvents(probes, [{
        type: "sample",
        target,
        targetIndex,
        index,
        at: "2026-01-02T03:04:05Z",
        sample: {
          ok,
          attempt: 1,
          connection: "cold",
          phases: {},
          totalMs: 1 + index % 5,
          ...(ok ? {} : { error: { code: "refused", message: "refused by 192.0.2.1" } }),
        },
      }]);
    }
  }
  return probes;
}

/** A state in which everything was read. */
export function fullState(width: number, height: number, change: Partial<State> = {}): State {
  return {
    ...startState({ theme: "dark", ascii: false }),
    size: { width, height },
    data: {
      score: { state: "here", value: SCORE },
      claims: { state: "here", value: CLAIMS },
      history: { state: "here", value: historyOf(40) },
      scenarios: { state: "here", value: SCENARIOS },
    },
    runs: { [RUN_ID]: { state: "here", value: RUN } },
    sources: {
      [sourceKey("flipsum", "go")]: {
        state: "here",
        value: {
          language: "go",
          files: [{
            path: "go/main.go",
            text: '// Sums.\npackage main\n\nfunc main() {\n\tprintln("sum", 0x1f)\n}\n',
          }],
        },
      },
    },
    ...change,
  };
}
