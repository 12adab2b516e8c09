/** Lines of text in several styles. */
import { type Buffer, put, type Rect } from "../buffer.ts";
import type { Style } from "../style.ts";
import { cellWidth, graphemes, truncate, wrap } from "../text.ts";

/** A piece of text in one style. */
export interface Span {
  /** The text. */
  readonly text: string;
  /** How it looks. */
  readonly style: Style;
}

/** A line: text in the plain style, or pieces. */
export type Line = string | readonly Span[];

/** The pieces of a line. */
export function spansOf(line: Line): readonly Span[] {
  return typeof line === "string" ? [{ text: line, style: 0 }] : line;
}

/** The text of a line. */
export function lineText(line: Line): string {
  return spansOf(line).map(({ text }) => text).join("");
}

/**
 * Draws a line; what does not fit is cut, with an ellipsis.
 *
 * @param buffer Where to.
 * @param x The first column.
 * @param y The row.
 * @param line The line.
 * @param width The largest number of cells.
 * @param ellipsis What stands in the place of the rest.
 * @returns The column behind it.
 */
export function putLine(
  buffer: Buffer,
  x: number,
  y: number,
  line: Line,
  width: number,
  ellipsis = "…",
): number {
  const end = x + width;
  let column = x;
  for (const { text, style } of spansOf(line)) {
    if (column >= end) break;
    const left = end - column;
    const shown = cellWidth(text) > left ? truncate(text, left, ellipsis) : text;
    column = put(buffer, column, y, shown, style, left);
  }
  return column;
}

/**
 * Draws lines from a first one on.
 *
 * @param buffer Where to.
 * @param rect Where; the lines are cut to it.
 * @param lines The lines.
 * @param offset The first line that is shown.
 * @param ellipsis What stands in the place of what is cut.
 */
export function drawLines(
  buffer: Buffer,
  rect: Rect,
  lines: readonly Line[],
  offset = 0,
  ellipsis = "…",
): void {
  for (let i = 0; i < rect.height && offset + i < lines.length; i++) {
    putLine(buffer, rect.x, rect.y + i, lines[offset + i]!, rect.width, ellipsis);
  }
}

/**
 * Breaks a text in one style into lines.
 *
 * @param text The text.
 * @param width The largest number of cells.
 * @param style How it looks.
 * @param indent What lines after the first begin with.
 * @returns The lines.
 */
export function wrapped(text: string, width: number, style: Style = 0, indent = ""): Line[] {
  return wrap(text, Math.max(1, width), indent).map((part) => [{ text: part, style }]);
}

/**
 * Breaks a line wherever its width ends, as code is broken.
 *
 * @param line The line.
 * @param width The largest number of cells, above that of the indent.
 * @param indent What further lines begin with.
 * @returns One line or more.
 */
export function brokenLine(line: Line, width: number, indent = ""): Line[] {
  if (cellWidth(lineText(line)) <= width) return [line];
  const lines: Span[][] = [[]];
  let used = 0;
  for (const { text, style } of spansOf(line)) {
    let piece = "";
    for (const grapheme of graphemes(text)) {
      if (used + grapheme.width > width) {
        lines.at(-1)!.push({ text: piece, style });
        lines.push([{ text: indent, style: 0 }]);
        used = cellWidth(indent);
        piece = "";
      }
      piece += grapheme.text;
      used += grapheme.width;
    }
    if (piece !== "") lines.at(-1)!.push({ text: piece, style });
  }
  return lines;
}

/** How far a text was scrolled, after a move. */
export function scrollText(
  offset: number,
  move: Move,
  count: number,
  height: number,
): number {
  const most = Math.max(0, count - height);
  const from = Math.min(Math.max(0, offset), most);
  return Math.min(most, Math.max(0, moved(from, move, most, height)));
}

/** How a person moves in a list or a text. */
export type Move = "up" | "down" | "page-up" | "page-down" | "first" | "last";

/**
 * Moves a position.
 *
 * @param from The position.
 * @param move How.
 * @param last The last position.
 * @param page Positions in a page.
 * @returns The new position, which may lie outside.
 */
export function moved(from: number, move: Move, last: number, page: number): number {
  switch (move) {
    case "up":
      return from - 1;
    case "down":
      return from + 1;
    case "page-up":
      return from - Math.max(1, page - 1);
    case "page-down":
      return from + Math.max(1, page - 1);
    case "first":
      return 0;
    case "last":
      return last;
  }
}
