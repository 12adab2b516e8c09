import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { parseScenario, ValidationError } from "../../lib/scenario/mod.ts";
import { altered, problemsOf, thrownBy, VALID, validScenario } from "./_support.ts";

describe("a valid scenario", () => {
  it("has all that the file says", () => {
    const scenario = validScenario();
    expect(scenario.name).toBe("loop");
    expect(scenario.kind).toBe("bench");
    expect(scenario.folder).toBe("/tmp/loop");
    expect(scenario.file).toBe("/tmp/loop/scenario.yaml");
    expect(scenario.bundled).toBe(false);
    expect(scenario.source).toEqual({ name: "talk", title: "A talk", date: "2024-12" });
    expect(scenario.parameters[0]).toEqual({
      name: "n",
      title: "Iterations",
      type: "integer",
      min: 0,
      max: 1e12,
      default: 1e7,
      published: 1e9,
    });
    expect(scenario.variants.map(({ name }) => name)).toEqual(["cpython", "go", "rust"]);
    expect(scenario.variants[1]).toEqual({
      name: "go",
      language: "go",
      toolchain: "go",
      files: ["go"],
      build: [["{toolchain}", "build", "-o", "{out}/loop", "{dir}/go/main.go"]],
      run: ["{out}/loop", "{n}", "{workers}"],
      artifact: "{out}/loop",
      env: { GOMAXPROCS: "4" },
      workers: "workers",
      params: {},
    });
    expect(scenario.published[0]).toEqual({
      variant: "cpython",
      source: "talk",
      params: { n: 1e9 },
      metrics: { wallS: 79.19, maxRssKb: 10144 },
      note: "CPython 3.12",
    });
  });

  it("may leave out all that has a default", () => {
    const text = `name: a
title: A
computes: Nothing
reference: c
variants:
  c: { language: c, toolchain: c, files: [a.c], run: ["true"] }
`;
    const scenario = parseScenario(text, "a.yaml");
    expect(scenario.kind).toBe("bench");
    expect(scenario.tags).toEqual([]);
    expect(scenario.parameters).toEqual([]);
    expect(scenario.expect).toEqual({});
    expect(scenario.published).toEqual([]);
    expect(scenario.variants[0]!.build).toEqual([]);
    expect(scenario.variants[0]!.env).toEqual({});
    expect("source" in scenario || "loop" in scenario).toBe(false);
  });

  it("that is bundled is called like its folder", () => {
    expect(parseScenario(VALID, "/x/loop/scenario.yaml", { bundled: true }).bundled).toBe(true);
    const error = thrownBy(() => parseScenario(VALID, "/x/other/scenario.yaml", { bundled: true }));
    expect(error.message).toMatch(/name: found "loop", expected the folder's, "other"/);
  });
});

describe("a file that is no scenario", () => {
  it("names the file, says what it is not, and where to look", () => {
    const error = thrownBy(() => parseScenario("title: A\n", "/tmp/a.yaml"));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.message).toMatch(
      /^\/tmp\/a\.yaml is not a scenario, \d problems:\n {2}name: missing/,
    );
    expect(error.hint).toMatch(/versus schema scenario/);
    expect(error.exitCode).toBe(2);
  });

  it("may be empty, a list, text or a number", () => {
    const message = (text: string) => thrownBy(() => parseScenario(text, "a.yaml")).message;
    expect(message("")).toBe("a.yaml is not a scenario: it is empty");
    expect(message("# nothing\n")).toMatch(/it is empty/);
    expect(message("- a\n")).toBe("a.yaml is not a scenario: found a list, expected a map");
    expect(message("[]")).toMatch(/found an empty list, expected a map/);
    expect(message("hello")).toMatch(/found "hello", expected a map/);
    expect(message("12")).toMatch(/found 12, expected a map/);
  });

  it("tells ten problems and counts the rest", () => {
    const tags = Array.from({ length: 15 }, (_, i) => `T${i}`).join(", ");
    const error = thrownBy(() => parseScenario(altered("[cpu, loop]", `[${tags}]`), "a.yaml"));
    expect((error as ValidationError).problems).toHaveLength(15);
    expect(error.message.split("\n")).toHaveLength(12);
    expect(error.message).toMatch(/\n {2}and 5 more$/);
  });
});

