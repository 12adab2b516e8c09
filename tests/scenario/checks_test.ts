import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { parseScenario } from "../../lib/scenario/mod.ts";
import { altered, problemsOf } from "./_support.ts";

describe("what a schema can't say", () => {
  const cases: readonly (readonly [from: string, to: string, problem: string])[] = [
    ["[cpu, loop]", "[cpu, cpu]", 'tags[1]: "cpu" is given twice'],
    [
      "default: 1e7",
      "default: 1e13",
      "parameters.n.default: found 10000000000000, expected a whole",
    ],
    [
      "default: 1e7",
      "default: 0.5",
      "parameters.n.default: found 0.5, expected a whole number from 0",
    ],
    [
      "default: 1e7",
      "default: '7'",
      'parameters.n.default: found "7" in quotes, expected it without',
    ],
    [
      "default: 4",
      "default: 0",
      "parameters.workers.default: found 0, expected a whole number from 1",
    ],
    ["default: fast", "default: fats", 'parameters.mode.default: found "fats", expected "fast" or'],
    ["default: true", "default: 'true'", 'parameters.check.default: found "true" in quotes'],
    [
      "published: 1e9",
      "published: -1",
      "parameters.n.published: found -1, expected a whole number",
    ],
    [
      "min: 1, max: 256",
      "min: 300, max: 256",
      "parameters.workers.min: found 300, expected at most",
    ],
    ["min: 0, max: 1e12", "min: 0, max: 1e300", "parameters.n.max: found 1e+300, expected a whole"],
    ["type: boolean,", "type: boolean, min: 1,", "parameters.check.min: a boolean has no min"],
    [
      "type: number,",
      "type: number, choices: [a],",
      "parameters.scale.choices: a number has no choices",
    ],
    ["[fast, slow]", "[fast, slow, fast]", 'parameters.mode.choices[2]: "fast" is given twice'],
    ["  scale: {", "  floor: {", 'parameters.floor: "floor" means something else in rules'],
    ["  scale: {", "  out: {", 'parameters.out: "out" means something else in rules and commands'],
    ["floor(n / 2)", "floor(m / 2)", 'expect.rule: rule "floor(m / 2)": unknown parameter "m"'],
    ["floor(n / 2)", "'floor(n / 2'", "expect.rule: rule"],
    ["floor(n / 2)", "flor(n / 2)", 'unknown function "flor", did you mean "floor"?'],
    ["floor(n / 2)", "mode", 'expect.rule: rule "mode": unknown parameter "mode", expected "n"'],
    [
      "{ params: { n: 10 }",
      "{ params: { m: 10 }",
      'expect.results[0].params.m: unknown parameter "m"',
    ],
    [
      "{ params: { n: 10 }",
      "{ params: { n: -1 }",
      "expect.results[0].params.n: found -1, expected",
    ],
    ["loop: n\n", "loop: m\n", 'loop: unknown parameter "m", did you mean "n"?'],
    ["loop: n\n", "loop: mode\n", 'loop: "mode" is a string, expected a numeric parameter'],
    [
      "reference: cpython",
      "reference: cpyton",
      'reference: unknown variant "cpyton", did you mean',
    ],
    [
      '"{dir}/loop.py"',
      '"{dri}/loop.py"',
      'run[1]: unknown placeholder {dri}, did you mean "dir"?',
    ],
    ['"{dir}/loop.py"', '"{dir/loop.py"', "variants.cpython.run[1]: found a { that is not closed"],
    ['"{dir}/loop.py"', '"{}"', "variants.cpython.run[1]: found {}, expected the name of a value"],
    ['"{dir}/loop.py"', '"{tool:}"', "variants.cpython.run[1]: found {tool:}, expected the name"],
    ['"{dir}/loop.py"', '"a\\0b"', "variants.cpython.run[1]: found a NUL character"],
    ['"{toolchain}", "{dir}', '" ", "{dir}', "variants.cpython.run[0]: found no program"],
    ['"{dir}/loop.py"', '"{out}/loop.py"', "variants.cpython.run: uses {out}, but no build step"],
    ["{dir}/go/main.go", "{n}", "variants.go.build[0][4]: unknown placeholder {n}, expected"],
    ['artifact: "{out}/loop"', 'artifact: "{n}"', "variants.go.artifact: unknown placeholder {n}"],
    ['artifact: "{out}/loop"', "artifact: loop", "expected a path in {out} or {dir}"],
    ['GOMAXPROCS: "4"', 'GOMAXPROCS: "{workers}"', "{workers} is not filled in here, only in"],
    ['requires: ">=3.8"', "requires: latest", 'variants.cpython.requires: Version range "latest"'],
    [
      "    workers: workers",
      "    workers: worker",
      'variants.go.workers: rule "worker": unknown par',
    ],
    ["files: [go]", "files: [go, go]", 'variants.go.files[1]: "go" is given twice'],
    [
      "params: { workers: 1 }",
      "params: { wokers: 1 }",
      "variants.cpython.params.wokers: unknown par",
    ],
    [
      "params: { workers: 1 }",
      "params: { workers: 0 }",
      "variants.cpython.params.workers: found 0",
    ],
    ["- variant: cpython", "- variant: pypy", 'published[0].variant: unknown variant "pypy"'],
    ["params: { n: 1e9 }", "params: { n: many }", 'published[0].params.n: found "many", expected'],
  ];
  for (const [from, to, problem] of cases) {
    it(`${JSON.stringify(to)} is told as ${problem}`, () => {
      const problems = problemsOf(altered(from, to));
      expect(problems.some((line) => line.includes(problem)), problems.join("\n")).toBe(true);
    });
  }

  it("tells several problems at once", () => {
    const text = altered("reference: cpython", "reference: pypy")
      .replace("{dir}/loop.py", "{dri}/loop.py").replace("loop: n\n", "loop: m\n");
    expect(problemsOf(text).map((line) => line.split(":")[0])).toEqual([
      "loop",
      "reference",
      "variants.cpython.run[1]",
    ]);
  });

  it("refuses a scenario without variants, and expect without anything", () => {
    const start = "name: a\ntitle: A\ncomputes: A\nreference: c\n";
    expect(problemsOf(start + "variants: {}\n")).toEqual([
      "variants: found none, expected at least one",
    ]);
    const variants = "variants:\n  c: { language: c, toolchain: c, files: [a.c], run: [a] }\n";
    expect(problemsOf(start + variants + "expect: {}\n"))
      .toEqual(["expect: missing what is expected: a rule or results"]);
    expect(problemsOf(start + variants + "expect: { tolerance: 0.1 }\n"))
      .toContain("expect.tolerance: there is no result that it could hold for");
  });

  it("takes braces that are written twice, also in the environment", () => {
    const text = altered("{dir}/loop.py", "{{x}}").replace('"4"', '"{{workers}}"');
    expect(parseScenario(text, "a.yaml").variants[0]!.run[1]).toBe("{{x}}");
  });
});
