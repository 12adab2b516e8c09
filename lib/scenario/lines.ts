/**
 * Lines of code: lines that hold anything but white space and comments.
 *
 * The rule, for all languages: a line counts once if any part of it is code. Blank lines do not count,
 * nor do they inside strings. Comments do not count, wherever they are: line and block comments
 * (nested in Rust), `#!` lines, and in Python strings that are statements of their own, as docstrings
 * are. Comment marks inside of strings, characters, raw strings, templates, regular expressions and
 * here-documents are code. Braces, imports, attributes and preprocessor lines are code. Only sources
 * count, by the ending of their name; manifests and lock files do not.
 */
import { extname, join } from "node:path";
import { type Piece, type Syntax, SYNTAXES } from "./_code_syntax.ts";
import { sourceFiles } from "./sources.ts";
import type { Scenario, Variant } from "./types.ts";

/** How much of a line's code is kept to decide what may follow it. */
const BEFORE = 16;

/**
 * Counts lines of code in a text.
 *
 * @param text The source.
 * @param extension The ending of its file's name, which says the language: `.py`.
 * @returns The number of lines; `undefined` for an ending that is none of a source.
 */
export function countLines(text: string, extension: string): number | undefined {
  const syntax = SYNTAXES[extension];
  if (syntax === undefined) return undefined;
  const python = extension === ".py";
  const lines = new Set<number>();
  let line = 0;
  let depth = 0;
  // The code before a place; in Python that of the same statement.
  let before = "";
  for (let at = 0; at < text.length;) {
    const found = readPiece(syntax, text, at, before);
    const part = text.slice(at, found.end);
    for (const char of part) {
      if (char === "\n") line++;
      else if (!found.comment && !/\s/.test(char)) lines.add(line);
    }
    if (!found.comment) {
      if (part.length === 1 && "([{".includes(part)) depth++;
      if (part.length === 1 && ")]}".includes(part)) depth--;
      const continued = before.endsWith("\\") || depth > 0;
      const ends = python && (part === ";" || (part === "\n" && !continued));
      before = ends ? "" : (before + part.replace(/\s+/g, " ")).trimStart().slice(-BEFORE);
    }
    at = found.end;
  }
  return lines.size;
}

function readPiece(syntax: Syntax, text: string, at: number, before: string): Piece {
  for (const read of syntax) {
    const found = read(text, at, before);
    if (found !== undefined) return found;
  }
  return { comment: false, end: at + 1 };
}

/**
 * Counts the lines of code of a variant's sources.
 *
 * @param scenario The scenario that it belongs to.
 * @param variant The variant.
 * @returns The sum over its files; `undefined` when none of them is a source that is known.
 * @throws {VersusError} If a file is missing.
 */
export async function linesOfCode(
  scenario: Pick<Scenario, "folder">,
  variant: Pick<Variant, "files">,
): Promise<number | undefined> {
  let sum: number | undefined;
  for (const file of await sourceFiles(scenario, variant)) {
    const extension = extname(file);
    if (!Object.hasOwn(SYNTAXES, extension)) continue;
    const text = await Deno.readTextFile(join(scenario.folder, file));
    sum = (sum ?? 0) + countLines(text, extension)!;
  }
  return sum;
}
