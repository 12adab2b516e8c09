/** The signs that screens are drawn with, and their plain ASCII forms. */

/** One set of signs. */
export interface Signs {
  /** Whether everything is limited to ASCII. */
  readonly ascii: boolean;
  /** In the place of what was cut. */
  readonly ellipsis: string;
  /** Before the row that is selected. */
  readonly pointer: string;
  /** Beside a heading that is sorted by, ascending and descending. */
  readonly up: string;
  /** See `up`. */
  readonly down: string;
  /** Before and after a tab bar that goes on. */
  readonly more: readonly [string, string];
  /** Eighths of a cell from left to right, the last one full. */
  readonly blocks: readonly string[];
  /** Eighths of a cell from below, the last one full. */
  readonly levels: readonly string[];
  /** The empty part of a bar. */
  readonly track: string;
  /** Lines: horizontal, vertical, four corners from the upper left clockwise. */
  readonly lines: readonly [string, string, string, string, string, string];
  /** A box that is ticked, and one that is not. */
  readonly ticks: readonly [string, string];
  /** Between a value and half its interval. */
  readonly plusMinus: string;
  /** After a ratio. */
  readonly times: string;
  /** Between the parts of a line. */
  readonly dot: string;
  /** Before what follows. */
  readonly arrow: string;
  /** A cell without a value. */
  readonly none: string;
  /** One mark for each of several series. */
  readonly marks: readonly string[];
}

const UNICODE: Signs = {
  ascii: false,
  ellipsis: "…",
  pointer: "▸",
  up: "▲",
  down: "▼",
  more: ["‹", "›"],
  blocks: [..."▏▎▍▌▋▊▉█"],
  levels: [..."▁▂▃▄▅▆▇█"],
  track: "·",
  lines: ["─", "│", "┌", "┐", "┘", "└"],
  ticks: ["[×]", "[ ]"],
  plusMinus: "±",
  times: "×",
  dot: "·",
  arrow: "→",
  none: "–",
  marks: [..."●○◆◇▲△"],
};

const ASCII: Signs = {
  ascii: true,
  ellipsis: "~",
  pointer: ">",
  up: "^",
  down: "v",
  more: ["<", ">"],
  blocks: ["#"],
  levels: [..."_.-=#"],
  track: ".",
  lines: ["-", "|", "+", "+", "+", "+"],
  ticks: ["[x]", "[ ]"],
  plusMinus: "+-",
  times: "x",
  dot: "-",
  arrow: "->",
  none: "-",
  marks: [..."*o+x#@"],
};

/**
 * Chooses the signs.
 *
 * @param ascii Whether the terminal can show ASCII only.
 * @returns The set.
 */
export function signs(ascii = false): Signs {
  return ascii ? ASCII : UNICODE;
}

/**
 * Writes text in ASCII as far as there is an equivalent; the rest becomes question marks.
 *
 * @param text Anything.
 * @returns Text of ASCII only.
 */
export function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (c) => EQUIVALENTS[c] ?? plainLetter(c));
}

const EQUIVALENTS: Readonly<Record<string, string>> = {
  "±": "+-",
  "×": "x",
  "·": "-",
  "…": "~",
  "–": "-",
  "—": "-",
  "→": "->",
  "≤": "<=",
  "≥": ">=",
  "µ": "u",
  "Σ": "sum",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "−": "-",
  "ß": "ss",
};

/** An accented letter without its accent. */
function plainLetter(c: string): string {
  const base = c.normalize("NFD")[0]!;
  return /[\x20-\x7e]/.test(base) ? base : "?";
}
