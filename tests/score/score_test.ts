import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { loadCard } from "../../lib/score/card.ts";
import type { ScoreCard, ScoreDocument } from "../../lib/score/document.ts";
import { ScoreSchema } from "../../lib/score/document_schema.ts";
import { explainCategory } from "../../lib/score/explain.ts";
import { loadLanguages } from "../../lib/score/languages.ts";
import { scoreCard, totalOf } from "../../lib/score/score.ts";
import { chooseWeights } from "../../lib/score/weights.ts";
import type { RunRecord } from "../../lib/record/schema.ts";
import { renderScore } from "../../lib/report/score.ts";
import { ROOT } from "../cli/versus.ts";
import { type MadeCase, madeRun } from "./made_runs.ts";

const card = await loadCard("nanog90", `${ROOT}scenarios/scorecards`);
const facts = await loadLanguages(`${ROOT}scenarios/facts`);

function scores(runs: readonly RunRecord[], profile?: string): ScoreCard {
  const found = scoreCard({ card, runs, facts, weights: chooseWeights(card, profile) });
  const document: ScoreDocument = { schema: "versus.score/1", ...found };
  expect(v.safeParse(ScoreSchema, document).success).toBe(true);
  return found;
}

function cell(found: ScoreCard, category: string, language: string) {
  return found.categories.find((c) => c.id === category)!.scores[language]!;
}

/** Flipsum with one worker and with four, in one language. */
function flipsum(
  language: string,
  alone: string,
  parallel: string,
  seconds: number,
  speedup: number,
  more: Partial<MadeCase> = {},
): MadeCase[] {
  return [
    { variant: alone, language, seconds, params: { n: 1e9, workers: 1 }, ...more },
    {
      variant: parallel,
      language,
      seconds: seconds / speedup,
      params: { n: 1e9, workers: 4 },
      workers: 4,
      ...more,
    },
  ];
}

const STARTS: [variant: string, language: string, seconds: number][] = [
  ["cpython", "python", 0.03],
  ["go", "go", 0.002],
  ["c", "c", 0.001],
];

function performance(cores = 4): RunRecord {
  return madeRun([
    {
      name: "flipsum",
      loop: "n",
      cases: [
        ...flipsum("python", "cpython", "cpython-threads", 80, 1, { maxRssKb: 10144 }),
        ...flipsum("go", "go", "go-goroutines", 1, 4, {
          maxRssKb: 1820,
          toolchain: { name: "go", version: "1.24.3" },
        }),
        ...flipsum("c", "c", "c-threads", 1, 2, { maxRssKb: 1400 }),
      ],
    },
    {
      name: "startup",
      cases: STARTS.map(([variant, language, seconds]) => ({
        variant,
        language,
        seconds,
        params: { program: "empty" },
      })),
    },
  ], { cores });
}

describe("scores without any run", () => {
  it("are the editorial ones, and every measured cell is open", () => {
    const found = scores([]);
    expect(found.languages).toEqual(["python", "go", "rust"]);
    expect(found.languages.map((l) => found.totals[l]!.editorial)).toEqual([70, 71, 67]);
    for (const category of found.categories) {
      for (const { measured } of Object.values(category.scores)) expect(measured).toBeUndefined();
    }
    expect(found.totals["go"]).toMatchObject({ sum: 0, of: 0 });
    expect(found.totals["go"]!.missing!.length).toBe(8);
  });

  it("say how an open cell is filled, and why there is no formula", () => {
    const found = scores([]);
    const { missing } = cell(found, "performance", "rust");
    expect(missing!.map((m) => m.term)).toEqual(["speed", "memory", "parallelism", "start"]);
    expect(missing![0]!.run).toMatch(/^versus run flipsum .*--language rust$/);
    expect(found.categories.find((c) => c.id === "community")!.unmeasured).toMatch(/community/);
  });

  it("have the documents' lists, facts and figures as evidence, with sources", () => {
    const found = scores([]);
    for (const { scores } of found.categories) {
      for (const { evidence } of Object.values(scores)) {
        for (const item of evidence) {
          if (item.kind !== "run") expect(Object.keys(found.sources)).toContain(item.source);
        }
      }
    }
    const access = cell(found, "access", "go").evidence;
    expect(access.find((e) => e.kind === "list" && e.items.includes("gosnmp"))).toBeDefined();
    expect(cell(found, "access", "go").evidence).not.toContainEqual(
      expect.objectContaining({ items: expect.arrayContaining(["paramiko"]) }),
    );
  });
});

