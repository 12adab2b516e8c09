/** The signs that output for people is drawn with, and their plain ASCII forms. */

/** One set of signs. */
export interface Symbols {
  /** Whether text is limited to ASCII. */
  readonly ascii: boolean;
  /** The prefix of microseconds. */
  readonly micro: string;
  /** Between a value and half its interval. */
  readonly plusMinus: string;
  /** After a ratio. */
  readonly times: string;
  /** Before an upper bound. */
  readonly atMost: string;
  /** Before a sum over several. */
  readonly sum: string;
  /** In the place of what was cut. */
  readonly ellipsis: string;
  /** Between the ends of a range. */
  readonly to: string;
  /** Between the parts of a line. */
  readonly dot: string;
  /** Before an advice. */
  readonly arrow: string;
  /** The parts of a bar: eighths of a cell, the last one full. */
  readonly blocks: readonly string[];
  /** The empty part of a progress bar. */
  readonly track: string;
  /** The points of curves, one sign a series. */
  readonly marks: readonly string[];
  /** A dotted line in a legend. */
  readonly dotted: string;
  /** The line at the side of a drawing. */
  readonly side: string;
  /** The same with a value beside it. */
  readonly sideTick: string;
  /** The line below a drawing. */
  readonly bottom: string;
  /** Where the two meet. */
  readonly corner: string;
}

const UNICODE: Symbols = {
  ascii: false,
  micro: "µ",
  plusMinus: "±",
  times: "×",
  atMost: "≤",
  sum: "Σ",
  ellipsis: "…",
  to: "–",
  dot: "·",
  arrow: "→",
  blocks: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
  track: "░",
  marks: [..."●○■□▲△◆◇▼▽★☆"],
  dotted: "⠒⠒",
  side: "│",
  sideTick: "┤",
  bottom: "─",
  corner: "└",
};

const ASCII: Symbols = {
  ascii: true,
  micro: "u",
  plusMinus: "+-",
  times: "x",
  atMost: "<=",
  sum: "sum",
  ellipsis: "...",
  to: "-",
  dot: "-",
  arrow: "->",
  blocks: ["#"],
  track: "-",
  marks: [..."o*x+#@%&=abc"],
  dotted: "..",
  side: "|",
  sideTick: "+",
  bottom: "-",
  corner: "+",
};

/**
 * Chooses the signs.
 *
 * @param ascii Whether the reader can show ASCII only.
 * @returns The set.
 */
export function symbols(ascii = false): Symbols {
  return ascii ? ASCII : UNICODE;
}
