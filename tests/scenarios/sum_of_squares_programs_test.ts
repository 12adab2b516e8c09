/** Builds and runs the programs of sum-of-squares; works out what each kind of integer makes of it. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { dueExitCode, refusalOf } from "../../lib/scenario/bounds.ts";
import { checkOutput, expectedOutput } from "../../lib/scenario/mod.ts";
import { observe } from "../../lib/scenario/observation.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** Around the ends of 53 bits (floating point), 63 bits (signed) and 64 bits (unsigned). */
const SIZES = [0, 1, 2, 1000, 300_079, 300_080, 3_024_616, 3_024_617, 3_810_777, 3_810_778];

/** Those at which the programs are run. */
const RUN_SIZES = [0, 1, 2, 300_080, 3_024_617, 3_810_777];

/** One at which no integer of 64 bits holds the sum. */
const BEYOND = 3_810_778;

/** The default of scenario.yaml. */
const DEFAULT = 10_000_000;

type Kind = "exact" | "int64" | "uint64" | "float64" | "panic";

/** What holds the sum in each variant. */
const KINDS: Readonly<Record<string, Kind>> = {
  cpython: "exact",
  pypy: "exact",
  go: "int64",
  "go-big": "exact",
  rust: "uint64",
  "rust-debug": "panic",
  "rust-u128": "exact",
  "rust-bigint": "exact",
  typescript: "float64",
  "typescript-bigint": "exact",
  java: "int64",
  "java-bigint": "exact",
  c: "uint64",
  "c-int128": "exact",
};

/** The sums at the sizes, added up one by one: exact, and rounded after each step. */
function sumsAt(sizes: readonly number[]): Map<number, { exact: bigint; rounded: bigint }> {
  const sums = new Map([[0, { exact: 0n, rounded: 0n }]]);
  const wanted = new Set(sizes);
  const most = Math.max(...sizes);
  let exact = 0n;
  let rounded = 0n;
  // IEEE 754 binary64: 53 bits times a unit, which doubles; to the nearest, ties to the even one.
  let unit = 1n;
  for (let i = 1; i <= most; i++) {
    const square = BigInt(i) ** 2n;
    exact += square;
    rounded += square;
    while (rounded >= unit << 53n) unit *= 2n;
    if (unit > 1n) {
      const over = rounded % unit;
      rounded -= over;
      if (2n * over > unit || (2n * over === unit && rounded / unit % 2n === 1n)) rounded += unit;
    }
    if (wanted.has(i)) sums.set(i, { exact, rounded });
  }
  return sums;
}

const sums = sumsAt([...SIZES, DEFAULT]);

/** What is printed on each stream, and the exit code. */
function due(kind: Kind, n: number): { code: number; stdout: string; stderr: RegExp } {
  const { exact, rounded } = sums.get(n)!;
  const grows = exact >= 2n ** 63n;
  switch (kind) {
    case "exact": {
      const bits = exact.toString(2).length;
      const stderr = grows ? new RegExp(`: the sum takes ${bits} bits\n$`) : /^$/;
      return { code: 0, stdout: `${exact}\n`, stderr };
    }
    case "float64": {
      const stderr = exact === rounded ? /^$/ : /: the sum was rounded\n$/;
      return { code: 0, stdout: `${Number(rounded)}\n`, stderr };
    }
    case "panic":
      if (exact >= 2n ** 64n) {
        return { code: 101, stdout: "", stderr: /attempt to add with overflow/ };
      }
      return { code: 0, stdout: `${exact}\n`, stderr: /^$/ };
    default: {
      const wrapped = kind === "int64" ? BigInt.asIntN(64, exact) : BigInt.asUintN(64, exact);
      const stderr = wrapped === exact ? /^$/ : /: the sum wrapped around\n$/;
      return { code: 0, stdout: `${wrapped}\n`, stderr };
    }
  }
}

const scenario = await benchScenario("sum-of-squares");

describe("sum-of-squares' scenario.yaml", () => {
  it("expects of every variant what its integers make of the sum", () => {
    for (const variant of scenario.variants) {
      for (const n of [...SIZES, DEFAULT]) {
        const { name } = variant;
        const refused = refusalOf({ scenario, variant, params: { n } }, undefined);
        const { stdout, code } = due(KINDS[name]!, n);
        if (name === "rust-debug" && code === 0) {
          expect({ n, refused: refused?.parameters }).toEqual({ n, refused: ["n"] });
          continue;
        }
        expect({ name, n, refused }).toEqual({ name, n, refused: undefined });
        const expected = expectedOutput(scenario, variant, { n })!;
        expect({ name, n, ...checkOutput(expected, stdout) }).toEqual({ name, n, ok: true });
        expect(dueExitCode(scenario, variant)).toBe(code);
      }
    }
  });

  it("tells numbers that are rounded from others at the default size", () => {
    const typescript = scenario.variants.find(({ name }) => name === "typescript")!;
    const expected = expectedOutput(scenario, typescript, { n: DEFAULT })!;
    expect(expected.stdout).toBe(`${Number(sums.get(DEFAULT)!.rounded)}`);
    expect(expected.stdout).not.toBe(`${sums.get(DEFAULT)!.exact}`);
  });
});

const ANSWERS: Readonly<Record<Kind, string>> = {
  exact: "grows",
  int64: "wraps",
  uint64: "wraps",
  float64: "rounds",
  panic: "panics",
};

await describePrograms(scenario, (program) => {
  const kind = KINDS[program.name]!;

  it("prints the sum as its integers have it, and says what became of it", async () => {
    for (const n of RUN_SIZES) {
      const { stderr: said, ...rest } = due(kind, n);
      const { stderr, ...ran } = await program.run({ n });
      expect({ n, ...ran }).toEqual({ n, ...rest });
      expect(stderr).toMatch(said);
    }
  });

  it("does beyond 64 bits what the scenario asks about", async () => {
    const { stderr: said, ...rest } = due(kind, BEYOND);
    const { stderr, ...ran } = await program.run({ n: BEYOND });
    expect(ran).toEqual(rest);
    expect(stderr).toMatch(said);
    const answers = Object.entries(observe(scenario, ran.stdout, stderr)!);
    expect(answers.filter(([_, yes]) => yes).map(([name]) => name)).toEqual([ANSWERS[kind]]);
  });

  refusesArguments(program, [
    [],
    ["7", "1"],
    ...["", "x", "-1", "1.5", "1e3", "7x"].map((n) => [n]),
  ]);
});
