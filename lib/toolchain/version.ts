/**
 * Versions as toolchains write them, and ranges of them.
 *
 * What is here is not SemVer: compilers and interpreters write `go1.22`, `3.13.0rc1`, `1.8.0_402`
 * and `17.0.15+6`, which SemVer's grammar refuses.
 *
 * @module
 */
import { VersusError } from "../error.ts";

/** A version taken apart. */
export interface Version {
  /** Its numbers, most significant first; as many as were written. */
  readonly numbers: readonly number[];
  /** What kind of pre-release it is and its number; absent for a release. */
  readonly pre?: readonly [rank: number, number: number];
}

/** One condition on a version. */
export interface Comparator {
  /** How the version is to stand to the bound. */
  readonly operator: ">=" | ">" | "<=" | "<" | "=" | "!=";
  /** The bound; `undefined` stands for any version. */
  readonly bound: Version | undefined;
}

/** A range of versions, parsed: alternatives of comparators that must all hold. */
export interface VersionRange {
  /** The range as it was written. */
  readonly text: string;
  /** The alternatives. */
  readonly alternatives: readonly (readonly Comparator[])[];
}

/** Pre-releases from the earliest; a release comes after all of them. */
const PRE_RANKS: Readonly<Record<string, number>> = {
  dev: 0,
  nightly: 1,
  canary: 1,
  ea: 1,
  a: 2,
  alpha: 2,
  b: 3,
  beta: 3,
  c: 4,
  rc: 4,
  pre: 4,
  preview: 4,
};

const VERSION = /^(?:v|go|jdk-?)?(\d{1,9}(?:[._]\d{1,9})*)(?!\d)(.*)$/i;
const PRE =
  /^[-._]?(dev|nightly|canary|ea|alpha|beta|preview|pre|rc|a|b|c)(?![a-z])[-._]?(\d{0,9})/i;

/**
 * Takes a version apart.
 *
 * @param text A version: `3.11.7`, `go1.26.8`, `v20.20.2`, `3.13.0rc1`, `1.8.0_402`, `17.0.15+6`.
 * @returns Its parts, or `undefined` when the text does not start with a version; what follows the
 * numbers and is no pre-release (`+6`, `-deb12u1`) doesn't count.
 */
export function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text.trim());
  if (match === null) return undefined;
  const numbers = match[1]!.split(/[._]/).map(Number);
  const pre = PRE.exec(match[2]!);
  if (pre === null) return { numbers };
  return { numbers, pre: [PRE_RANKS[pre[1]!.toLowerCase()]!, Number(pre[2])] };
}

/**
 * Compares two versions; a missing number counts as 0, a pre-release comes before its release.
 *
 * @param a A version.
 * @param b Another.
 * @returns Below 0 when `a` is the earlier, above 0 when it is the later, else 0.
 */
export function compareVersions(a: Version, b: Version): number {
  const length = Math.max(a.numbers.length, b.numbers.length);
  return compareNumbers(a.numbers, b.numbers, length) || comparePre(a.pre, b.pre);
}

function compareNumbers(a: readonly number[], b: readonly number[], length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparePre(a: Version["pre"], b: Version["pre"]): number {
  if (a === undefined || b === undefined) {
    return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  }
  return a[0] - b[0] || a[1] - b[1];
}

/**
 * Compares a version with a bound by the numbers that the bound gives: 3.11.7 is neither above nor
 * below 3.11, as in npm's ranges; 3.13.0rc1 counts as a 3.13, but not yet as 3.13.0.
 */
function compareWithBound(version: Version, bound: Version): number {
  if (bound.pre !== undefined) return compareVersions(version, bound);
  const given = bound.numbers.length;
  const difference = compareNumbers(version.numbers, bound.numbers, given);
  if (difference !== 0) return difference;
  const written = Math.max(version.numbers.length, 3);
  return given >= written ? comparePre(version.pre, undefined) : 0;
}

function holds(version: Version, { operator, bound }: Comparator): boolean {
  if (bound === undefined) return true;
  const order = compareWithBound(version, bound);
  switch (operator) {
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
  }
}

const COMPARATOR = /^(>=|<=|!=|==|=|>|<)?\s*([^\s,<>=!|]+)[\s,]*/;

/**
 * Parses a range of versions.
 *
 * @param text Comparators that must all hold, apart by spaces or commas, alternatives apart by `||`:
 * `>=3.8`, `>=1.21 <2`, `3.11 || 3.12.x`, `!=3.9.1`, `*`. A bound counts by the numbers it gives:
 * `3.11` is any 3.11.
 * @returns The range.
 * @throws {VersusError} If the text is not such a range.
 */
export function parseRange(text: string): VersionRange {
  const alternatives = text.split("||").map((part) => {
    const comparators: Comparator[] = [];
    let rest = part.trim();
    while (rest !== "") {
      const match = COMPARATOR.exec(rest);
      const comparator = match === null ? undefined : parseComparator(match[1], match[2]!);
      if (match === null || comparator === undefined) throw invalidRange(text, rest);
      comparators.push(comparator);
      rest = rest.slice(match[0].length);
    }
    if (comparators.length === 0) throw invalidRange(text, part);
    return comparators;
  });
  return { text: text.trim(), alternatives };
}

function parseComparator(operator: string | undefined, word: string): Comparator | undefined {
  const sign =
    (operator === undefined || operator === "==" ? "=" : operator) as Comparator["operator"];
  if (/^[x*]$/i.test(word)) {
    return operator === undefined ? { operator: sign, bound: undefined } : undefined;
  }
  const wildcard = /^(.+?)(?:\.[x*])+$/i.exec(word);
  const written = wildcard?.[1] ?? word;
  // The whole word has to be a version, so that ">=3.8foo" is an error and not ">=3.8".
  if (!/^v?\d+(?:[._]\d+)*(?:[-._]?[a-z]+[-._]?\d*)?$/i.test(written)) return undefined;
  const bound = parseVersion(written);
  if (bound === undefined) return undefined;
  if (bound.pre === undefined && /[a-z]/i.test(written.replace(/^v/i, ""))) return undefined;
  return wildcard !== null && bound.pre !== undefined ? undefined : { operator: sign, bound };
}

function invalidRange(text: string, rest: string): VersusError {
  const where = rest.trim() === "" ? "an empty part" : `"${rest.trim().slice(0, 40)}"`;
  return new VersusError(`Version range "${text.slice(0, 80)}" is not valid at ${where}`, {
    hint: 'Write comparators such as ">=3.8", ">=1.21 <2" or "3.11 || 3.12"',
  });
}

/**
 * Tells whether a version is in a range.
 *
 * @param version A version as a toolchain writes it; one that can't be read is in no range.
 * @param range A range, parsed or as text for {@linkcode parseRange}.
 * @returns Whether it is.
 * @throws {VersusError} If the range's text is not a range.
 */
export function satisfies(version: string, range: string | VersionRange): boolean {
  const { alternatives } = typeof range === "string" ? parseRange(range) : range;
  const parsed = parseVersion(version);
  if (parsed === undefined) return false;
  return alternatives.some((all) => all.every((comparator) => holds(parsed, comparator)));
}
