import type { Parameters, Scenario, Variant } from "./types.ts";
import { evaluateRule } from "./rule.ts";

/** The output that is due. */
export interface ExpectedOutput {
  /** What the program prints, or {@linkcode digestText} of it. */
  readonly stdout: string;
  /** Whether it is the digest of all bytes that counts. */
  readonly digest?: true;
  /** The largest relative difference of numbers; without it, the text has to be the same. */
  readonly tolerance?: number;
}

/** Whether an output is the expected one; both are given without trailing white space. */
export type OutputCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly expected: string; readonly actual: string };

function matches(given: Parameters, params: Parameters): boolean {
  return Object.entries(given).every(([name, value]) => params[name] === value);
}

/**
 * Tells what a program has to print.
 *
 * The first known result whose parameters all match is taken, else the rule. A rule whose result is
 * not a whole number is compared as a number, because languages write such numbers differently.
 *
 * @param scenario The scenario.
 * @param variant The variant: what it expects stands for the scenario's. One that throws its result away
 * prints what it likes, unless it says otherwise.
 * @param params The value of every parameter.
 * @returns The output, or `undefined` when the scenario doesn't say.
 * @throws {VersusError} If the rule has no result for these values.
 */
export function expectedOutput(
  scenario: Scenario,
  variant: Variant,
  params: Parameters,
): ExpectedOutput | undefined {
  const expect = variant.expect ?? (variant.unused === undefined ? scenario.expect : {});
  const { rule, results = [], tolerance } = expect;
  const given = tolerance === undefined ? {} : { tolerance };
  const known = results.find((result) => matches(result.params, params));
  if (known?.sha256 !== undefined) return { stdout: digestText(known.sha256), digest: true };
  if (known?.stdout !== undefined) return { stdout: known.stdout, ...given };
  if (rule === undefined) return undefined;
  const { text, whole } = evaluateRule(rule, scenario.parameters, params);
  return { stdout: text, ...(whole ? {} : { tolerance: 0 }), ...given };
}

/**
 * Gives the words that stand for an output of which only the digest counts.
 *
 * @param sha256 The digest, in hexadecimal digits.
 * @returns What is compared and shown in the place of the output.
 */
export function digestText(sha256: string): string {
  return `bytes whose SHA-256 is ${sha256}`;
}

/** Line ends as line feeds, without white space at the end of lines and of the text. */
function normalise(text: string): string {
  return text.replaceAll(/[^\S\n]+(?=\n|$)/g, "").trimEnd();
}

function near(expected: string, actual: string, tolerance: number): boolean {
  if (expected === actual) return true;
  const [a, b] = [Number(expected), Number(actual)];
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= tolerance * (a === 0 ? 1 : Math.abs(a));
}

/**
 * Compares what a program printed with what it should have.
 *
 * White space at the end of lines and of the output does not count. Without a tolerance the rest has
 * to be the same. With one, words are compared one by one: numbers may differ by the tolerance times
 * the expected number (by the tolerance itself where that is 0), other words have to be the same.
 *
 * @param expected What is due.
 * @param stdout What was printed.
 * @returns Whether it is right; if not, both texts.
 */
export function checkOutput(expected: ExpectedOutput, stdout: string): OutputCheck {
  const [due, actual] = [normalise(expected.stdout), normalise(stdout)];
  if (due === actual) return { ok: true };
  const { tolerance } = expected;
  if (tolerance !== undefined) {
    const [dueWords, actualWords] = [due.split(/\s+/), actual.split(/\s+/)];
    const same = dueWords.length === actualWords.length &&
      dueWords.every((word, i) => near(word, actualWords[i]!, tolerance));
    if (same && actual !== "") return { ok: true };
  }
  return { ok: false, expected: due, actual };
}
