import { nearest, printable } from "../error.ts";

/** What is told of a mistake in YAML: where, what, and what to do. */
export interface YamlMistake {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1. */
  readonly column: number;
  /** What was found. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** What the parser's errors carry; `@std/yaml` exports no class to test for in all versions. */
interface ParserError extends Error {
  readonly offset?: number;
}

const QUOTE_HINT = "Close the quote on the line where it was opened";
const LIST_HINT =
  'Separate entries with commas, close every bracket, and put text with { or } in quotes: "{n}"';

/** Line and column, both from 1, of an offset. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, offset)).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** The line of text, short enough to print. */
function lineText(text: string, line: number): string {
  const found = (text.split(/\r\n|\r|\n/)[line - 1] ?? "").trim();
  return printable(found.length > 60 ? found.slice(0, 57) + "..." : found);
}

/** The first line that leaves a quote open: most likely the one that was forgotten. */
function openQuote(text: string, quote: string): number | undefined {
  const lines = text.split(/\r\n|\r|\n/);
  const found = lines.findIndex((line) => {
    const plain = line.replaceAll(/\\./g, "");
    return new RegExp(`(^|[\\s,:\\[{-])${quote}`).test(plain) &&
      plain.split(quote).length % 2 === 0;
  });
  return found === -1 ? undefined : found + 1;
}

function explain(said: string, text: string, line: number): [message: string, hint: string] {
  const key = /^[\s{,-]*["']?([^"':]+)["']?\s*:/.exec(lineText(text, line))?.[1];
  if (said.includes("duplicated key")) {
    return [
      `key ${key === undefined ? "" : `"${key.trim()}" `}is given twice`,
      "Remove one of them",
    ];
  }
  if (said.includes("more than 1 document")) {
    return [
      "a second document starts here, expected one",
      "Put each document in a file of its own",
    ];
  }
  if (said.includes("quoted scalar") && said.includes("Unexpected end")) {
    const quote = said.includes("single") ? "'" : '"';
    const opened = openQuote(text, quote);
    const where = opened === undefined ? "" : `, probably the one that line ${opened} opens`;
    return [`the file ends inside ${quote} quotes${where}`, QUOTE_HINT];
  }
  if (said.includes("unknown tag")) {
    const tag = /!<(.*)>/.exec(said)?.[1]?.replace("tag:yaml.org,2002:", "!!") ?? "";
    return [`tag ${printable(tag)} is not supported`, "Write plain text, numbers, lists and maps"];
  }
  if (said.includes("unidentified alias")) {
    const alias = /alias "(.*)"/.exec(said)?.[1] ?? "";
    const anchors = [...text.matchAll(/&([^\s,[\]{}]+)/g)].map((match) => match[1]!);
    const near = nearest(alias, anchors);
    const meant = near === undefined ? "" : `, did you mean "${printable(near)}"?`;
    return [
      `alias "${printable(alias)}" has no anchor${meant}`,
      "Put text that starts with * in quotes",
    ];
  }
  if (said.includes("bad indentation")) {
    return [
      `bad indentation of "${lineText(text, line)}"`,
      "Align it with the lines it belongs to",
    ];
  }
  if (said.includes("flow collection")) {
    const what = said.includes("missing comma") ? "a comma is missing" : "a bracket is not closed";
    return [`${what} in a list or map`, LIST_HINT];
  }
  if (said.includes("non-printable")) return ["a control character", "Remove it"];
  const near = lineText(text, line);
  return [
    `"${near}" is not valid YAML here`,
    'Write "key: value" with a blank after the colon; put text with : # { [ * & ! @ % in quotes',
  ];
}

/**
 * Words a parser's error for a person.
 *
 * @param error What the parser threw.
 * @param text What it read.
 * @returns Where and what; `undefined` if it is no error of the parser.
 */
export function explainYamlError(error: unknown, text: string): YamlMistake | undefined {
  if (!(error instanceof SyntaxError)) return undefined;
  const { message, offset } = error as ParserError;
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const position = positionAt(body, offset ?? 0);
  const [said, hint] = explain(message.split("\n")[0]!, body, position.line);
  return { ...position, message: said, hint };
}
