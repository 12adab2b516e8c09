import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { join } from "node:path";
import {
  findScenario,
  findTarget,
  isPath,
  loadScenarios,
  loadSuites,
} from "../../lib/scenario/mod.ts";
import { altered, rejectionOf, temporaryFolder, VALID, VALID_FILES } from "./_support.ts";

const SUITE = "name: quick\ntitle: Quick\nruns:\n  - scenario: loop\n    params: { n: 10 }\n";

/** The files of a scenario in a folder below a root. */
function inFolder(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]),
  );
}

describe("finding scenarios", () => {
  let root: Awaited<ReturnType<typeof temporaryFolder>>;
  let own: Awaited<ReturnType<typeof temporaryFolder>>;
  let roots: string[];

  beforeAll(async () => {
    const other = { ...VALID_FILES, "scenario.yaml": altered("name: loop", "name: count") };
    root = await temporaryFolder({
      ...inFolder("bench/loop", VALID_FILES),
      ...inFolder("bench/count", other),
      "suites/quick.yaml": SUITE,
    });
    own = await temporaryFolder({
      ...inFolder("mine", VALID_FILES),
      ...inFolder("files", { "loop.py": "", "go/main.go": "", "loop.rs": "", "a.yaml": VALID }),
      "suite.yml": SUITE,
    });
    roots = [root.path];
  });

  afterAll(async () => {
    await root[Symbol.asyncDispose]();
    await own[Symbol.asyncDispose]();
  });

  it("finds a bundled one by name", async () => {
    const scenario = await findScenario("loop", roots);
    expect(scenario.bundled).toBe(true);
    expect(scenario.file).toBe(join(root.path, "bench/loop/scenario.yaml"));
  });

  it("finds a user's by folder, by file and by any file name; these are not bundled", async () => {
    for (const path of ["mine", "mine/", "mine/scenario.yaml", "files/a.yaml"]) {
      const scenario = await findScenario(join(own.path, path), roots);
      expect(scenario.name).toBe("loop");
      expect(scenario.bundled).toBe(false);
    }
  });

  it("knows a bundled one by its path", async () => {
    const scenario = await findScenario(join(root.path, "bench/loop"), roots);
    expect(scenario.bundled).toBe(true);
  });

  it("takes the first root that has the name", async () => {
    await using second = await temporaryFolder(inFolder("loop", VALID_FILES));
    const scenario = await findScenario("loop", [second.path, root.path]);
    expect(scenario.folder).toBe(join(second.path, "loop"));
  });

  it("answers an unknown name with the nearest and exit code 2", async () => {
    const error = await rejectionOf(findScenario("lopo", roots));
    expect(error.message).toBe('There is no scenario "lopo", did you mean "loop"?');
    expect(error.exitCode).toBe(2);
    expect((await rejectionOf(findScenario("zzzzzzz", roots))).message)
      .toBe('There is no scenario "zzzzzzz", expected "count" or "loop"');
    expect((await rejectionOf(findScenario("loop", ["/nonexistent"]))).message)
      .toBe('There is no scenario "loop"');
    expect((await rejectionOf(findScenario("\x1b[2J", roots))).message).toMatch(
      /no scenario "\\x1b\[2J"/,
    );
  });

  it("answers a path where there is nothing", async () => {
    const error = await rejectionOf(findScenario(join(own.path, "none"), roots));
    expect(error.message).toMatch(/^Cannot read .*none: there is no such file$/);
    expect(error.exitCode).toBe(2);
    expect((await rejectionOf(findScenario(own.path, roots))).message)
      .toMatch(/scenario\.yaml: there is no such file$/);
  });

  it("tells scenarios from suites", async () => {
    const kindOf = async (text: string) => (await findTarget(text, roots)).kind;
    expect(await kindOf("loop")).toBe("scenario");
    expect(await kindOf("quick")).toBe("suite");
    expect(await kindOf(join(own.path, "mine"))).toBe("scenario");
    expect(await kindOf(join(own.path, "suite.yml"))).toBe("suite");
    const target = await findTarget("quick", roots);
    expect(target.kind === "suite" && target.suite.bundled).toBe(true);
    expect((await rejectionOf(findTarget("quikc", roots))).message)
      .toBe('There is no scenario or suite "quikc", did you mean "quick"?');
  });

  it("tells paths from names", () => {
    const paths = ["./a", "a/b", "..", ".", "a.yaml", "a.YML", "/a", "a\\b"];
    expect(paths.filter((path) => !isPath(path))).toEqual([]);
    expect(["a", "flipsum", "a.b", "a-b", ""].filter(isPath)).toEqual([]);
  });

  it("lists all, sorted by name", async () => {
    const scenarios = await loadScenarios(root.path, { bundled: true });
    expect(scenarios.map(({ name }) => name)).toEqual(["count", "loop"]);
    expect((await loadSuites(root.path)).map(({ name }) => name)).toEqual(["quick"]);
    expect(await loadScenarios("/nonexistent")).toEqual([]);
    expect(await loadSuites("/nonexistent")).toEqual([]);
  });
});

describe("loadScenarios", () => {
  it("throws for an invalid one, or leaves it out and tells", async () => {
    await using root = await temporaryFolder({
      ...inFolder("loop", VALID_FILES),
      "broken/scenario.yaml": "name: [",
    });
    expect((await rejectionOf(loadScenarios(root.path))).message).toMatch(
      /broken\/scenario\.yaml:\d:\d: a bracket is not closed/,
    );
    const told: string[] = [];
    const scenarios = await loadScenarios(root.path, {
      onProblem: ({ message }) => told.push(message),
    });
    expect(scenarios.map(({ name }) => name)).toEqual(["loop"]);
    expect(told).toHaveLength(1);
  });

  it("refuses two of one name", async () => {
    await using root = await temporaryFolder({
      ...inFolder("a/loop", VALID_FILES),
      ...inFolder("b/loop", VALID_FILES),
    });
    expect((await rejectionOf(loadScenarios(root.path))).message).toMatch(
      /^Two scenarios are called loop/,
    );
  });
});
