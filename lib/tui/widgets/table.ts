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

/** The rows that were shown last. */
interface Shown {
  readonly words: readonly string[];
  readonly order: string;
  readonly rows: readonly unknown[];
}

/** All rows in the order of a column; those without a value apart. */
interface Sorted {
  readonly rows: readonly unknown[];
  readonly missing: readonly unknown[];
}

/** What was computed, by the array of all rows; and the text of each row. */
const shownRows = new WeakMap<readonly unknown[], Shown>();
const sortedRows = new WeakMap<readonly unknown[], Map<string, Sorted>>();
const searchTexts = new WeakMap<object, string>();

function searchText<Row>(table: Table<Row>, row: Row): string {
  const object = typeof row === "object" && row !== null ? row : undefined;
  const known = object === undefined ? undefined : searchTexts.get(object);
  if (known !== undefined) return known;
  let text = "";
  for (const { cell } of table.columns) text += `\t${lineText(cell(row))}`;
  text = text.toLowerCase();
  if (object !== undefined) searchTexts.set(object, text);
  return text;
}

/** Whether a row has all words of a filter, and none of those after `!`. */
function fits(text: string, words: readonly string[]): boolean {
  for (const word of words) {
    const not = word.startsWith("!");
    if (word !== "!" && text.includes(not ? word.slice(1) : word) === not) return false;
  }
  return true;
}

/** Sorts by buckets of equal values: there are far fewer of them than rows. */
function sortBy<Row>(table: Table<Row>, column: TableColumn<Row>): Sorted {
  const known = sortedRows.get(table.rows) ?? new Map<string, Sorted>();
  sortedRows.set(table.rows, known);
  const before = known.get(column.id);
  if (before !== undefined) return before;
  const value = column.sort ?? ((row: Row) => lineText(column.cell(row)));
  const buckets = new Map<number | string, Row[]>();
  const missing: Row[] = [];
  for (const row of table.rows) {
    const key = value(row);
    const bucket = key === undefined ? missing : buckets.get(key);
    if (bucket === undefined) buckets.set(key!, [row]);
    else bucket.push(row);
  }
  const keys = [...buckets.keys()].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : a < b ? -1 : 1
  );
  const sorted = { rows: keys.flatMap((key) => buckets.get(key)!), missing };
  known.set(column.id, sorted);
  return sorted;
}

/** All rows in the order that was asked for. */
function inOrder<Row>(table: Table<Row>, column: TableColumn<Row>, down: boolean): readonly Row[] {
  const { rows, missing } = sortBy(table, column) as {
    readonly rows: readonly Row[];
    readonly missing: readonly Row[];
  };
  return [...(down ? rows.toReversed() : rows), ...missing];
}

/** Whether a filter leaves no row that another one did not leave. */
function narrows(words: readonly string[], before: readonly string[]): boolean {
  return before.length > 0 && before.length <= words.length &&
    before.every((word, i) => !word.startsWith("!") && words[i]!.startsWith(word));
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
  const order = column === undefined ? "" : `${sort!.descending ? "-" : "+"}${column.id}`;
  const known = shownRows.get(table.rows);
  const same = known?.order === order;
  if (same && known.words.join(" ") === words.join(" ")) return known.rows as readonly Row[];
  const all = same && narrows(words, known.words)
    ? known.rows as readonly Row[]
    : column === undefined
    ? table.rows
    : inOrder(table, column, sort!.descending);
  const rows = words.length === 0 ? all : all.filter((row) => fits(searchText(table, row), words));
  shownRows.set(table.rows, { words, order, rows });
  return rows;
}

/**
 * Prepares a large table for its first filter and its first orders, piece by piece.
 *
 * @param table The table.
 * @param step Which piece, from 0.
 * @returns Whether there are more.
 */
export function prepareTable<Row>(table: Table<Row>, step: number): boolean {
  const pieces = Math.ceil(table.rows.length / PIECE);
  if (step < pieces) {
    for (const row of table.rows.slice(step * PIECE, (step + 1) * PIECE)) searchText(table, row);
    return true;
  }
  const column = table.columns[step - pieces];
  if (column !== undefined) sortBy(table, column);
  return step - pieces + 1 < table.columns.length;
}

/** Rows that are prepared in about a millisecond. */
const PIECE = 250;

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