describe("measured scores", () => {
  it("follow from the runs, with the run, the case and the points of each as evidence", () => {
    const run = performance();
    const found = cell(scores([run]), "performance", "go");
    expect(found.measured).toBeCloseTo((10 + 10 + 10 + 9) / 4, 1);
    const evidence = found.evidence.filter((e) => e.kind === "run");
    expect(evidence.map((e) => e.term)).toEqual(["speed", "memory", "parallelism", "start"]);
    for (const item of evidence) {
      expect(item.runId).toBe(run.id);
      expect(item.points).toBeGreaterThanOrEqual(0);
      expect(item.caseId).toMatch(/^(flipsum|startup)\/go/);
    }
    expect(found.published).toBeCloseTo(9.2, 1);
  });

  it("are near the published ones when the runs are like those of the talk", () => {
    const found = cell(scores([performance()]), "performance", "python");
    expect(found.measured).toBeCloseTo((3.66 + 6.7 + 2.5 + 5.08) / 4, 1);
  });

  it("exist for languages that the card has no editorial scores for", () => {
    const found = scores([performance()]);
    expect(found.languages).toEqual(["python", "go", "rust", "c"]);
    const c = cell(found, "performance", "c");
    expect([c.editorial, typeof c.measured]).toEqual([undefined, "number"]);
    expect(found.totals["c"]!.editorial).toBeUndefined();
  });

  it("of a language do not change when another language is added", () => {
    const few = madeRun([{
      name: "flipsum",
      loop: "n",
      cases: flipsum("go", "go", "go-goroutines", 1, 4),
    }]);
    const many = performance();
    const of = (run: RunRecord) =>
      cell(scores([run]), "performance", "go").evidence
        .filter((e) => e.kind === "run" && e.term === "speed").map((e) =>
          "points" in e && e.points
        );
    expect(of(few)).toEqual(of(many));
    expect(of(few).length).toBe(1);
  });

  it("do not take short executions for speed", () => {
    const short = madeRun([{
      name: "flipsum",
      loop: "n",
      cases: flipsum("go", "go", "go-goroutines", 0.01, 4),
    }]);
    const found = cell(scores([short]), "performance", "go");
    expect(found.measured).toBeUndefined();
    expect(found.missing!.find((m) => m.term === "speed")!.reason).toContain("0.1 s or more");
  });

  it("of parallelism need two cores", () => {
    const found = cell(scores([performance(1)]), "performance", "go");
    expect(found.measured).toBeUndefined();
    expect(found.missing).toContainEqual(
      expect.objectContaining({ term: "parallelism" }),
    );
  });

  it("divide a speed-up by the cores that there are, not by the workers", () => {
    const points = (cores: number) =>
      cell(scores([performance(cores)]), "performance", "c").evidence
        .flatMap((e) => e.kind === "run" && e.term === "parallelism" ? [e.value] : []);
    expect(points(2)[0]).toBeCloseTo(1, 2);
    expect(points(4)[0]).toBeCloseTo(0.5, 2);
  });

  it("take the newest run that has the case", () => {
    const newer = madeRun([{
      name: "flipsum",
      loop: "n",
      cases: flipsum("go", "go", "go-goroutines", 2, 4),
    }], { id: "20260401T100000Z-000002" });
    const evidence = cell(scores([newer, performance()]), "performance", "go").evidence;
    const ids = evidence.flatMap((e) => e.kind === "run" ? [e.runId] : []);
    expect(new Set(ids)).toEqual(new Set(["20260401T100000Z-000002", "20260301T100000Z-000001"]));
    expect(ids[0]).toBe("20260401T100000Z-000002");
  });

  it("of releases come from the age of the toolchain", () => {
    const found = cell(scores([performance()]), "release", "go");
    const days = found.evidence.find((e) => e.kind === "run")!;
    expect(days).toMatchObject({ metric: "behindDays", value: 364, unit: "days" });
    expect(found.measured).toBeCloseTo(10 * (1 - 364 / 1826), 1);
  });
});

describe("measured scores of implementations", () => {
  it("count what ran, over all runs, and not what was only planned", () => {
    const viete = (id: string, ...cases: MadeCase[]) =>
      madeRun([{ name: "viete-pi", loop: "n", cases }], { id });
    const runs = [
      viete("20260401T100000Z-000002", { variant: "pypy" }, { variant: "numba", blocks: 0 }),
      viete("20260301T100000Z-000001", { variant: "cpython" }, { variant: "pypy" }),
    ];
    const found = cell(scores(runs), "implementations", "python");
    expect(found.measured).toBe(5);
    expect(found.evidence.find((e) => e.kind === "run")).toMatchObject({ value: 2, points: 5 });
  });
});

