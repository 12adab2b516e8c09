/** The difference of two screens as escape sequences. */
import type { Buffer } from "./buffer.ts";
import type { Style } from "./style.ts";
import type { Theme } from "./theme.ts";

/** A screen with the place of its cursor. */
export interface Screen {
  /** The cells. */
  readonly buffer: Buffer;
  /** Where the cursor is shown; hidden by default. */
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** Begins and ends an update that the terminal shows at once (DEC private mode 2026). */
const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";

/** So many unchanged cells are written again rather than jumped over. */
const NEAR = 4;

/** A grapheme after which terminals may disagree on the column. */
function isSimple(text: string): boolean {
  return text.length === 1 && text < "\u1100";
}

function sameSize(a: Buffer, b: Buffer): boolean {
  return a.width === b.width && a.height === b.height;
}

/**
 * Writes what turns one screen into another: the cells that differ, each run of them after a jump.
 *
 * @param before What the terminal shows; `undefined` when that is not known, and it is cleared.
 * @param after What it is to show.
 * @param theme How styles look.
 * @returns Escape sequences and text; empty when nothing differs.
 */
export function diff(before: Screen | undefined, after: Screen, theme: Theme): string {
  const old = before !== undefined && sameSize(before.buffer, after.buffer)
    ? before.buffer
    : undefined;
  const cells = changedCells(old, after.buffer, theme);
  const cursor = cursorChange(before, after, cells !== "");
  if (cells === "" && cursor === "") return "";
  const clear = old === undefined ? "\x1b[0m\x1b[2J" : "";
  return `${BEGIN}${cells === "" ? "" : "\x1b[?25l"}${clear}${cells}${cursor}${END}`;
}

function cursorChange(before: Screen | undefined, after: Screen, moved: boolean): string {
  const { cursor } = after;
  const was = before?.cursor;
  if (cursor === undefined) return was === undefined || moved ? "" : "\x1b[?25l";
  if (!moved && was?.x === cursor.x && was.y === cursor.y) return "";
  return `\x1b[${cursor.y + 1};${cursor.x + 1}H\x1b[?25h`;
}

function changedCells(old: Buffer | undefined, next: Buffer, theme: Theme): string {
  let out = "";
  let style: Style | undefined;
  for (let y = 0; y < next.height; y++) {
    // The column that the terminal's cursor is known to be in, in this row.
    let column = -1;
    const row = y * next.width;
    for (let x = 0; x < next.width; x++) {
      const at = row + x;
      const text = next.text[at]!;
      if (text === "") continue;
      const wide = x + 1 < next.width && next.text[at + 1] === "";
      if (isBlankOrSame(old, next, at) && (!wide || isBlankOrSame(old, next, at + 1))) continue;
      if (column !== x) {
        out += jump(next, row, column, x, y, style);
      }
      if (style !== next.style[at]) {
        style = next.style[at]!;
        out += theme.sgr(style);
      }
      out += text;
      const end = x + (wide ? 2 : 1);
      column = isSimple(text) && end < next.width ? end : -1;
    }
  }
  return style === undefined ? out : `${out}\x1b[0m`;
}

/** Whether a cell is already as it should be; a cleared screen holds plain spaces. */
function isBlankOrSame(old: Buffer | undefined, next: Buffer, at: number): boolean {
  if (old === undefined) return next.text[at] === " " && next.style[at] === 0;
  return old.text[at] === next.text[at] && old.style[at] === next.style[at];
}

/** Gets the cursor to a column: over near cells of the same style by writing them again. */
function jump(
  next: Buffer,
  row: number,
  column: number,
  x: number,
  y: number,
  style: Style | undefined,
): string {
  if (column >= 0 && x - column <= NEAR) {
    let between = "";
    for (let at = row + column; at < row + x; at++) {
      const text = next.text[at]!;
      if (next.style[at] !== style || !isSimple(text)) return `\x1b[${y + 1};${x + 1}H`;
      between += text;
    }
    return between;
  }
  return `\x1b[${y + 1};${x + 1}H`;
}
