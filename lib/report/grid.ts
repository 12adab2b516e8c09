/** Tables that fit a terminal: columns are squeezed, grown or left out until the width is met. */
import { Cell, Table } from "@cliffy/table";
import { paint, type Tone } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, displayWidth, fit } from "./_text.ts";

/** Spaces between two columns. */
const GAP = 2;

/** A column. */
export interface Column {
  /** Its heading. */
  readonly title: string;
  /** Where its text stands; left by default. */
  readonly align?: "left" | "right";
  /** Whether it is left out when there is no room: the largest number first. Never by default. */
  readonly drop?: number;
  /** The least width that it may be squeezed to; not squeezed by default. */
  readonly squeeze?: number;
  /** The width to which it is squeezed before others are left out; `squeeze` by default. */
  readonly keep?: number;
  /** What is left out of a text that is squeezed; the end by default. */
  readonly cut?: "end" | "middle";
  /** The least width, for cells that draw themselves. */
  readonly min?: number;
  /** How wide the column may grow, for cells that draw themselves. */
  readonly grow?: number;
}

/** What stands in a row and a column. */
export type GridCell =
  | string
  | { readonly text: string; readonly tone: Tone }
  | { readonly draw: (width: number) => string; readonly tone?: Tone };

/** How a table is drawn. */
export interface GridOptions {
  /** Cells of the terminal; no limit by default. */
  readonly width?: number;
  /** Whether colours are used. */
  readonly color?: boolean;
  /** Whether only ASCII is used. */
  readonly ascii?: boolean;
}

/** A table that was laid out. */
export interface Grid {
  /** Heading and rows, without spaces at their ends. */
  readonly lines: readonly string[];
  /** The columns that had room. */
  readonly shown: readonly Column[];
  /** The width of each of them. */
  readonly widths: readonly number[];
}

interface Laid {
  readonly column: Column;
  readonly index: number;
  width: number;
}

function plainText(cell: GridCell, signs: Symbols): string {
  if (typeof cell === "string") return clean(cell, signs);
  return "text" in cell ? clean(cell.text, signs) : "";
}

function total(columns: readonly Laid[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP * Math.max(0, columns.length - 1);
}

/** The width that a column can't do without. */
function least({ column, width }: Laid): number {
  return Math.min(width, column.squeeze ?? width);
}

/** The width that a column has before others are left out for it. */
function kept({ column, width }: Laid): number {
  return Math.min(width, column.keep ?? column.squeeze ?? width);
}

/** Leaves columns out until the rest can be squeezed into the width. */
function dropColumns(columns: Laid[], width: number): Laid[] {
  let left = columns;
  function needed(): number {
    return total(left.map((laid) => ({ ...laid, width: kept(laid) })));
  }
  while (needed() > width) {
    const last = Math.max(...left.map(({ column }) => column.drop ?? -1));
    if (last < 0) break;
    left = left.filter(({ column }) => column.drop !== last);
  }
  return left;
}

/** Takes what is too much from the widest columns that can be squeezed. */
function squeezeColumns(columns: readonly Laid[], width: number): void {
  for (let over = total(columns) - width; over > 0; over--) {
    const widest = columns.filter((laid) => laid.width > least(laid))
      .sort((a, b) => b.width - a.width)[0];
    if (widest === undefined) return;
    widest.width--;
  }
}

function growColumns(columns: readonly Laid[], width: number): void {
  for (const laid of columns) {
    if (laid.column.grow === undefined) continue;
    const free = width === Infinity ? Infinity : width - total(columns);
    laid.width = Math.max(laid.width, Math.min(laid.column.grow, laid.width + free));
  }
}

/**
 * Lays a table out.
 *
 * @param columns The columns, left to right.
 * @param rows Their cells; texts are cleaned here.
 * @param options Width, colours, ASCII.
 * @returns Its lines, and what had room.
 */
export function layOut(
  columns: readonly Column[],
  rows: readonly (readonly GridCell[])[],
  options: GridOptions = {},
): Grid {
  const { width = Infinity, color = false, ascii = false } = options;
  const signs = symbols(ascii);
  const titles = columns.map(({ title }) => clean(title, signs));
  const texts = rows.map((row) => columns.map((_, i) => plainText(row[i] ?? "", signs)));
  const natural = columns.map((column, index): Laid => ({
    column,
    index,
    width: Math.max(
      column.min ?? 0,
      displayWidth(titles[index]!),
      ...texts.map((row) => displayWidth(row[index]!)),
    ),
  }));
  const left = dropColumns(natural, width);
  squeezeColumns(left, width);
  growColumns(left, width);

  function cellOf({ column, width, index }: Laid, row: number): Cell {
    const cell = rows[row]![index] ?? "";
    const drawn = typeof cell === "object" && "draw" in cell;
    const text = drawn ? cell.draw(width) : fit(texts[row]![index]!, width, signs, column.cut);
    const tone = typeof cell === "object" ? cell.tone ?? "plain" : "plain";
    return new Cell(paint(text, tone, color)).align(column.align ?? "left");
  }
  const table = new Table()
    .header(
      left.map(({ column, width, index }) =>
        new Cell(paint(fit(titles[index]!, width, signs), "muted", color))
          .align(column.align ?? "left")
      ),
    )
    .body(rows.map((_, row) => left.map((laid) => cellOf(laid, row))))
    .minColWidth(left.map(({ width }) => width))
    .padding(GAP);
  return {
    lines: left.length === 0 ? [] : table.toString().split("\n").map((line) => line.trimEnd()),
    shown: left.map(({ column }) => column),
    widths: left.map(({ width }) => width),
  };
}

/**
 * Draws a table from headings and rows, for lists: every column may be squeezed to 8 cells.
 *
 * @param headers Headings, or columns with their own rules.
 * @param rows Texts from anywhere: they are cleaned.
 * @param options Width, colours, ASCII.
 * @returns The lines, ending with a line feed.
 */
export function renderTable(
  headers: readonly (string | Column)[],
  rows: readonly (readonly GridCell[])[],
  options: GridOptions = {},
): string {
  const columns = headers.map((header): Column =>
    typeof header === "string" ? { title: header, squeeze: 8 } : header
  );
  return layOut(columns, rows, options).lines.map((line) => `${line}\n`).join("");
}
