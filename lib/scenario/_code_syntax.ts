/** What counts as a comment, and what hides comment marks, by language. */

/** A piece of source text. */
export interface Piece {
  /** Whether it is a comment, which does not count. */
  readonly comment: boolean;
  /** Where it ends. */
  readonly end: number;
}

/** Finds the piece that starts at a place, or nothing when it is an ordinary character. */
export type Reader = (text: string, at: number, before: string) => Piece | undefined;

/** A language: readers in the order in which they are tried. */
export type Syntax = readonly Reader[];

function piece(pattern: RegExp, comment: boolean): Reader {
  const sticky = new RegExp(pattern.source, "y");
  return (text, at) => {
    sticky.lastIndex = at;
    return sticky.test(text) ? { comment, end: sticky.lastIndex } : undefined;
  };
}

const code = (pattern: RegExp) => piece(pattern, false);
const comment = (pattern: RegExp) => piece(pattern, true);

const LINE_COMMENT = comment(/\/\/[^\n]*/);
const BLOCK_COMMENT = comment(/\/\*[\s\S]*?(?:\*\/|$)/);
/** A word, so that what looks like a prefix at its end is none. */
const WORD = code(/[A-Za-z_$][\w$]*/);
const DOUBLE = code(/"(?:\\[\s\S]|[^"\\\n])*"?/);
const SINGLE = code(/'(?:\\[\s\S]|[^'\\\n])*'?/);

/** Comments in Rust nest. */
function nestedComment(text: string, at: number): Piece | undefined {
  if (!text.startsWith("/*", at)) return undefined;
  const mark = /\/\*|\*\//g;
  mark.lastIndex = at;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return { comment: true, end: mark.lastIndex };
  }
  return { comment: true, end: text.length };
}

/** Where a template literal ends whose backtick is at a place; `${…}` may hold further ones. */
function templateEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (depth === 0 && text[i] === "`") return i + 1;
    else if (depth === 0 && text.startsWith("${", i)) {
      depth = 1;
      i++;
    } else if (depth > 0) {
      if (text[i] === "{") depth++;
      else if (text[i] === "}") depth--;
      else if (text[i] === "`") i = templateEnd(text, i) - 1;
      else if (text[i] === '"' || text[i] === "'") {
        i = (DOUBLE(text, i, "") ?? SINGLE(text, i, ""))!.end - 1;
      }
    }
  }
  return text.length;
}

/** After these a slash starts a regular expression, after other text it divides. */
const BEFORE_EXPRESSION =
  /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|new|delete|void|throw|do|else|yield|await)) ?$/;
const REGULAR = code(/\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/);

const TYPESCRIPT: Syntax = [
  (text, at) => at === 0 ? comment(/#![^\n]*/)(text, at, "") : undefined,
  LINE_COMMENT,
  BLOCK_COMMENT,
  WORD,
  DOUBLE,
  SINGLE,
  (text, at) => text[at] === "`" ? { comment: false, end: templateEnd(text, at) } : undefined,
  (text, at, before) => BEFORE_EXPRESSION.test(before) ? REGULAR(text, at, before) : undefined,
];

const C: Syntax = [
  // A backslash at its end continues the comment on the next line.
  comment(/\/\/(?:\\\r?\n|[^\n])*/),
  BLOCK_COMMENT,
  DOUBLE,
  SINGLE,
];

const GO: Syntax = [LINE_COMMENT, BLOCK_COMMENT, DOUBLE, SINGLE, code(/`[^`]*`?/)];

const JAVA: Syntax = [
  LINE_COMMENT,
  BLOCK_COMMENT,
  code(/"""(?:\\[\s\S]|(?!""")[\s\S])*(?:""")?/),
  DOUBLE,
  SINGLE,
];

const RUST: Syntax = [
  LINE_COMMENT,
  nestedComment,
  code(/[bc]?r(#*)"[\s\S]*?(?:"\1|$)/),
  WORD,
  code(/"(?:\\[\s\S]|[^"\\])*"?/),
  // What has no second quote is a lifetime.
  code(/'(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\\n])'/),
];

/** A `#` in the middle of a word is no comment; here-documents are read by their delimiter. */
const SHELL: Syntax = [
  (text, at) =>
    at === 0 || /[\s;&|()]/.test(text[at - 1]!) ? comment(/#[^\n]*/)(text, at, "") : undefined,
  code(/<<<|\\[\s\S]/),
  code(/<<-?[ \t]*(['"]?)(\w+)\1[^\n]*\n(?:[\s\S]*?\n)??[ \t]*\2(?=\n|$)/),
  code(/'[^']*'?/),
  code(/"(?:\\[\s\S]|[^"\\])*"?/),
];

const PYTHON_STRING =
  /[rRbBuUfFtT]{0,3}(?:("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1)?|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?)/;
const STRING = code(PYTHON_STRING);
/** Nothing but a comment up to the end of the line. */
const REST_OF_LINE = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;

/** A string that is a statement of its own documents what it stands in. */
function pythonString(text: string, at: number, before: string): Piece | undefined {
  const found = STRING(text, at, before);
  if (found === undefined) return undefined;
  REST_OF_LINE.lastIndex = found.end;
  return { ...found, comment: before === "" && REST_OF_LINE.test(text) };
}

const PYTHON: Syntax = [comment(/#[^\n]*/), pythonString, WORD];

/** Endings of file names to the language they are in. */
export const SYNTAXES: Readonly<Record<string, Syntax>> = {
  ".py": PYTHON,
  ".go": GO,
  ".rs": RUST,
  ".ts": TYPESCRIPT,
  ".mts": TYPESCRIPT,
  ".js": TYPESCRIPT,
  ".mjs": TYPESCRIPT,
  ".c": C,
  ".h": C,
  ".java": JAVA,
  ".sh": SHELL,
};
