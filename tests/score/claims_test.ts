import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { bandOf, decide, judgeClaim } from "../../lib/score/claim_judge.ts";
import { neededBy } from "../../lib/score/claim_needs.ts";
import { optionsFor } from "../../lib/score/claim_run.ts";
import type { Claim } from "../../lib/score/claim_types.ts";
import { chooseClaims, loadBundledClaims, parseClaims } from "../../lib/score/claims.ts";
import { ClaimsSchema } from "../../lib/score/claims_document.ts";
import { findScenario, selectVariants } from "../../lib/scenario/mod.ts";
import type { RunRecord } from "../../lib/record/schema.ts";
import { ROOT } from "../cli/versus.ts";
import { type MadeCase, madeRun } from "./made_runs.ts";

const lists = await loadBundledClaims(`${ROOT}scenarios/claims`);

function claim(id: string): Claim {
  return chooseClaims(lists, [id])[0]!;
}

function judge(id: string, ...runs: RunRecord[]) {
  const { result, failed } = judgeClaim(claim(id), runs);
  const document = { schema: "versus.claims/1", claims: [result], sources: {} };
  expect(v.safeParse(ClaimsSchema, document).success).toBe(true);
  return { ...result, failed };
}

const SIZE = { params: { n: 1e8 } };

function flipsum(...cases: MadeCase[]): RunRecord {
  return madeRun([{ name: "flipsum", loop: "n", cases: cases.map((c) => ({ ...SIZE, ...c })) }]);
}

describe("the bundled claims", () => {
  it("are 36, each with a source and a statement of its own", () => {
    const claims = lists.flatMap((list) => list.claims);
    expect(claims.length).toBe(36);
    expect(new Set(claims.map((c) => c.statement)).size).toBe(36);
    for (const { source } of claims) {
      expect(Object.keys(lists[0]!.sources)).toContain(source);
    }
  });

  it("name scenarios, variants and parameters that exist, but for scenarios that are still to come", async () => {
    const toCome = ["rest-service", "diffimg", "extension-call"];
    const needs = neededBy(lists.flatMap((list) => list.claims));
    expect(needs.map((need) => need.scenario)).toEqual(
      expect.arrayContaining(["flipsum", "viete-pi"]),
    );
    for (const { scenario: name, selections } of needs) {
      if (toCome.includes(name)) continue;
      const scenario = await findScenario(name, [`${ROOT}scenarios`]);
      for (const { variants, params } of selections) {
        expect(selectVariants(scenario, { variants }).length).toBe(variants.length);
        const known = scenario.parameters.map((p) => p.name);
        for (const parameter of Object.keys(params)) expect(known).toContain(parameter);
      }
    }
  });
});

