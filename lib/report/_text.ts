/** Text in cells of a terminal: cleaning, measuring, cutting and wrapping. */
import stringWidth from "string-width";
import { printable } from "../error.ts";
import { type Symbols, symbols } from "./_symbols.ts";

const segmenter = new Intl.Segmenter();
const PLAIN = /^[\x20-\x7e]*$/;
/** What is drawn as nothing, or changes how its neighbours are drawn. */
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/gu;

/**
 * Measures text as a terminal draws it.
 *
 * @param text May hold colours; they count nothing.
 * @returns The number of cells.
 */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** The sum of the widths of the code points, each on its own. */
function simpleWidth(text: string): number {
  let width = 0;
  for (const char of text) width += stringWidth(char);
  return width;
}

function escapeCode(char: string): string {
  return `\\u{${char.codePointAt(0)!.toString(16)}}`;
}

/**
 * Shows a cluster that terminals (and width tables) disagree about, such as a joined family emoji,
 * by its first code point, and bounds how many marks are stacked on one letter.
 */
function steadyCluster(cluster: string): string {
  if (cluster.length === 1) return cluster;
  const points = [...cluster];
  if (simpleWidth(cluster) !== stringWidth(cluster)) return points[0]!;
  return points.length > 8 ? points.slice(0, 8).join("") : cluster;
}

/**
 * Makes text from outside safe to print on one line, with a width that does not depend on the
 * terminal.
 *
 * @param text Anything.
 * @param signs Decides whether other than ASCII is escaped.
 * @returns One line without control, bidirectional or invisible characters; they are written as
 * escapes.
 */
export function clean(text: string, signs: Symbols = symbols()): string {
  if (PLAIN.test(text)) return text;
  let steady = "";
  for (const { segment } of segmenter.segment(printable(text.toWellFormed()))) {
    steady += steadyCluster(segment);
  }
  const visible = steady.replace(INVISIBLE, escapeCode);
  return signs.ascii ? visible.replace(/[^\x20-\x7e]/gu, escapeCode) : visible;
}

/** The longest start of a text that takes no more than `width` cells. */
function take(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

/** The longest end of a text that takes no more than `width` cells. */
function takeEnd(text: string, width: number): string {
  const clusters = [...segmenter.segment(text)].map(({ segment }) => segment);
  let taken = "";
  let used = 0;
  for (const cluster of clusters.reverse()) {
    used += stringWidth(cluster);
    if (used > width) break;
    taken = cluster + taken;
  }
  return taken;
}

/**
 * Cuts cleaned text to a width.
 *
 * @param text Without colours.
 * @param width In cells.
 * @param signs Give the ellipsis.
 * @param where What is left out: the end, or the middle, where names that begin alike stay apart.
 * @returns The text, at most `width` cells wide.
 */
export function fit(
  text: string,
  width: number,
  signs: Symbols = symbols(),
  where: "end" | "middle" = "end",
): string {
  // A cell holds at least one UTF-16 unit, so most texts need no measuring of all of them.
  if (text.length <= width && PLAIN.test(text)) return text;
  if (stringWidth(text) <= width) return text;
  const room = width - signs.ellipsis.length;
  if (room <= 0) return take(text, width);
  if (where === "end") return take(text, room) + signs.ellipsis;
  const start = Math.ceil(room / 2);
  return take(text, start) + signs.ellipsis + takeEnd(text, room - start);
}

/**
 * Fills text up to a width.
 *
 * @param text May hold colours.
 * @param width In cells.
 * @param align Where the text stands.
 * @returns The text with spaces.
 */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "left" ? text + space : space + text;
}

/**
 * Breaks cleaned text into lines at spaces; a word that is wider than a line is broken anywhere.
 *
 * @param text Without colours.
 * @param width Of a line, in cells; at least 1.
 * @returns The lines, at least one.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (stringWidth(line) > width) {
      const start = take(line, width) || [...line][0]!;
      lines.push(start);
      line = line.slice(start.length);
    }
  }
  if (line !== "" || lines.length === 0) lines.push(line);
  return lines;
}

/**
 * Shortens what a program printed for one line of a report.
 *
 * @param text As printed.
 * @param width The most cells of the result.
 * @param signs Decide on ASCII and give the ellipsis.
 * @returns The text in quotation marks, cut in the middle when it is longer.
 */
export function quote(text: string, width: number, signs: Symbols = symbols()): string {
  // Only what can be shown is cleaned: an output of a megabyte has its ends looked at.
  const most = 4 * width + 64;
  const short = text.length <= 2 * most
    ? text
    : text.slice(0, most) + signs.ellipsis + text.slice(-most);
  return `"${fit(clean(short, signs), Math.max(1, width - 2), signs, "middle")}"`;
}
