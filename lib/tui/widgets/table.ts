/** Tables for many rows: columns that fit the width, sorting, filtering, one row selected. */
import { type Line, lineText, type Move, moved } from "./line.ts";

/** A column. */
export interface TableColumn<Row> {
  /** What it is told apart by. */
  readonly id: string;
  /** Its heading. */
  readonly title: string;
  /** Where its text stands; left by default. */
  readonly align?: "left" | "right";
  /** The least width. */
  readonly min: number;
  /** The largest width; `min` by default. */
  readonly max?: number;
  /** Left out when there is no room, the largest number first; never by default. */
  readonly drop?: number;
  /** What stands in a row; also what is searched. */
  readonly cell: (row: Row) => Line;
  /** Draws itself in a width that is not known before, in the place of the cell. */
  readonly draw?: (row: Row, width: number) => Line;
  /** What rows are sorted by; the text by default. */
  readonly sort?: (row: Row) => number | string | undefined;
}

/** What a table shows. */
export interface Table<Row> {
  /** The columns, left to right. */
  readonly columns: readonly TableColumn<Row>[];
  /** All rows. What was computed of them is kept as long as the array is. */
  readonly rows: readonly Row[];
  /** What a row is told apart by. */
  readonly key: (row: Row) => string;
}

/** What a person has done to a table. */
export interface TableState {
  /** The place of the selected row among those that are shown. */
  readonly selected: number;
  /** Its key, by which it is found again when rows move. */
  readonly key?: string;
  /** What rows are sorted by. */
  readonly sort?: { readonly column: string; readonly descending: boolean };
  /** Words that a row must have; after `!`, must not have. */
  readonly filter: string;
}

/** A table as nobody has touched it. */
export const FRESH_TABLE: TableState = { selected: 0, filter: "" };

interface Shown<Row> {
  readonly of: string;
  readonly rows: readonly Row[];
}

/** The rows that were shown last, by the array of all; and the text of each row. */
const shownRows = new WeakMap<readonly unknown[], Shown<unknown>>();
const searchTexts = new WeakMap<object, string>();

function searchText<Row>(table: Table<Row>, row: Row): string {
  const object = typeof row === "object" && row !== null ? row : undefined;
  const known = object === undefined ? undefined : searchTexts.get(object);
  if (known !== undefined) return known;
  const text = table.columns.map((column) => lineText(column.cell(row))).join("\t").toLowerCase();
  if (object !== undefined) searchTexts.set(object, text);
  return text;
}

/** Whether a row has all words of a filter, and none of those after `!`. */
function fits(text: string, words: readonly string[]): boolean {
  return words.every((word) =>
    word.startsWith("!") ? word === "!" || !text.includes(word.slice(1)) : text.includes(word)
  );
}

function compareValues(
  a: number | string | undefined,
  b: number | string | undefined,
): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/**
 * The rows that are shown: filtered, and sorted. What has no value stands last either way.
 *
 * @param table The table.
 * @param state What a person has done to it.
 * @returns The rows; the same array as long as neither rows nor filter nor order change.
 */
export function visibleRows<Row>(table: Table<Row>, state: TableState): readonly Row[] {
  const { sort, filter } = state;
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const column = table.columns.find(({ id }) => id === sort?.column);
  if (words.length === 0 && column === undefined) return table.rows;
  const of = JSON.stringify([words, column?.id, sort?.descending]);
  const known = shownRows.get(table.rows);
  if (known?.of === of) return known.rows as readonly Row[];
  let rows = words.length === 0
    ? [...table.rows]
    : table.rows.filter((row) => fits(searchText(table, row), words));
  if (column !== undefined) {
    const value = column.sort ?? ((row: Row) => lineText(column.cell(row)));
    const sign = sort!.descending ? -1 : 1;
    rows = rows.map((row) => [value(row), row] as const)
      .sort(([a], [b]) =>
        a === undefined || b === undefined ? compareValues(a, b) : sign * compareValues(a, b)
      )
      .map(([, row]) => row);
  }
  shownRows.set(table.rows, { of, rows });
  return rows;
}

/**
 * The place of the selected row among those that are shown.
 *
 * @param table The table.
 * @param state What a person has done to it.
 * @param rows The rows that are shown.
 * @returns The place; -1 when there is no row.
 */
export function selectedIndex<Row>(
  table: Table<Row>,
  state: TableState,
  rows: readonly Row[] = visibleRows(table, state),
): number {
  if (rows.length === 0) return -1;
  const near = Math.min(Math.max(0, state.selected), rows.length - 1);
  if (state.key === undefined || table.key(rows[near]!) === state.key) return near;
  const found = rows.findIndex((row) => table.key(row) === state.key);
  return found < 0 ? near : found;
}

/** The selected row, if there is one. */
export function selectedRow<Row>(table: Table<Row>, state: TableState): Row | undefined {
  const rows = visibleRows(table, state);
  return rows[selectedIndex(table, state, rows)];
}

/**
 * Selects a row.
 *
 * @param table The table.
 * @param state What a person has done to it.
 * @param index The place among those that are shown; cut to what there is.
 * @returns The state after it.
 */
export function selectRow<Row>(table: Table<Row>, state: TableState, index: number): TableState {
  const rows = visibleRows(table, state);
  const selected = Math.max(0, Math.min(rows.length - 1, index));
  const row = rows[selected];
  const { key: _, ...rest } = state;
  return row === undefined ? { ...rest, selected: 0 } : { ...rest, selected, key: table.key(row) };
}

/** Moves the selection. */
export function moveSelection<Row>(
  table: Table<Row>,
  state: TableState,
  move: Move,
  page: number,
): TableState {
  const rows = visibleRows(table, state);
  const from = Math.max(0, selectedIndex(table, state, rows));
  return selectRow(table, state, moved(from, move, rows.length - 1, page));
}

/**
 * Sorts by the next column: ascending, then descending, then the next, and at the end as the rows
 * came.
 *
 * @param table The table.
 * @param state What a person has done to it.
 * @returns The state after it; the selected row stays selected.
 */
export function nextSort<Row>(table: Table<Row>, state: TableState): TableState {
  const kept = keepSelection(table, state);
  const at = table.columns.findIndex(({ id }) => id === state.sort?.column);
  if (at >= 0 && !state.sort!.descending) {
    return { ...kept, sort: { column: state.sort!.column, descending: true } };
  }
  const next = table.columns[at + 1];
  const { sort: _, ...rest } = kept;
  return next === undefined ? rest : { ...rest, sort: { column: next.id, descending: false } };
}

/** Remembers the selected row by its key, before the rows are put in another order. */
export function keepSelection<Row>(table: Table<Row>, state: TableState): TableState {
  const row = selectedRow(table, state);
  return row === undefined ? state : { ...state, key: table.key(row) };
}
