/** The scenarios and suites that come with the program, as data. */
import { beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { fileURLToPath } from "node:url";
import {
  expandCases,
  expandSuite,
  expectedOutput,
  findScenario,
  loadScenarios,
  loadSuites,
  parseSweep,
  publishedFor,
  referenceCase,
  type Scenario,
  workersOf,
} from "../../lib/scenario/mod.ts";

const ROOT = fileURLToPath(new URL("../../scenarios", import.meta.url));

describe("bundled scenarios", () => {
  it("are valid, with all their files, and each can be found by name", async () => {
    const scenarios = await loadScenarios(ROOT, { bundled: true, checkFiles: true });
    expect(scenarios.map(({ name }) => name)).toContain("flipsum");
    for (const { name, file } of scenarios) {
      expect((await findScenario(name, [ROOT])).file).toBe(file);
    }
  });

  it("are what bundled suites name", async () => {
    const suites = await loadSuites(ROOT, { bundled: true });
    expect(suites.map(({ name }) => name)).toContain("quick");
    for (const suite of suites) {
      const steps = await expandSuite(suite, [ROOT]);
      expect(steps.filter(({ cases }) => cases.length === 0)).toEqual([]);
    }
  });
});

describe("flipsum", () => {
  let flipsum: Scenario;

  beforeAll(async () => {
    flipsum = await findScenario("flipsum", [ROOT]);
  });

  it("has the twelve rows of the published table, and more", () => {
    expect(flipsum.published.map(({ variant, metrics }) => [variant, metrics["wallS"]])).toEqual([
      ["cpython", 79.19],
      ["cpython-threads", 82.54],
      ["cpython-processes", 20.36],
      ["pypy", 2.88],
      ["pypy-threads", 3.14],
      ["pypy-processes", 1.01],
      ["go", 1.23],
      ["go-goroutines", 0.45],
      ["rust-debug", 11.96],
      ["rust", 2.47],
      ["rust-debug-threads", 3.4],
      ["rust-threads", 0.46],
    ]);
    const names = flipsum.variants.map(({ name }) => name);
    for (const name of ["typescript", "typescript-workers", "c", "c-threads", "java"]) {
      expect(names).toContain(name);
    }
  });

  it("has published figures that hold for its published parameters", () => {
    const params = { n: 1e9, workers: 4 };
    const cases = expandCases(flipsum, { params });
    const matches = cases.flatMap(publishedFor);
    expect(matches).toHaveLength(12);
    expect(matches.filter(({ sameParams }) => !sameParams)).toEqual([]);
    expect(flipsum.parameters.map(({ published }) => published)).toEqual([1e9, 4]);
    expect(expectedOutput(flipsum, flipsum.variants[0]!, params)).toEqual({ stdout: "500000000" });
  });

  it("runs single-threaded variants once in a sweep of workers, and compares with them", () => {
    const cases = expandCases(flipsum, { sweep: [parseSweep("workers=1..4")] });
    const count = (name: string) => cases.filter(({ variant }) => variant.name === name).length;
    expect([count("cpython"), count("go"), count("c")]).toEqual([1, 1, 1]);
    expect([count("cpython-processes"), count("go-goroutines"), count("c-threads")]).toEqual([
      4,
      4,
      4,
    ]);
    for (const one of cases) {
      expect(referenceCase(one, cases)?.variant.name).toBe("cpython");
      expect(workersOf(one)).toBe(one.params["workers"]);
    }
  });
});
