/** A screen as cells: each has a grapheme and a style. */
import { toAscii } from "./signs.ts";
import type { Style } from "./style.ts";
import { graphemes, isSingle } from "./text.ts";

/** A part of the screen. */
export interface Rect {
  /** Its left column, from 0. */
  readonly x: number;
  /** Its upper row, from 0. */
  readonly y: number;
  /** Cells in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** Cells, row after row. The second cell of a wide grapheme holds an empty text. */
export interface Buffer {
  /** Cells in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** What stands in each cell. */
  readonly text: string[];
  /** How it looks. */
  readonly style: Uint16Array;
}

/**
 * Makes an empty screen.
 *
 * @param width Cells in a row; at least 0.
 * @param height Rows; at least 0.
 * @returns Spaces in the plain style.
 */
export function createBuffer(width: number, height: number): Buffer {
  const count = Math.max(0, width) * Math.max(0, height);
  return {
    width: Math.max(0, width),
    height: Math.max(0, height),
    text: new Array<string>(count).fill(" "),
    style: new Uint16Array(count),
  };
}

/** Writes one cell, and blanks the other half of a wide grapheme that it tears apart. */
function setCell(buffer: Buffer, at: number, text: string, style: Style): void {
  const column = at % buffer.width;
  if (buffer.text[at] === "" && column > 0 && text !== "") buffer.text[at - 1] = " ";
  if (column + 1 < buffer.width && buffer.text[at + 1] === "") buffer.text[at + 1] = " ";
  buffer.text[at] = text;
  buffer.style[at] = style;
}

/**
 * Writes text into one row; what does not fit is left out.
 *
 * @param buffer Where to.
 * @param x The column of the first grapheme; may be left of the screen.
 * @param y The row.
 * @param text Anything; controls become question marks.
 * @param style How it looks.
 * @param width The largest number of cells; up to the right edge by default.
 * @returns The column behind the text.
 */
export function put(
  buffer: Buffer,
  x: number,
  y: number,
  text: string,
  style: Style = 0,
  width = Infinity,
): number {
  if (y < 0 || y >= buffer.height) return x;
  const end = Math.min(buffer.width, x + width);
  let column = x;
  if (isSingle(text)) {
    // Nearly all text: nothing has to be made of it.
    for (let i = 0; i < text.length && column < end; i++, column++) {
      if (column >= 0) setCell(buffer, y * buffer.width + column, text[i]!, style);
    }
    return column;
  }
  for (const grapheme of graphemes(text)) {
    if (column + grapheme.width > end) break;
    if (column >= 0) {
      const at = y * buffer.width + column;
      setCell(buffer, at, grapheme.text, style);
      if (grapheme.width === 2) {
        setCell(buffer, at + 1, " ", style);
        buffer.text[at] = grapheme.text;
        buffer.text[at + 1] = "";
      }
    }
    column += grapheme.width;
  }
  return column;
}

/**
 * Fills a part of the screen.
 *
 * @param buffer Where to.
 * @param rect Which part; what lies outside is left out.
 * @param text One grapheme of one cell.
 * @param style How it looks.
 */
export function fill(buffer: Buffer, rect: Rect, text = " ", style: Style = 0): void {
  const right = Math.min(buffer.width, rect.x + rect.width);
  const bottom = Math.min(buffer.height, rect.y + rect.height);
  for (let y = Math.max(0, rect.y); y < bottom; y++) {
    for (let x = Math.max(0, rect.x); x < right; x++) {
      setCell(buffer, y * buffer.width + x, text, style);
    }
  }
}

/**
 * Gives a part of the screen another style and leaves its text.
 *
 * @param buffer Where to.
 * @param rect Which part.
 * @param change The new style from the old one.
 */
export function restyle(buffer: Buffer, rect: Rect, change: (style: Style) => Style): void {
  const right = Math.min(buffer.width, rect.x + rect.width);
  const bottom = Math.min(buffer.height, rect.y + rect.height);
  for (let y = Math.max(0, rect.y); y < bottom; y++) {
    for (let x = Math.max(0, rect.x); x < right; x++) {
      const at = y * buffer.width + x;
      buffer.style[at] = change(buffer.style[at]!);
    }
  }
}

/**
 * Writes all that is not ASCII in ASCII, a cell for a cell.
 *
 * @param buffer The screen.
 */
export function asciiOnly(buffer: Buffer): void {
  for (const [at, text] of buffer.text.entries()) {
    if (text.length === 1 && text <= "~") continue;
    buffer.text[at] = text === "" ? " " : toAscii(text)[0] ?? " ";
  }
}

/**
 * Reads a screen as plain text.
 *
 * @param buffer The screen.
 * @returns Its rows without spaces at their ends, each with a line feed.
 */
export function bufferText(buffer: Buffer): string {
  let text = "";
  for (let y = 0; y < buffer.height; y++) {
    const row = buffer.text.slice(y * buffer.width, (y + 1) * buffer.width).join("");
    text += row.trimEnd() + "\n";
  }
  return text;
}
