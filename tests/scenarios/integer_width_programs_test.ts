/** Builds and runs the programs of integer-width; works out with BigInt where each integer ends. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { dueExitCode } from "../../lib/scenario/bounds.ts";
import { expectedOutput } from "../../lib/scenario/mod.ts";
import { observe } from "../../lib/scenario/observation.ts";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** What a type makes of a whole number, and what that is called. */
interface Kind {
  readonly hold: (exact: bigint) => bigint;
  readonly observed: "grows" | "wraps" | "rounds" | "panics";
}

const GROWS: Kind = { hold: (exact) => exact, observed: "grows" };
const INT64: Kind = { hold: (exact) => BigInt.asIntN(64, exact), observed: "wraps" };
const UINT64: Kind = { hold: (exact) => BigInt.asUintN(64, exact), observed: "wraps" };
const FLOAT64: Kind = { hold: (exact) => BigInt(Number(exact)), observed: "rounds" };
const CHECKED: Kind = { hold: INT64.hold, observed: "panics" };

const KINDS: Readonly<Record<string, Kind>> = {
  cpython: GROWS,
  pypy: GROWS,
  go: INT64,
  rust: INT64,
  "rust-debug": CHECKED,
  typescript: FLOAT64,
  "typescript-bigint": GROWS,
  java: INT64,
  c: UINT64,
};

/** Where the search ends for integers that grow. */
const LAST = 1000;

const SEQUENCES = {
  factorial: {
    name: (k: number) => `${k}!`,
    factors: (k: number) => Array.from({ length: k }, (_, i) => BigInt(i + 1)),
  },
  power: {
    name: (k: number) => `3^${k}`,
    factors: (k: number) => Array.from({ length: k }, () => 3n),
  },
};

type SequenceName = keyof typeof SEQUENCES;
const NAMES = Object.keys(SEQUENCES) as SequenceName[];

function valueOf(sequence: SequenceName, k: number): bigint {
  return SEQUENCES[sequence].factors(k).reduce((product, factor) => product * factor, 1n);
}

/** The lines that are due: the largest that is exact, and the one after it. */
function due(kind: Kind, sequence: SequenceName): string[] {
  const { name } = SEQUENCES[sequence];
  let last = 0;
  while (last < LAST) {
    const next = valueOf(sequence, last + 1);
    if (kind.hold(next) !== next) break;
    last++;
  }
  const [value, next] = [valueOf(sequence, last), kind.hold(valueOf(sequence, last + 1))];
  const bits = (number: bigint) => `${number.toString(2).length} bits`;
  switch (kind.observed) {
    case "grows":
      return [`${name(last)} is exact: ${bits(value)}`, `${name(last + 1)} grows to ${bits(next)}`];
    case "wraps":
      return [`${name(last)} is exact: ${value}`, `${name(last + 1)} wraps around to ${next}`];
    case "rounds":
      return [`${name(last)} is exact: ${value}`, `${name(last + 1)} is rounded to ${next}`];
    case "panics":
      return [`${name(last)} is exact: ${value}`];
  }
}

const scenario = await benchScenario("integer-width");

describe("integer-width's scenario.yaml", () => {
  it("expects of every variant the end of its integers", () => {
    for (const variant of scenario.variants) {
      const kind = KINDS[variant.name]!;
      for (const sequence of NAMES) {
        const lines = expectedOutput(scenario, variant, { sequence })?.stdout.trimEnd().split("\n");
        const { name } = variant;
        expect({ name, sequence, lines }).toEqual({ name, sequence, lines: due(kind, sequence) });
      }
      expect(dueExitCode(scenario, variant)).toBe(kind.observed === "panics" ? 101 : 0);
    }
  });
});

await describePrograms(scenario, (program) => {
  const kind = KINDS[program.name]!;

  it("finds the end of its integers, and shows what comes after it", async () => {
    for (const sequence of NAMES) {
      const { code, stdout, stderr } = await program.run({ sequence });
      const lines = due(kind, sequence).map((line) => `${line}\n`).join("");
      const panics = kind.observed === "panics";
      expect({ sequence, code, stdout }).toEqual({
        sequence,
        code: panics ? 101 : 0,
        stdout: lines,
      });
      expect(stderr).toMatch(panics ? /attempt to multiply with overflow/ : /^$/);
      const answers = Object.entries(observe(scenario, stdout, stderr)!);
      expect(answers.filter(([_, yes]) => yes).map(([name]) => name)).toEqual([kind.observed]);
    }
  });

  refusesArguments(program, [[], [""], ["factorial", "power"], ["factor"], ["Power"], ["20"]]);
});
