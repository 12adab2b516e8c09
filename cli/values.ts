/** Reads the values of options: times, percentages, lists, assignments. */
import { nearest, printable, VersusError } from "../lib/error.ts";

const SECONDS: Readonly<Record<string, number>> = {
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
};

function invalid(option: string, text: string, expected: string): VersusError {
  return new VersusError(`Found ${printable(text)} for ${option}, expected ${expected}`, {
    hint: "See the options with: versus COMMAND --help",
  });
}

/**
 * Reads a length of time.
 *
 * @param option The option, for the message.
 * @param text For example `60s`, `1.5m`, `250ms`, `2h`; a bare number is seconds.
 * @returns Seconds, above zero.
 * @throws {VersusError} If it is something else.
 */
export function parseSeconds(option: string, text: string): number {
  const match = text.trim().match(/^(\d+(?:\.\d+)?(?:e\d+)?)\s*([a-zµ]*)$/i);
  const unit = match === null ? undefined : SECONDS[match[2] === "" ? "s" : match[2]!];
  const seconds = match === null || unit === undefined ? NaN : Number(match[1]) * unit;
  if (!(seconds > 0 && Number.isFinite(seconds))) {
    throw invalid(option, text, "a time above zero such as 250ms, 60s, 5m or 2h");
  }
  return seconds;
}

/**
 * Reads a share.
 *
 * @param option The option, for the message.
 * @param text For example `2%` or `0.5%`; a bare number is percent too.
 * @returns Percent, at least zero.
 * @throws {VersusError} If it is something else.
 */
export function parsePercent(option: string, text: string): number {
  const match = text.trim().match(/^(\d+(?:\.\d+)?)\s*%?$/);
  if (match === null) throw invalid(option, text, "a percentage such as 2% or 0.5%");
  return Number(match[1]);
}

/**
 * Reads a whole number.
 *
 * @param option The option, for the message.
 * @param text For example `10`.
 * @param least The smallest that is allowed.
 * @returns The number.
 * @throws {VersusError} If it is something else, or smaller.
 */
export function parseCount(option: string, text: string, least = 0): number {
  const value = /^\d+(e\d+)?$/.test(text.trim()) ? Number(text) : NaN;
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw invalid(option, text, `a whole number of at least ${least}`);
  }
  return value;
}

/**
 * Reads a list.
 *
 * @param texts Each may hold several, separated by commas.
 * @returns The parts without blanks and repetitions; none if nothing was given.
 */
export function parseList(texts: string | readonly string[] | undefined): string[] {
  const all = texts === undefined ? [] : typeof texts === "string" ? [texts] : texts;
  return [...new Set(all.flatMap((t) => t.split(",")).map((t) => t.trim()).filter(Boolean))];
}

/**
 * Reads assignments.
 *
 * @param option The option, for the message.
 * @param texts For example `["n=1e8", "workers=4"]`.
 * @returns Names to texts; a later one wins.
 * @throws {VersusError} If one has no `=` or no name.
 */
export function parseAssignments(
  option: string,
  texts: readonly string[] | undefined,
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const text of texts ?? []) {
    const at = text.indexOf("=");
    if (at < 1) throw invalid(option, text, "NAME=VALUE");
    found[text.slice(0, at).trim()] = text.slice(at + 1).trim();
  }
  return found;
}

/**
 * Checks a word against those that are valid.
 *
 * @param what What the word is, for the message: `language`.
 * @param word What was typed.
 * @param valid The valid words.
 * @returns The word.
 * @throws {VersusError} With the nearest valid word, or all of them.
 */
export function oneOf<T extends string>(what: string, word: string, valid: readonly T[]): T {
  const found = valid.find((v) => v === word);
  if (found !== undefined) return found;
  const near = nearest(word, valid);
  throw new VersusError(
    `Unknown ${what} ${printable(word)}${near === undefined ? "" : `; did you mean ${near}?`}`,
    { hint: `Valid are: ${valid.join(", ")}` },
  );
}