describe("a wrong value", () => {
  it("may be a map in the place of a list of maps", () => {
    const text = VALID.slice(0, VALID.indexOf("\npublished:")) + "\npublished: { variant: go }\n";
    expect(problemsOf(text)).toEqual(["published: found a map, expected a list"]);
  });

  const cases: readonly (readonly [from: string, to: string, problem: string])[] = [
    ["name: loop", "name: Loop", 'name: found "Loop", expected lower-case letters, digits and'],
    ["name: loop", "name: 12", 'name: found 12, expected text: write "12" in quotes'],
    ["name: loop", "name:", "name: found nothing, expected text"],
    ["name: loop", "nam: loop", 'nam: unknown key, did you mean "name"?'],
    ["name: loop\n", "", "name: missing, expected this key"],
    ["kind: bench", "kind: bunch", 'kind: found "bunch", expected "bench", "footprint" or "probe"'],
    ["kind: bench", "kind: bunch", 'did you mean "bench"?'],
    ["title: A loop", "title: ''", 'title: found "", expected some text'],
    ["title: A loop", "title: [a]", "title: found a list, expected text"],
    [
      "computes: Counts to n",
      "computes: true",
      'computes: found true, expected text: write "true"',
    ],
    ["date: 2024-12 ", "date: 2024-13 ", 'source.date: found "2024-13", expected a date such as'],
    ["date: 2024-12 ", "date: 2024 ", "source.date: found 2024, expected text: write"],
    ["date: 2024-12 ", "url: x ", 'source.url: unknown key, expected "name", "title" or "date"'],
    ["[cpu, loop]", "cpu", 'tags: found "cpu", expected a list'],
    ["[cpu, loop]", "[cpu, [loop]]", "tags[1]: found a list, expected text"],
    ["[cpu, loop]", "{cpu: 1}", "tags: found a map, expected a list"],
    [
      "  n: { title",
      "  N: { title",
      'parameters.N: found the name "N", expected letters and digits',
    ],
    ["parameters:\n", "parameters: []\nx:\n", "parameters: found an empty list, expected a map"],
    ["type: integer, min: 0", "type: int, min: 0", 'parameters.n.type: found "int", expected'],
    ["min: 0, max: 1e12", "min: .nan, max: 1e12", "parameters.n.min: found NaN, expected"],
    ["min: 0, max: 1e12", "min: 0, max: .inf", "parameters.n.max: found Infinity, expected a fin"],
    [
      "min: 0, max: 1e12",
      "mni: 0, max: 1e12",
      'parameters.n.mni: unknown key, did you mean "min"?',
    ],
    ["default: 1e7", "default: [1]", "parameters.n.default: found a list, expected a number, text"],
    ["choices: [fast, slow]", "choices: []", "parameters.mode.choices: found an empty list"],
    ['stdout: "5"', "stdout: 5", 'expect.results[0].stdout: found 5, expected text: write "5"'],
    ["tolerance: 1e-9", "tolerance: -1", "expect.tolerance: found -1, expected at least 0"],
    ["tolerance: 1e-9", "tolerance: 2", "expect.tolerance: found 2, expected at most 1"],
    ["rule: floor(n / 2)", "rule: 5", 'expect.rule: found 5, expected text: write "5" in quotes'],
    ["loop: n\n", "loop: [n]\n", "loop: found a list, expected text"],
    ["language: go", "language: golang", 'variants.go.language: found "golang", expected "python"'],
    ["toolchain: rust", "toolchain: rsut", 'did you mean "rust"?'],
    ["files: [go]", "files: go", 'variants.go.files: found "go", expected a list'],
    ["files: [go]", "files: []", "variants.go.files: found an empty list, expected at least one"],
    ["files: [go]", "files: [1]", 'variants.go.files[0]: found 1, expected text: write "1" in'],
    ["files: [go]", "file: [go]", 'variants.go.file: unknown key, did you mean "files"?'],
    ["build, -o,", "3.10, -o,", 'variants.go.build[0][1]: found 3.1, expected text: write "3.1"'],
    ['["{tool:cargo}", build]', "cargo", 'variants.rust.build[0]: found "cargo", expected a list'],
    ['"{toolchain}", "{dir}', '{toolchain}, "{dir}', "the map {toolchain}, expected text: put it"],
    ['run: ["{out}/loop", "{n}"]', "run: []", "variants.rust.run: found an empty list, expected a"],
    ['run: ["{out}/loop", "{n}"]', "rnu: [x]", "variants.rust.run: missing, expected this key"],
    [
      'GOMAXPROCS: "4"',
      "GOMAXPROCS: 4",
      "variants.go.env.GOMAXPROCS: found 4, expected text: write",
    ],
    ['GOMAXPROCS: "4"', '"A B": x', 'variants.go.env["A B"]: found the name "A B", expected a var'],
    [
      "params: { workers: 1 }",
      "params: [1]",
      "variants.cpython.params: found a list, expected a map",
    ],
    [
      "metrics: { wallS: 79.19",
      "metrics: { wallS: fast",
      'published[0].metrics.wallS: found "fast"',
    ],
    [
      "metrics: { wallS: 79.19",
      "metrics: { wall-s: 1",
      'found the name "wall-s", expected a metric',
    ],
  ];
  for (const [from, to, problem] of cases) {
    it(`${JSON.stringify(to)} is told as ${problem}`, () => {
      const problems = problemsOf(altered(from, to));
      expect(problems.some((line) => line.includes(problem)), problems.join("\n")).toBe(true);
    });
  }

  it("keeps control characters from the terminal", () => {
    const message =
      thrownBy(() => parseScenario(altered("name: loop", 'name: "\\e[31m"'), "a.yaml")).message;
    expect(message).toMatch(/found "\\x1b\[31m"/);
  });
});
