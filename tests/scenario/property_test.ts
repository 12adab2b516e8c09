/** Every mutation of a valid scenario is either valid again or refused with a path. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { stringify } from "@std/yaml";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { VersusError } from "../../lib/error.ts";
import {
  expandCases,
  expectedOutput,
  parseScenario,
  parseYaml,
  ValidationError,
  workersOf,
} from "../../lib/scenario/mod.ts";
import { VALID } from "./_support.ts";

type Outcome = "valid" | "refused";

const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e300,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "",
  " ",
  "x",
  "1e7",
  "{",
  "{n}",
  "{constructor}",
  "__proto__",
  "toString",
  "../..",
  "/etc/passwd",
  "\u0000",
  "\ud83d\ude00",
  "floor(n / 0)",
  "n".repeat(600),
  [],
  {},
  [[]],
  { a: 1 },
  [null],
  { toolchain: null },
];
const ODD_KEYS = [
  "toString",
  "hasOwnProperty",
  "valueOf",
  "length",
  "0",
  "",
  " ",
  "N",
  "n.m",
  "runs",
];

/** Random choices from a seed, the same everywhere. */
function chooser(seed: number) {
  const random = xoroshiro128plus(seed);
  function below(count: number): number {
    return uniformInt(random, 0, count - 1);
  }
  return { below, of: <T>(items: readonly T[]): T => items[below(items.length)]! };
}

type Chooser = ReturnType<typeof chooser>;

/** All lists and maps of a document. */
function containers(value: unknown): (unknown[] | Record<string, unknown>)[] {
  if (typeof value !== "object" || value === null) return [];
  const children = Array.isArray(value) ? value : Object.values(value);
  return [value as Record<string, unknown>, ...children.flatMap(containers)];
}

/** Changes one thing in a document. */
function mutateValue(document: unknown, choose: Chooser): void {
  const container = choose.of(containers(document));
  const odd = structuredClone(choose.of(ODD_VALUES));
  if (Array.isArray(container)) {
    const index = choose.below(container.length + 1);
    switch (choose.below(3)) {
      case 0:
        container.splice(index, 0, odd);
        return;
      case 1:
        container.splice(index, 1);
        return;
      default:
        container[index] = odd;
        return;
    }
  }
  const keys = Object.keys(container);
  const key = keys.length === 0 ? "x" : choose.of(keys);
  switch (choose.below(4)) {
    case 0:
      container[choose.of(ODD_KEYS)] = odd;
      return;
    case 1:
      delete container[key];
      return;
    case 2:
      container[key + "x"] = container[key] ?? null;
      delete container[key];
      return;
    default:
      container[key] = odd;
      return;
  }
}

/** Changes a few characters of a text. */
function mutateText(text: string, choose: Chooser): string {
  const pieces = [
    "",
    "\t",
    "\n",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "&a",
    "*a",
    "!!x",
    "#",
    "|",
    "\0",
    "é",
  ];
  let result = text;
  for (let i = choose.below(3); i >= 0; i--) {
    const at = choose.below(result.length);
    result = result.slice(0, at) + choose.of(pieces) + result.slice(at + choose.below(4));
  }
  return result;
}

/** Loads text; anything but a scenario or a proper refusal is thrown on. */
function load(text: string): Outcome {
  try {
    const scenario = parseScenario(text, "a.yaml");
    // What is valid can be used.
    for (const one of expandCases(scenario)) {
      expectedOutput(scenario, one.variant, one.params);
      workersOf(one);
    }
    return "valid";
  } catch (error) {
    if (!(error instanceof VersusError)) throw error;
    if (error.exitCode !== 2 || !error.message.startsWith("a.yaml")) throw error;
    if (error instanceof ValidationError) {
      const placed = error.problems.every(({ path, message }) =>
        message !== "" && (path !== "" || error.problems.length === 1)
      );
      if (!placed) throw error;
    }
    return "refused";
  }
}

function count(outcomes: Iterable<Outcome>): Record<Outcome, number> {
  const counts = { valid: 0, refused: 0 };
  for (const outcome of outcomes) counts[outcome]++;
  return counts;
}

describe("mutations of a valid scenario", () => {
  it("of its values are valid or refused with a path", () => {
    const original = parseYaml(VALID, "a.yaml");
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= 1500; seed++) {
      const choose = chooser(seed);
      const document = structuredClone(original);
      for (let i = choose.below(3); i >= 0; i--) mutateValue(document, choose);
      outcomes.push(load(stringify(document, { schema: "core" })));
    }
    const { valid, refused } = count(outcomes);
    expect(valid + refused).toBe(1500);
    // Neither is the rule, or the mutations would test nothing.
    expect(valid).toBeGreaterThan(30);
    expect(refused).toBeGreaterThan(750);
  });

  it("of its text are valid or refused", () => {
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= 1500; seed++) outcomes.push(load(mutateText(VALID, chooser(seed))));
    const { valid, refused } = count(outcomes);
    expect(valid + refused).toBe(1500);
    expect(valid).toBeGreaterThan(30);
    expect(refused).toBeGreaterThan(750);
  });

  it("by cutting it short are valid or refused", () => {
    const outcomes: Outcome[] = [];
    for (let length = 0; length < VALID.length; length += 7) {
      outcomes.push(load(VALID.slice(0, length)));
    }
    expect(count(outcomes).refused).toBeGreaterThan(100);
  });
});
