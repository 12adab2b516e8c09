import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import { expandSuite, loadSuite, parseSuite, ValidationError } from "../../lib/scenario/mod.ts";
import { rejectionOf, temporaryFolder, thrownBy, VALID_FILES } from "./_support.ts";

const SUITE = `name: both
title: Both
runs:
  - scenario: loop
    variants: [go, rust]
    params: { n: 1e6, mode: slow }
    sweep: { workers: 1..3 }
    options: { runs: 5, maxTime: 60s, timeout: 500ms, metric: cpu, seed: 7, warmup: 0 }
  - scenario: ./mine
    languages: [python]
    sweep: { n: [10, 20, 20], scale: "0.5,1" }
    options: { precision: 2.5%, target: 2s }
`;

/** The problems of a suite's text, each as `path: message`. */
function problemsOf(text: string): string[] {
  const error = thrownBy(() => parseSuite(text, "both.yaml"));
  if (!(error instanceof ValidationError)) throw error;
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("parseSuite", () => {
  it("reads runs with their options", () => {
    const suite = parseSuite(SUITE, "/x/both.yaml");
    expect(suite.name).toBe("both");
    expect(suite.file).toBe("/x/both.yaml");
    expect(suite.runs[0]).toEqual({
      scenario: "loop",
      variants: ["go", "rust"],
      params: { n: 1e6, mode: "slow" },
      sweep: { workers: "1..3" },
      options: { runs: 5, maxTime: "60s", timeout: "500ms", metric: "cpu", seed: 7, warmup: 0 },
    });
    expect(suite.runs[1]!.params).toEqual({});
  });

  const wrong: readonly (readonly [from: string, to: string, problem: string])[] = [
    ["name: both", "name: Both", 'name: found "Both", expected lower-case'],
    ["title: Both\n", "", "title: missing, expected this key"],
    ["scenario: loop", "scenaro: loop", 'runs[0].scenaro: unknown key, did you mean "scenario"?'],
    ["variants: [go, rust]", "variants: go", 'runs[0].variants: found "go", expected a list'],
    [
      "variants: [go, rust]",
      "variants: []",
      "runs[0].variants: found an empty list, expected at least",
    ],
    ["languages: [python]", "languages: [pyton]", 'runs[1].languages[0]: found "pyton", expected'],
    [
      "sweep: { workers: 1..3 }",
      "sweep: { workers: 1 }",
      "runs[0].sweep.workers: found 1, expected",
    ],
    ["maxTime: 60s", "maxTime: 60", "runs[0].options.maxTime: found 60, expected text: write"],
    [
      "maxTime: 60s",
      "maxTime: 60x",
      'runs[0].options.maxTime: found "60x", expected a duration such',
    ],
    [
      "maxTime: 60s",
      "maxtime: 60s",
      'runs[0].options.maxtime: unknown key, did you mean "maxTime"?',
    ],
    ["runs: 5", "runs: 0", "runs[0].options.runs: found 0, expected at least 1"],
    ["runs: 5", "runs: 1.5", "runs[0].options.runs: found 1.5, expected a whole number"],
    [
      "runs: 5",
      "runs: 5, precision: 2%",
      "runs[0].options: found runs and precision, expected one",
    ],
    ["precision: 2.5%", "precision: 2.5", "runs[1].options.precision: found 2.5, expected text"],
  ];
  for (const [from, to, problem] of wrong) {
    it(`${JSON.stringify(to)} is told as ${problem}`, () => {
      const problems = problemsOf(SUITE.replace(from, to));
      expect(problems.some((line) => line.includes(problem)), problems.join("\n")).toBe(true);
    });
  }

  it("refuses no runs, nothing, and a name that differs from a bundled file's", () => {
    expect(problemsOf("name: a\ntitle: A\nruns: []\n")).toEqual([
      "runs: found an empty list, expected at least one run",
    ]);
    expect(problemsOf("")).toEqual([": it is empty"]);
    expect(thrownBy(() => parseSuite(SUITE, "/x/other.yaml", { bundled: true })).message)
      .toMatch(/name: found "both", expected the file's, "other"/);
  });
});

describe("expandSuite", () => {
  /** A root with the scenario `loop`, and beside it the suite with a scenario of its own. */
  async function prepare(suite: string) {
    const files: Record<string, string> = { "own/both.yaml": suite };
    for (const [name, content] of Object.entries(VALID_FILES)) {
      files[`root/loop/${name}`] = content;
      files[`own/mine/${name}`] = content;
    }
    return await temporaryFolder(files);
  }

  it("finds scenarios by name and by path from the suite's folder, and makes their cases", async () => {
    await using folder = await prepare(SUITE);
    const suite = await loadSuite(join(folder.path, "own/both.yaml"));
    const steps = await expandSuite(suite, [join(folder.path, "root")]);
    expect(steps.map(({ scenario }) => scenario.bundled)).toEqual([true, false]);
    expect(steps[0]!.cases.map(({ variant, params }) => `${variant.name} ${params["workers"]}`))
      .toEqual(["go 1", "rust 1", "go 2", "rust 2", "go 3", "rust 3"]);
    expect(steps[1]!.cases.map(({ params }) => [params["n"], params["scale"]]))
      .toEqual([[10, 0.5], [10, 1], [20, 0.5], [20, 1]]);
  });

  const wrong: readonly (readonly [from: string, to: string, message: RegExp])[] = [
    [
      "scenario: loop",
      "scenario: lop",
      /both\.yaml: runs\[0\]: There is no scenario "lop", did you/,
    ],
    [
      "scenario: ./mine",
      "scenario: ./yours",
      /both\.yaml: runs\[1\]: Cannot read .*yours: there is/,
    ],
    ["[go, rust]", "[go, rsut]", /runs\[0\]: loop has no variant "rsut", did you mean "rust"\?/],
    ["[python]", "[java]", /runs\[1\]: loop has no variant in "java"/],
    ["n: 1e6", "m: 1e6", /runs\[0\]: loop has no parameter "m", did you mean "n"\?/],
    ["n: 1e6", "n: -1", /runs\[0\]: Parameter n of loop: found -1, expected a whole number/],
    ["1..3", "1..x", /runs\[0\]: Sweep "workers=1\.\.x"/],
    ["[10, 20, 20]", "[10, 0.5]", /runs\[1\]: Parameter n of loop: found "0\.5", expected a whole/],
  ];
  for (const [from, to, message] of wrong) {
    it(`refuses ${to}`, async () => {
      await using folder = await prepare(SUITE.replace(from, to));
      const suite = await loadSuite(join(folder.path, "own/both.yaml"));
      const error = await rejectionOf(expandSuite(suite, [join(folder.path, "root")]));
      expect(error.message).toMatch(message);
      expect(error.exitCode).toBe(2);
    });
  }
});