describe("a ratio", () => {
  it("is reproduced when its whole interval lies by the published one", () => {
    const run = flipsum({ variant: "cpython", seconds: 6.2 }, { variant: "go", seconds: 0.1 });
    const found = judge("flipsum-go-over-cpython", run);
    expect(found.verdict).toBe("reproduced");
    expect(found.measured!.ratio).toBeCloseTo(62, 0);
    expect(found.measured!.low).toBeLessThan(62.1);
    expect(found.measured!.runId).toBe(run.id);
    expect(found.why).toMatch(/is 62 \(.* to .*\), published 64\.2; 42\.8 to 96\.3 reproduce it/);
  });

  it("is refuted when none of it does", () => {
    const found = judge(
      "flipsum-go-over-rust",
      flipsum({ variant: "rust", seconds: 0.1 }, { variant: "go", seconds: 0.25 }),
    );
    expect(found.verdict).toBe("refuted");
    expect(found.measured!.high).toBeLessThan(0.5);
  });

  it("is inconclusive when the interval crosses the limit, with advice", () => {
    const found = judge(
      "flipsum-go-over-cpython",
      flipsum(
        { variant: "cpython", seconds: 4.3, noise: 0.3 },
        { variant: "go", seconds: 0.1, noise: 0.3 },
      ),
    );
    expect(found.verdict).toBe("inconclusive");
    expect(found.why).toContain("more executions, or a quieter machine");
  });

  it("is inconclusive after too few executions", () => {
    const found = judge(
      "flipsum-go-over-cpython",
      flipsum({ variant: "cpython", seconds: 6.2, blocks: 4 }, {
        variant: "go",
        seconds: 0.1,
        blocks: 4,
      }),
    );
    expect([found.verdict, found.why]).toEqual([
      "inconclusive",
      expect.stringContaining("4 executions"),
    ]);
  });

  it("is not run without a run, a variant or a toolchain, and says which", () => {
    expect(judge("flipsum-go-over-cpython").why).toBe("Not measured: flipsum was not run.");
    expect(judge("flipsum-go-over-cpython", flipsum({ variant: "go" })).why)
      .toContain("no run has flipsum/cpython");
    const without = flipsum({ variant: "cpython" }, { variant: "go", missing: "go was not found" });
    const found = judge("flipsum-go-over-cpython", without);
    expect([found.verdict, found.failed]).toEqual(["not-run", false]);
    expect(found.why).toContain("go was not found");
  });

  it("tells a program that failed from one that is not here", () => {
    const run = flipsum({ variant: "cpython" }, { variant: "go", status: "failed" });
    expect(judge("flipsum-go-over-cpython", run).failed).toBe(true);
  });

  it("compares times of an iteration, whatever size each variant has", () => {
    const found = judge(
      "flipsum-go-over-cpython",
      flipsum(
        { variant: "cpython", seconds: 0.64, params: { n: 1e7 } },
        { variant: "go", seconds: 1, params: { n: 1e9 } },
      ),
    );
    expect(found.measured!.ratio).toBeCloseTo(64, 0);
  });

  it("takes the newest run that has both sides", () => {
    const old = flipsum({ variant: "cpython", seconds: 6.4 }, { variant: "go", seconds: 0.1 });
    const half = flipsum({ variant: "go", seconds: 1 });
    expect(judge("flipsum-go-over-cpython", half, old).verdict).toBe("reproduced");
  });

  it("averages the variants of a side", () => {
    const found = judge(
      "flipsum-memory",
      flipsum(
        { variant: "cpython", maxRssKb: 10144 },
        { variant: "go", maxRssKb: 1820 },
        { variant: "rust", maxRssKb: 2000 },
      ),
    );
    expect(found.measured!.ratio).toBeCloseTo(5.31, 2);
    expect(found.verdict).toBe("reproduced");
  });

  it("is divided by the cores that there are, at most by the workers", () => {
    const cases: MadeCase[] = [
      { variant: "cpython", seconds: 2, ...SIZE },
      { variant: "cpython-processes", seconds: 1.02, params: { n: 1e8, workers: 4 }, workers: 4 },
    ];
    const of = (cores: number) =>
      judge(
        "flipsum-processes-scale",
        madeRun([{ name: "flipsum", loop: "n", cases }], { cores }),
      );
    expect(of(2).measured!.ratio).toBeCloseTo(0.98, 2);
    expect(of(2).verdict).toBe("reproduced");
    expect(of(8).measured!.ratio).toBeCloseTo(0.49, 2);
    expect(of(8).verdict).toBe("refuted");
  });
});

describe("viete-go-317", () => {
  const viete: MadeCase[] = [
    { variant: "cpython", seconds: 0.83, params: { n: 1e7 } },
    { variant: "go", seconds: 0.6, params: { n: 1e8 } },
    { variant: "go-unused", seconds: 0.26, params: { n: 1e9 }, status: "optimised-away" },
  ];

  function run(emptyLoopS: number): RunRecord {
    return madeRun([
      { name: "viete-pi", loop: "n", cases: viete },
      {
        name: "empty-loop",
        loop: "n",
        cases: [{
          variant: "go-unused",
          seconds: emptyLoopS,
          params: { n: 1e9 },
          status: "optimised-away",
        }],
      },
    ]);
  }

  it("is refuted, and shows that the published program throws its result away", () => {
    const found = judge("viete-go-317", run(0.27));
    expect(found.verdict).toBe("refuted");
    expect(found.measured!.ratio).toBeCloseTo(13.8, 1);
    expect(found.figures!.map((f) => Number(f.value.toPrecision(2)))).toEqual([6, 0.26, 0.27, 320]);
    expect(found.why).toContain("throws its result away");
    expect(found.inconsistentSource).toContain("31.7, not 317");
    expect(found.why).toContain("contradicts itself");
  });

  it("does not say so where the unused loop takes longer than an empty one", () => {
    const found = judge("viete-go-317", run(0.05));
    expect(found.why).not.toContain("throws its result away");
    expect(found.why).toContain("contradicts itself");
  });
});

