import { nearest, printable, VersusError } from "../error.ts";

/** How many problems are told at once. */
const SHOWN = 10;
/** How much of a value is shown. */
const VALUE_LENGTH = 60;

/** One thing that is wrong in a file. */
export interface Problem {
  /** Where: `variants.go.run[0]`; empty for the whole file. */
  readonly path: string;
  /** What was found and what was expected. */
  readonly message: string;
}

/** A file that does not say what it should, with all that is wrong in it. */
export class ValidationError extends VersusError {
  /** The file. */
  readonly file: string;
  /** What is wrong, in the order of the file. */
  readonly problems: readonly Problem[];

  /**
   * Words the problems as one message, the first ten of them.
   *
   * @param file The file.
   * @param what What it should be: `a scenario`.
   * @param problems What is wrong; at least one.
   * @param hint What to do about it.
   */
  constructor(file: string, what: string, problems: readonly Problem[], hint?: string) {
    const lines = problems.slice(0, SHOWN).map(({ path, message }) =>
      path === "" ? message : `${path}: ${message}`
    );
    const more = problems.length - SHOWN;
    if (more > 0) lines.push(`and ${more} more`);
    const name = printable(file);
    const message = problems.length === 1
      ? `${name} is not ${what}: ${lines[0]}`
      : `${name} is not ${what}, ${problems.length} problems:\n  ${lines.join("\n  ")}`;
    super(message, hint === undefined ? {} : { hint });
    this.file = file;
    this.problems = problems;
  }
}

/**
 * Writes a path into a document.
 *
 * @param keys Keys and indices from the top.
 * @returns `variants.go.run[0]`.
 */
export function formatPath(keys: readonly (string | number)[]): string {
  let path = "";
  for (const key of keys) {
    if (typeof key === "number") path += `[${key}]`;
    else if (/^[\w$-]{1,64}$/.test(key)) path += path === "" ? key : `.${key}`;
    else path += `[${quote(key)}]`;
  }
  return path;
}

/**
 * Quotes text from outside for a message.
 *
 * @param text Anything.
 * @returns It in quotes, without control characters, cut when long.
 */
export function quote(text: string): string {
  const cut = text.length > VALUE_LENGTH ? text.slice(0, VALUE_LENGTH - 3) + "..." : text;
  return `"${printable(cut)}"`;
}

/**
 * Says what a value is, for "found …".
 *
 * @param value A value from a document.
 * @returns A few words.
 */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  const keys = Object.keys(value);
  // An unquoted {placeholder} is a map in YAML.
  if (keys.length === 1 && (value as Record<string, unknown>)[keys[0]!] === null) {
    return `the map {${printable(keys[0]!).slice(0, VALUE_LENGTH)}}`;
  }
  return keys.length === 0 ? "an empty map" : "a map";
}

/**
 * Suggests what was meant.
 *
 * @param word What was written.
 * @param candidates The valid words.
 * @returns `, did you mean "go"?`, or nothing when no word is near.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near === undefined ? "" : `, did you mean "${near}"?`;
}

/**
 * Lists words for "expected …".
 *
 * @param words The words.
 * @returns `"a", "b" or "c"`.
 */
export function oneOf(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  if (quoted.length <= 1) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
