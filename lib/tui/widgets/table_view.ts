/** Draws a table. */
import { type Buffer, put, type Rect, restyle } from "../buffer.ts";
import type { Signs } from "../signs.ts";
import { SELECTED, style } from "../style.ts";
import { cellWidth, pad } from "../text.ts";
import { lineText, putLine } from "./line.ts";
import {
  selectedIndex,
  type Table,
  type TableColumn,
  type TableState,
  visibleRows,
} from "./table.ts";

interface Laid<Row> {
  readonly column: TableColumn<Row>;
  width: number;
}

/** With more rows a column is as wide as it may be, since looking at all cells would take too long. */
const LOOKED_AT = 100;

/** The width that a column has use for. */
function useful<Row>(column: TableColumn<Row>, rows: readonly Row[]): number {
  const { min, max = min } = column;
  if (column.draw !== undefined || rows.length > LOOKED_AT || max <= min) return max;
  const natural = rows.reduce(
    (most, row) => Math.max(most, cellWidth(lineText(column.cell(row)))),
    cellWidth(column.title) + 1,
  );
  return Math.max(min, Math.min(max, natural));
}

/** Chooses the columns that there is room for, and their widths. */
function layColumns<Row>(table: Table<Row>, width: number): Laid<Row>[] {
  const columns = table.columns.map((column) => ({ ...column, max: useful(column, table.rows) }));
  let left = columns.map((column): Laid<Row> => ({ column, width: column.min }));
  function needed(): number {
    return left.reduce((sum, one) => sum + one.width, 0) + 2 * Math.max(0, left.length - 1);
  }
  while (needed() > width) {
    const last = Math.max(...left.map(({ column }) => column.drop ?? -1));
    if (last < 0) break;
    left = left.filter(({ column }) => column.drop !== last);
  }
  for (let room = width - needed(); room > 0;) {
    const open = left.filter(({ column, width }) => width < (column.max ?? column.min));
    if (open.length === 0) break;
    // What can't be shared evenly is the first one's, so that equal columns stay equal.
    const share = Math.floor(room / open.length);
    if (share === 0) {
      open[0]!.width += room;
      break;
    }
    for (const one of open) {
      const more = Math.min(share, (one.column.max ?? one.column.min) - one.width, room);
      one.width += more;
      room -= more;
    }
  }
  return left;
}

/** Where a row was drawn. */
export interface DrawnRow {
  /** Its place among those that are shown. */
  readonly index: number;
  /** The cells that it takes. */
  readonly rect: Rect;
}

/** How a table is drawn. */
export interface TableLook {
  /** The signs. */
  readonly signs: Signs;
  /** Whether the selection is marked; true by default. */
  readonly active?: boolean;
  /** What is said where there are no rows. */
  readonly empty?: string;
}

/**
 * Draws a table: a heading, and the rows around the selected one.
 *
 * @param buffer Where to.
 * @param rect Where.
 * @param table The table.
 * @param state What a person has done to it.
 * @param look Signs, and whether the selection is marked.
 * @returns Where each row was drawn.
 */
export function drawTable<Row>(
  buffer: Buffer,
  rect: Rect,
  table: Table<Row>,
  state: TableState,
  look: TableLook,
): DrawnRow[] {
  const { signs, active = true } = look;
  const laid = layColumns(table, rect.width - 2);
  drawHeading(buffer, rect, laid, state, signs);
  const rows = visibleRows(table, state);
  const height = Math.max(0, rect.height - 1);
  if (rows.length === 0 && height > 0) {
    const text = state.filter === "" ? look.empty ?? "nothing here" : "nothing fits the filter";
    put(buffer, rect.x + 2, rect.y + 1, text, style("muted"), rect.width - 2);
  }
  const selected = selectedIndex(table, state, rows);
  // The selected row stays in the middle, but at both ends: so no scroll position must be kept.
  const offset = Math.max(0, Math.min(selected - Math.floor(height / 2), rows.length - height));
  const drawn: DrawnRow[] = [];
  for (let i = 0; i < height && offset + i < rows.length; i++) {
    const index = offset + i;
    const line = { x: rect.x, y: rect.y + 1 + i, width: rect.width, height: 1 };
    const marked = active && index === selected;
    if (marked) put(buffer, line.x, line.y, signs.pointer, style("accent"));
    drawCells(buffer, line, laid, rows[index]!, signs);
    if (marked) restyle(buffer, line, (old) => old | SELECTED);
    drawn.push({ index, rect: line });
  }
  return drawn;
}

function drawHeading<Row>(
  buffer: Buffer,
  rect: Rect,
  laid: readonly Laid<Row>[],
  state: TableState,
  signs: Signs,
): void {
  let x = rect.x + 2;
  for (const { column, width } of laid) {
    const { sort } = state;
    const mark = sort?.column !== column.id ? "" : sort.descending ? signs.down : signs.up;
    const title = cellWidth(column.title) + mark.length > width
      ? pad(column.title, width - mark.length, "left", signs.ellipsis) + mark
      : pad(column.title + mark, width, column.align ?? "left", signs.ellipsis);
    put(buffer, x, rect.y, title, style("muted"), rect.x + rect.width - x);
    x += width + 2;
  }
}

function drawCells<Row>(
  buffer: Buffer,
  line: Rect,
  laid: readonly Laid<Row>[],
  row: Row,
  signs: Signs,
): void {
  let x = line.x + 2;
  for (const { column, width } of laid) {
    const room = Math.min(width, line.x + line.width - x);
    if (room <= 0) return;
    const cell = column.draw?.(row, room) ?? column.cell(row);
    const used = Math.min(room, cellWidth(lineText(cell)));
    putLine(
      buffer,
      column.align === "right" ? x + room - used : x,
      line.y,
      cell,
      room,
      signs.ellipsis,
    );
    x += width + 2;
  }
}