describe("other checks", () => {
  it("of a linkage are facts", () => {
    const build = (linkage: "static" | "dynamic") => ({ build: { linkage } });
    const as = (go: "static" | "dynamic") =>
      judge(
        "go-binary-static",
        flipsum({ variant: "go", ...build(go) }, { variant: "rust", ...build("dynamic") }),
      );
    expect(as("static").verdict).toBe("reproduced");
    expect(as("dynamic").verdict).toBe("refuted");
    expect(as("dynamic").why).toContain("Not as published: go is dynamic");
    expect(as("dynamic").measured).toBeUndefined();
  });

  it("of what an error names are facts", () => {
    const as = (go: boolean) =>
      judge(
        "go-errors-lose-context",
        madeRun([{
          name: "error-context",
          cases: [
            { variant: "cpython", observed: { primary: true } },
            { variant: "go", observed: { primary: go } },
          ],
        }]),
      );
    expect(as(false).verdict).toBe("reproduced");
    expect(as(true).verdict).toBe("refuted");
  });

  it("of lines need no interval", () => {
    const as = (go: number) =>
      judge(
        "go-lacks-subnet-loop",
        madeRun([{
          name: "ip-hosts",
          cases: [{ variant: "cpython", linesOfCode: 17 }, { variant: "go", linesOfCode: go }],
        }]),
      );
    expect(as(68)).toMatchObject({
      verdict: "reproduced",
      measured: { ratio: 4, low: 4, high: 4 },
    });
    expect(as(20).verdict).toBe("refuted");
  });

  it("of a figure by itself give its ratio to the published one", () => {
    const as = (seconds: number) =>
      judge(
        "python-bare-start",
        madeRun([{
          name: "startup",
          cases: [{ variant: "cpython", seconds, params: { program: "empty" } }],
        }]),
      );
    expect(as(0.033).verdict).toBe("reproduced");
    expect(as(0.033).measured!.ratio).toBeCloseTo(1.1, 2);
    expect(as(0.012).verdict).toBe("refuted");
  });

  it("of speed-ups divide each side by itself with one worker", () => {
    const at = (variant: string, workers: number, taskS: number): MadeCase => ({
      variant,
      workers,
      params: { n: 2e5, workers },
      metrics: { taskS },
    });
    const run = madeRun([{
      name: "scaling",
      loop: "n",
      cases: [
        at("cpython-processes", 1, 8),
        at("cpython-processes", 2, 4.4),
        at("go-goroutines", 1, 1),
        at("go-goroutines", 2, 0.5),
      ],
    }], { cores: 2 });
    const found = judge("scaling-tie", run);
    expect(found.measured!.ratio).toBeCloseTo(2 / (8 / 4.4), 2);
    expect(found.verdict).toBe("reproduced");
  });

  it("that must all hold are refuted by one that does not, and count what they found", () => {
    const pair = (name: string, rust: number) => ({
      name,
      loop: "n",
      cases: [
        { variant: "go", seconds: 1, ...SIZE },
        { variant: "rust", seconds: rust, ...SIZE },
      ],
    });
    const found = judge(
      "rust-30-percent-over-go",
      madeRun([pair("flipsum", 0.5), pair("viete-pi", 1), pair("primes", 0.6)]),
    );
    expect(found.verdict).toBe("refuted");
    expect(found.why).toContain(
      "Of 9 comparisons 2 hold, 1 do not, 0 can't be told, 6 were not run",
    );
    expect(found.measured!.ratio).toBeCloseTo(1, 1);
  });

  it("over scenarios take each scenario as one pair", () => {
    const check = claim("go-compiles-fast").check;
    const names = check.kind === "across" ? check.scenarios : [];
    const run = (rust: number) =>
      madeRun(names.map((name) => ({
        name,
        cases: [
          { variant: "go", blocks: 1, build: { seconds: 0.5 } },
          { variant: "rust", blocks: 1, build: { seconds: rust + name.length / 100 } },
        ],
      })));
    expect(names.length).toBeGreaterThanOrEqual(10);
    expect(judge("go-compiles-fast", run(1)).verdict).toBe("reproduced");
    expect(judge("go-compiles-fast", run(0.2)).verdict).toBe("refuted");
  });
});

