/** What every screen is made of: a title, a table or a text or both, and what Enter does. */
import {
  type Buffer,
  drawLines,
  drawTable,
  type Line,
  type Rect,
  type Signs,
  type Step,
  style,
  type Table,
  visibleRows,
} from "../../lib/tui/mod.ts";
import type { Effect, State, View } from "./state.ts";

/** A part of the screen that can be clicked. */
export interface Region {
  /** The cells. */
  readonly rect: Rect;
  /** What a click on it means. */
  readonly target:
    | { readonly type: "tab"; readonly index: number }
    | { readonly type: "row"; readonly index: number };
}

/** What a screen is drawn on. */
export interface Canvas {
  /** The cells. */
  readonly buffer: Buffer;
  /** The part for this screen. */
  readonly rect: Rect;
  /** The signs. */
  readonly signs: Signs;
  /** What can be clicked. */
  readonly regions: Region[];
}

// deno-lint-ignore no-explicit-any -- each screen's table has rows of its own
export type AnyTable = Table<any>;

/** One kind of screen. */
export interface Screen<V extends View = View> {
  /** What stands above it. */
  readonly title: (state: State, view: V) => string;
  /** Its table. */
  readonly table?: (state: State, view: V) => AnyTable | undefined;
  /** Its text, below the table if it has both. */
  readonly lines?: (state: State, view: V, width: number) => readonly Line[];
  /** What is said where the table is empty. */
  readonly empty?: (state: State, view: V) => string;
  /** The most rows for the table and its heading, if it shares the screen with a text. */
  readonly tableHeight?: (height: number) => number;
  /** Draws something in the place of the text. */
  readonly draw?: (canvas: Canvas, state: State, view: V) => void;
  /** What Enter does. */
  readonly enter?: (state: State, view: V) => Step<State, Effect> | undefined;
  /** What is written into a file as JSON; the table's cells by default. */
  readonly json?: (state: State, view: V) => unknown;
}

/** A screen of any kind, once its view is known to be of that kind. */
export type AnyScreen = Screen;

/** Where the table and the text of a screen lie. */
export interface Parts {
  /** The part of the table. */
  readonly table: Rect;
  /** The part of the text. */
  readonly text: Rect;
}

const NOTHING: Rect = { x: 0, y: 0, width: 0, height: 0 };

/** The least rows of a text below a table; with less room it is left out. */
const LEAST_TEXT = 2;

/**
 * Divides a screen between its table and its text.
 *
 * @param screen The kind of screen.
 * @param state The state.
 * @param view The screen.
 * @param rect The whole part.
 * @returns Where both lie.
 */
export function partsOf(screen: AnyScreen, state: State, view: View, rect: Rect): Parts {
  const table = screen.table?.(state, view);
  const below = screen.lines !== undefined || screen.draw !== undefined;
  if (table === undefined) return { table: NOTHING, text: rect };
  if (!below) return { table: rect, text: NOTHING };
  const wanted = Math.max(2, visibleRows(table, view.table).length + 1);
  const most = screen.tableHeight?.(rect.height) ?? rect.height;
  const height = Math.min(rect.height, wanted, most);
  const left = rect.height - height - 1;
  if (left < LEAST_TEXT) return { table: rect, text: NOTHING };
  return {
    table: { ...rect, height },
    text: { ...rect, y: rect.y + height + 1, height: left },
  };
}

/** Draws a screen: its table, and its text or what it draws itself. */
export function drawScreen(canvas: Canvas, screen: AnyScreen, state: State, view: View): void {
  const { buffer, signs, regions, rect } = canvas;
  const parts = partsOf(screen, state, view, rect);
  const table = screen.table?.(state, view);
  if (table !== undefined) {
    const empty = screen.empty?.(state, view);
    const rows = drawTable(buffer, parts.table, table, view.table, {
      signs,
      ...(empty === undefined ? {} : { empty }),
    });
    for (const { index, rect } of rows) regions.push({ rect, target: { type: "row", index } });
  }
  if (parts.text.height === 0) return;
  if (screen.draw !== undefined) screen.draw({ ...canvas, rect: parts.text }, state, view);
  if (screen.lines === undefined) return;
  const lines = screen.lines(state, view, parts.text.width);
  const most = Math.max(0, lines.length - parts.text.height);
  const offset = Math.min(view.offset, most);
  drawLines(buffer, parts.text, lines, offset, signs.ellipsis);
  if (offset < most) markMore(canvas, parts.text, lines.length - offset - parts.text.height);
}

/** Says at the end of a text that it goes on. */
export function markMore(
  { buffer, signs }: Pick<Canvas, "buffer" | "signs">,
  rect: Rect,
  left: number,
): void {
  const text = ` ${signs.ellipsis} ${left} more `;
  const line: Line = [{ text, style: style("muted") }];
  const x = rect.x + Math.max(0, rect.width - text.length);
  drawLines(buffer, { x, y: rect.y + rect.height - 1, width: text.length, height: 1 }, [line]);
}

/** A text in the muted style. */
export function muted(text: string): Line {
  return [{ text, style: style("muted") }];
}

/** A heading within a text. */
export function heading(text: string): Line {
  return [{ text, style: style("title") }];
}

/** Keeps what was computed from the same arguments the last time. */
export function memo<Args extends readonly unknown[], Result>(
  make: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { readonly args: Args; readonly result: Result } | undefined;
  return (...args) => {
    const known = last;
    if (known !== undefined && args.every((arg, i) => arg === known.args[i])) return known.result;
    const result = make(...args);
    last = { args, result };
    return result;
  };
}
