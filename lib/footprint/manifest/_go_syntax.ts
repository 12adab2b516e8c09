/**
 * The line syntax of `go.mod` and `go.work`.
 *
 * Source: the Go Modules Reference, section "go.mod files", "Lexical elements" and "Grammar".
 */
import { printable } from "../../error.ts";
import { badManifest, linesOf } from "./_text.ts";
import type { ManifestFile } from "./types.ts";

/** One directive, blocks taken apart. */
export interface Directive {
  /** `require`, `replace`. */
  readonly verb: string;
  /** What follows it, quotes taken off. */
  readonly words: readonly string[];
  /** Its comment, without `//`. */
  readonly comment: string;
  /** Its line, from 1. */
  readonly line: number;
}

const HINT = "Run go mod tidy, or restore the file";

/** A word: quoted, raw, or up to the next blank. */
const WORD = /"((?:[^"\\]|\\.)*)"|`([^`]*)`|([^\s"`]+)/y;

function words(file: ManifestFile, text: string, line: number): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (match === null) {
      throw badManifest(file.path, `found an open quote at line ${line}`, HINT);
    }
    found.push(match[1] ?? match[2] ?? match[3]!);
    at = WORD.lastIndex;
  }
  return found;
}

/**
 * Takes a file apart.
 *
 * @param file A go.mod or go.work file.
 * @param verbs The directives that may occur.
 * @throws {VersusError} If a directive is not known, or a block is not closed.
 */
export function goDirectives(file: ManifestFile, verbs: ReadonlySet<string>): Directive[] {
  const result: Directive[] = [];
  let block: { verb: string; line: number } | undefined;
  linesOf(file.text).forEach((raw, index) => {
    const line = index + 1;
    const slashes = /(?:^|\s)\/\//.exec(raw);
    const code = (slashes === null ? raw : raw.slice(0, slashes.index)).trim();
    const comment = slashes === null ? "" : raw.slice(slashes.index).trim().slice(2).trim();
    if (code === "") return;
    if (block !== undefined) {
      if (code === ")") block = undefined;
      else result.push({ verb: block.verb, words: words(file, code, line), comment, line });
      return;
    }
    const [verb, ...rest] = words(file, code.replace(/\s*\($/, " ("), line);
    if (!verbs.has(verb!)) {
      throw badManifest(
        file.path,
        `found ${printable(verb!.slice(0, 60))} at line ${line}, expected ${[...verbs].join(", ")}`,
        HINT,
      );
    }
    if (rest.length === 1 && rest[0] === "(") block = { verb: verb!, line };
    else result.push({ verb: verb!, words: rest, comment, line });
  });
  if (block !== undefined) {
    const { verb, line } = block as { verb: string; line: number };
    throw badManifest(file.path, `the ${verb} block of line ${line} is not closed`, HINT);
  }
  return result;
}

/** A version as Go writes it: `v1.2.3`, `v0.0.0-20240101000000-abcdef123456`, `v2.0.0+incompatible`. */
const VERSION = /^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** Whether a text is a full version. */
export function isGoVersion(text: string): boolean {
  return VERSION.test(text);
}

/**
 * Compares two versions by the rules of Semantic Versioning 2.0.0, section 11.
 *
 * @returns Below zero if `a` is older.
 */
export function compareGoVersions(a: string, b: string): number {
  const [coreA, preA] = split(a);
  const [coreB, preB] = split(b);
  for (let i = 0; i < 3; i++) {
    const difference = Number(coreA[i]) - Number(coreB[i]);
    if (difference !== 0) return difference;
  }
  if (preA.length === 0 || preB.length === 0) return preB.length - preA.length;
  for (let i = 0; i < Math.max(preA.length, preB.length); i++) {
    const [x, y] = [preA[i], preB[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (x === y) continue;
    const [numericX, numericY] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (numericX && numericY) return Number(x) - Number(y);
    if (numericX !== numericY) return numericX ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}

function split(version: string): [string[], string[]] {
  const [core, ...pre] = version.replace(/^v/, "").split("+")[0]!.split("-");
  const text = pre.join("-");
  return [core!.split("."), text === "" ? [] : text.split(".")];
}