describe("totals", () => {
  const categories = (a?: number, b?: number) => [
    {
      id: "a",
      weight: 2,
      scores: { go: { evidence: [], ...(a === undefined ? {} : { measured: a }) } },
    },
    {
      id: "b",
      weight: 1,
      scores: { go: { evidence: [], ...(b === undefined ? {} : { measured: b }) } },
    },
  ];

  it("are measured only when every category is", () => {
    expect(totalOf(categories(7, 4), "go")).toEqual({ measured: 18 });
    expect(totalOf(categories(7), "go")).toEqual({ sum: 14, of: 20, missing: ["b"] });
  });

  it("leave out what has no weight", () => {
    const weighted = categories(7).map((c) => c.id === "b" ? { ...c, weight: 0 } : c);
    expect(totalOf(weighted, "go")).toEqual({ measured: 14 });
  });
});

describe("weights", () => {
  it("change the totals", () => {
    const weights = chooseWeights(card, undefined, { performance: "2", community: "0" });
    const found = scoreCard({ card, runs: [], facts, weights });
    expect(weights.profile).toBe("custom");
    expect(found.totals["python"]!.editorial).toBe(70 + 5 - 10);
    expect(found.totals["rust"]!.editorial).toBe(67 + 10 - 6);
  });

  for (
    const [given, message] of [
      [{ performence: "2" }, "Unknown category performence; did you mean performance?"],
      [{ performance: "-1" }, "Found -1 as the weight of performance"],
      [{ performance: "much" }, "Found much as the weight of performance"],
      [Object.fromEntries(card.categories.map((c) => [c.id, "0"])), "no category with a weight"],
    ] as const
  ) {
    it(`are refused: ${message}`, () => {
      expect(() => chooseWeights(card, undefined, given)).toThrow(message);
    });
  }

  it("of a profile leave out what it does not name, and say whether the document agrees", () => {
    const found = scores([], "fast-deployment");
    expect(found.totals["rust"]!.editorial).toBe(30);
    expect(found.need).toMatchObject({
      verdict: ["rust", "go"],
      order: ["rust", "go", "python"],
      agrees: true,
    });
    expect(scores([], "network-automation").need).toMatchObject({ agrees: false });
    expect(() => chooseWeights(card, "telemtry")).toThrow("did you mean telemetry?");
  });

  it("come as the six profiles, each with a need, a reason and the document's verdict", () => {
    expect(card.profiles.map((p) => p.name)).toEqual([
      "network-automation",
      "fast-deployment",
      "legacy-access",
      "least-code",
      "telemetry",
      "low-level",
    ]);
    for (const { verdict, source, why } of card.profiles) {
      expect(verdict!.length).toBeGreaterThan(1);
      expect([source, why === ""]).toEqual(["nanog90", false]);
    }
  });
});

describe("an explanation", () => {
  const runs = [performance()];
  const explain = (id: string) => explainCategory({ card, runs, facts }, id, ["python", "go", "c"]);

  it("has every constant with its reason, and works out published figures and runs", () => {
    const found = explain("performance");
    expect(found.terms.map((t) => t.id)).toEqual(["speed", "memory", "parallelism", "start"]);
    for (const { readings } of found.terms) {
      for (const { why, formula } of readings) {
        expect(why.length).toBeGreaterThan(20);
        expect(formula).toContain("10 * ");
      }
    }
    const python = found.results.find((r) => r.language === "python" && r.origin === "published")!;
    expect(python).toMatchObject({ score: 5.03, editorial: 5 });
    const { terms, score } = found.results.find((r) => r.language === "go" && r.origin === "run")!;
    const mean = terms.reduce((sum, t) => sum + t.points!, 0) / terms.length;
    expect(mean).toBeCloseTo(score!, 1);
  });

  it("is refused for what is unknown or has no formula", () => {
    expect(() => explain("perfomance")).toThrow("did you mean performance?");
    expect(() => explain("community")).toThrow("has no formula: What a community");
  });

  it("can be read", () => {
    const found = scores(runs);
    const explanation = explain("deployment");
    const text = renderScore(
      { schema: "versus.score/1", ...found, explain: explanation },
      { width: 100 },
    );
    expect(text).toContain("python, from the published figures: (5.23 + 8.10) / 2 = 6.67");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

describe("the table", () => {
  it("has a row a category and the totals, at 80 cells too", () => {
    const document: ScoreDocument = { schema: "versus.score/1", ...scores([performance()]) };
    const text = renderScore(document, { width: 80, ascii: true });
    const lines = text.split("\n");
    const names = card.categories.map((c) => c.short);
    expect(lines.filter((l) => names.some((name) => l.startsWith(`${name} `))).length).toBe(8);
    expect(Math.max(...lines.filter((l) => / \| /.test(l)).map((l) => l.length)))
      .toBeLessThanOrEqual(80);
    expect(lines.find((l) => l.startsWith("total"))).toMatch(/70 \| .* 71 \| .* 67 \| /);
    expect(text).toContain("Measure what is open:");
    // deno-lint-ignore no-control-regex
    expect(/^[\x00-\x7f]*$/.test(text)).toBe(true);
  });
});