describe("a verdict", () => {
  it("needs the whole interval on one side of the limits", () => {
    const band = bandOf({ about: 10, factor: 2 });
    expect(band).toEqual({ low: 5, high: 20 });
    const of = (low: number, high: number) => decide({ low, high, sufficient: true }, band);
    expect([of(5, 20), of(4.9, 6), of(19, 21), of(1, 4.9), of(20.1, 30)])
      .toEqual(["reproduced", "inconclusive", "inconclusive", "refuted", "refuted"]);
    expect(decide({ low: 9, high: 11, sufficient: false }, band)).toBe("inconclusive");
    expect(bandOf({ atLeast: 1.3 })).toEqual({ low: 1.3, high: Infinity });
    expect(bandOf({ atMost: 2 })).toEqual({ low: -Infinity, high: 2 });
    expect(bandOf({ from: 10, to: 30 })).toEqual({ low: 10, high: 30 });
  });
});

describe("what claims need", () => {
  it("is each scenario once, with the variants and parameters of all of them", () => {
    const [need] = neededBy([claim("flipsum-threads-no-gain"), claim("flipsum-memory")]);
    expect(need).toMatchObject({ scenario: "flipsum", timed: true, perIteration: true });
    expect(need!.selections).toContainEqual({
      variants: ["cpython-threads"],
      params: { workers: 4 },
    });
    expect(need!.selections).toContainEqual({ variants: ["go", "rust"], params: {} });
  });

  it("is one size for all where something grows with it", () => {
    const sizeOf = (...ids: string[]) =>
      Object.fromEntries(neededBy(ids.map(claim)).map((n) => [n.scenario, n.perIteration]));
    expect(sizeOf("viete-go-317", "flipsum-memory")).toMatchObject({
      "viete-pi": true,
      flipsum: false,
    });
    expect(sizeOf("python-ten-thousand-barrier")).toEqual({ "trivial-operations": true });
    expect(sizeOf("scaling-tie", "mandelbrot-rust-over-go")).toEqual({
      scaling: false,
      mandelbrot: false,
    });
    const timed = neededBy([claim("go-binary-static"), claim("go-lacks-subnet-loop")]);
    expect(timed.map((n) => n.timed)).toEqual([false, false]);
  });

  it("is measured at a size that fits the time", () => {
    const need = { timed: true, perIteration: true };
    const long = optionsFor(need, 8, 1200);
    const short = optionsFor(need, 8, 20);
    expect(long.targetS).toBe(2);
    expect(short.targetS!).toBeLessThan(0.2);
    expect(short.maxTimeS).toBeLessThan(20);
    expect(optionsFor({ timed: true, perIteration: false }, 8, 20).targetS).toBeUndefined();
    expect(optionsFor({ timed: false, perIteration: false }, 8, 20).maxRuns).toBe(1);
  });
});

describe("claims of one's own", () => {
  const MINE = `name: mine
title: What an article says
sources:
  an_article: { title: An article }
claims:
  - id: go-wins
    statement: Go is 50 times faster
    source: an_article
    published: { ratio: 50 }
    check:
      kind: ratio
      scenario: ./job/scenario.yaml
      metric: wallS
      over: { variants: [slow] }
      under: { variants: [fast] }
      expect: { about: 50 }
`;

  it("are read; scenarios are looked for beside the file, sources have hyphens", () => {
    const [mine] = parseClaims(MINE, "/tmp/claims/mine.yaml").claims;
    expect(mine!.check).toMatchObject({ scenario: "/tmp/claims/job/scenario.yaml" });
    expect(mine!.source).toBe("an-article");
  });

  const wrong: [what: string, from: string, to: string, message: string][] = [
    ["an unknown source", "source: an_article", "source: an_articel", 'did you mean "an-article"?'],
    ["two expectations", "{ about: 50 }", "{ about: 50, atLeast: 3 }", "expected one of about"],
    ["a factor alone", "{ about: 50 }", "{ atLeast: 3, factor: 2 }", "expected it with about"],
    ["a range upside down", "{ about: 50 }", "{ from: 5, to: 3 }", "the smaller first"],
    ["an unknown kind", "kind: ratio", "kind: ration", 'did you mean "ratio"?'],
    ["no variants", "variants: [slow]", "variants: []", "at least one variant"],
  ];
  for (const [what, from, to, message] of wrong) {
    it(`with ${what} are refused, with file and path`, () => {
      const found = () => parseClaims(MINE.replace(from, to), "mine.yaml");
      expect(found).toThrow("mine.yaml");
      expect(found).toThrow("claims[0]");
      expect(found).toThrow(message);
    });
  }

  it("may not have the name of another", () => {
    expect(() => chooseClaims([...lists, ...lists], [])).toThrow("stands in two files");
    expect(() => chooseClaims(lists, ["viete-go-318"])).toThrow("did you mean viete-go-317?");
  });
});
