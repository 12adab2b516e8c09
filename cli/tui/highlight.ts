/**
 * Highlights source code: comments, strings, numbers, keywords. It reads tokens, not grammar, which is
 * enough to find one's way in the short programs of scenarios.
 */
import { type Span, type Style, style } from "../../lib/tui/mod.ts";

interface Syntax {
  /** Regular expressions of comments. */
  readonly comment: string;
  /** Regular expressions of strings; those over several lines first. */
  readonly string: string;
  /** Words with a meaning of their own. */
  readonly keywords: string;
}

const C_COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
const C_STRING = String.raw`"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?`;

const SYNTAX: Readonly<Record<string, Syntax>> = {
  python: {
    comment: String.raw`#[^\n]*`,
    string: String.raw`[rbfuRBFU]{0,2}(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|` +
      String.raw`"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?)`,
    keywords:
      "and as assert async await break class continue def del elif else except finally for " +
      "from global if import in is lambda match nonlocal not or pass raise return try while with " +
      "yield None True False",
  },
  go: {
    comment: C_COMMENT,
    string: String.raw`\x60[^\x60]*\x60?|` + C_STRING,
    keywords: "break case chan const continue default defer else fallthrough for func go goto if " +
      "import interface map package range return select struct switch type var nil true false",
  },
  rust: {
    comment: C_COMMENT,
    // A lifetime is no string: a quote needs its other one.
    string: String.raw`b?"(?:\\[\s\S]|[^"\\])*"?|b?'(?:\\[^\n]+?|[^'\\\n])'`,
    keywords:
      "as async await break const continue crate dyn else enum extern fn for if impl in let " +
      "loop match mod move mut pub ref return self Self static struct super trait true false type " +
      "unsafe use where while",
  },
  c: {
    comment: C_COMMENT,
    string: C_STRING,
    keywords: "auto break case char const continue default do double else enum extern float for " +
      "goto if inline int long register return short signed sizeof static struct switch typedef " +
      "union unsigned void volatile while bool true false NULL",
  },
  java: {
    comment: C_COMMENT,
    string: String.raw`"""[\s\S]*?(?:"""|$)|` + C_STRING,
    keywords: "abstract boolean break byte case catch char class continue default do double else " +
      "enum extends final finally float for if implements import instanceof int interface long " +
      "new package private protected public record return short static super switch this throw " +
      "throws try var void while yield null true false",
  },
  typescript: {
    comment: C_COMMENT,
    string: String.raw`\x60(?:\\[\s\S]|[^\x60\\])*\x60?|` + C_STRING,
    keywords: "as async await break case catch class const continue default delete do else enum " +
      "export extends finally for from function if implements import in instanceof interface let " +
      "new of readonly return static super switch this throw try type typeof using var void while " +
      "yield null undefined true false",
  },
  shell: {
    comment: String.raw`(?<![$\w])#[^\n]*`,
    string: String.raw`"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?`,
    keywords: "case do done elif else esac fi for function if in then until while return local",
  },
};

const NUMBER = String
  .raw`\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)`;

interface Reader {
  readonly pattern: RegExp;
  readonly keywords: ReadonlySet<string>;
}

const readers = new Map<string, Reader>();

function readerOf(language: string): Reader | undefined {
  const known = readers.get(language);
  const syntax = SYNTAX[language === "javascript" ? "typescript" : language];
  if (known !== undefined || syntax === undefined) return known;
  const { comment, string, keywords } = syntax;
  const reader = {
    pattern: new RegExp(
      `(?<comment>${comment})|(?<string>${string})|(?<word>[\\p{L}_]\\w*)|(?<number>${NUMBER})`,
      "gu",
    ),
    keywords: new Set(keywords.split(" ")),
  };
  readers.set(language, reader);
  return reader;
}

/**
 * Highlights source code.
 *
 * @param text The source.
 * @param language The language; others than the known ones stay plain.
 * @returns The pieces of each line; tabs are four spaces.
 */
export function highlight(text: string, language: string): Span[][] {
  const reader = readerOf(language);
  const lines: Span[][] = [[]];
  function add(piece: string, look: Style): void {
    for (const [i, part] of piece.split("\n").entries()) {
      if (i > 0) lines.push([]);
      if (part !== "") lines.at(-1)!.push({ text: part, style: look });
    }
  }
  const clean = text.replace(/\r\n?/g, "\n").replaceAll("\t", "    ").replace(/\n$/, "");
  let at = 0;
  for (const match of reader === undefined ? [] : clean.matchAll(reader.pattern)) {
    const role = roleOf(match, reader!.keywords);
    if (role === undefined) continue;
    add(clean.slice(at, match.index), 0);
    add(match[0], style(role));
    at = match.index + match[0].length;
  }
  add(clean.slice(at), 0);
  return lines;
}

function roleOf(match: RegExpExecArray, keywords: ReadonlySet<string>) {
  const { comment, string, word, number } = match.groups ?? {};
  if (comment !== undefined) return "comment";
  if (string !== undefined) return "string";
  if (number !== undefined) return "number";
  return word !== undefined && keywords.has(word) ? "keyword" : undefined;
}
