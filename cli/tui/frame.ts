/** Draws the state: tabs, title, the screen, a line for what is typed or said, the keys. */
import {
  asciiOnly,
  type Buffer,
  cellWidth,
  createBuffer,
  drawFooter,
  drawInput,
  drawLines,
  drawPopup,
  drawTabs,
  helpLines,
  type Line,
  pad,
  put,
  type Rect,
  type Screen as Drawing,
  signs as signsOf,
  style,
  truncate,
  wrap,
} from "../../lib/tui/mod.ts";
import { KEYS } from "./keys.ts";
import { type Canvas, drawScreen, markMore, type Region } from "./screen.ts";
import { screenOf } from "./screens/mod.ts";
import { watchText } from "./screens/watch.ts";
import { type State, topView } from "./state.ts";
import { tabsOf } from "./tab_list.ts";
import { isRunning } from "./watch_state.ts";

/** A frame, with what can be clicked in it. */
export interface Drawn extends Drawing {
  /** What can be clicked. */
  readonly regions: readonly Region[];
}

/** The least size that the screens are made for. */
export const LEAST = { width: 60, height: 20 } as const;

/** The part of the terminal that the screen of a tab has. */
export function bodyRect({ size }: Pick<State, "size">): Rect {
  return { x: 0, y: 2, width: size.width, height: Math.max(0, size.height - 4) };
}

/**
 * Draws the state.
 *
 * @param state The state.
 * @param width Cells of a row.
 * @param height Rows.
 * @returns The cells, the cursor, what can be clicked.
 */
export function frame(state: State, width: number, height: number): Drawn {
  const buffer = createBuffer(width, height);
  const regions: Region[] = [];
  if (width < LEAST.width || height < LEAST.height) drawTooSmall(buffer);
  else drawAll({ buffer, signs: signsOf(state.ascii), regions, rect: bodyRect(state) }, state);
  const cursor = width < LEAST.width || height < LEAST.height
    ? undefined
    : drawBottom(buffer, state);
  if (state.ascii) asciiOnly(buffer);
  return { buffer, regions, ...(cursor === undefined ? {} : { cursor }) };
}

function drawTooSmall(buffer: Buffer): void {
  const { width, height } = buffer;
  const text = `${LEAST.width} x ${LEAST.height} cells are needed, here are ${width} x ${height}`;
  const lines = wrap(text, Math.max(1, width)).slice(0, height);
  const y = Math.max(0, Math.floor((height - lines.length) / 2));
  for (const [i, line] of lines.entries()) {
    put(buffer, Math.max(0, Math.floor((width - cellWidth(line)) / 2)), y + i, line);
  }
}

function drawAll(canvas: Canvas, state: State): void {
  const { buffer, signs, regions } = canvas;
  const tabs = tabsOf(state);
  const active = tabs.findIndex(({ id }) => id === state.tab);
  const bar = { x: 0, y: 0, width: buffer.width, height: 1 };
  for (const { index, rect } of drawTabs(buffer, bar, tabs, active, signs)) {
    regions.push({ rect, target: { type: "tab", index } });
  }
  drawTitle(canvas, state);
  const view = topView(state);
  drawScreen(canvas, screenOf(view), state, view);
  if (state.mode.kind === "help") drawHelp(canvas, state, state.mode.offset);
  if (state.mode.kind === "confirm") drawQuestion(canvas, state.mode.question);
}

/** What goes on elsewhere stands at the right of the title. */
function drawTitle({ buffer, signs }: Canvas, state: State): void {
  const view = topView(state);
  const { watch } = state.live;
  const notes = [
    state.frozen === undefined ? "" : "frozen",
    watch !== undefined && isRunning(watch) && view.kind !== "watch"
      ? `Lab: ${watchText(watch)}`
      : "",
    view.table.filter === "" ? "" : `filter ${view.table.filter}`,
  ].filter((note) => note !== "");
  const note = truncate(
    notes.join(` ${signs.dot} `),
    Math.floor(buffer.width / 2),
    signs.ellipsis,
  );
  const room = buffer.width - (note === "" ? 0 : cellWidth(note) + 2);
  put(
    buffer,
    0,
    1,
    truncate(screenOf(view).title(state, view), room, signs.ellipsis),
    style("title"),
  );
  put(buffer, buffer.width - cellWidth(note), 1, note, style("warning"));
}

/** What is typed, or said; below it the keys. */
function drawBottom(buffer: Buffer, state: State): Drawn["cursor"] {
  const { mode } = state;
  const signs = signsOf(state.ascii);
  const line = { x: 0, y: buffer.height - 2, width: buffer.width, height: 1 };
  const keys = { ...line, y: buffer.height - 1 };
  switch (mode.kind) {
    case "filter":
      put(
        buffer,
        0,
        keys.y,
        "Enter keeps it, Esc gives it up; !word leaves rows out",
        style("muted"),
      );
      return drawInput(buffer, line, mode.line, "/");
    case "command":
      put(
        buffer,
        0,
        keys.y,
        truncate(
          mode.fitting.length === 0
            ? "Enter does it, Tab completes, Esc leaves"
            : mode.fitting.join("  "),
          buffer.width,
          signs.ellipsis,
        ),
        style("muted"),
      );
      return drawInput(buffer, line, mode.line, ":");
    case "edit":
      put(
        buffer,
        0,
        keys.y,
        "Enter sets it, Esc leaves; nothing takes the default",
        style("muted"),
      );
      return drawInput(buffer, line, mode.line, `${mode.row.split(":")[1]} = `);
    default:
      put(buffer, 0, line.y, truncate(state.status, buffer.width, signs.ellipsis), style("accent"));
      drawFooter(buffer, keys, KEYS, state, state.ascii);
      return undefined;
  }
}

const KEY_WIDTH = 18;

/** The lines of the help. */
export function helpText(state: State): Line[] {
  const lines = helpLines(KEYS, { ...state, mode: { kind: "normal" } }, state.ascii);
  return lines.map(({ keys, text, reason }): Line =>
    text === undefined ? [{ text: keys, style: style("title") }] : [
      { text: `  ${pad(keys, KEY_WIDTH)} `, style: style(reason === undefined ? "key" : "muted") },
      { text, style: style(reason === undefined ? "plain" : "muted") },
      { text: reason === undefined ? "" : ` (${reason})`, style: style("muted") },
    ]
  );
}

/** Rows of the help that are seen at once. */
export function helpHeight({ size }: Pick<State, "size">): number {
  return Math.max(1, size.height - 4);
}

function drawHelp({ buffer, signs }: Canvas, state: State, offset: number): void {
  const lines = helpText(state);
  const area = { x: 0, y: 1, width: buffer.width, height: buffer.height - 2 };
  const size = { width: Math.min(74, buffer.width - 4), height: lines.length };
  const inside = drawPopup(buffer, area, size, "Keys", signs);
  drawLines(buffer, inside, lines, offset, signs.ellipsis);
  const left = lines.length - offset - inside.height;
  if (left > 0) markMore({ buffer, signs }, inside, left);
}

function drawQuestion({ buffer, signs }: Canvas, question: string): void {
  const width = Math.min(56, buffer.width - 8);
  const lines: Line[] = [...wrap(question, width), "", [
    { text: "y", style: style("key") },
    { text: " yes   ", style: 0 },
    { text: "Esc", style: style("key") },
    { text: " no", style: 0 },
  ]];
  const area = { x: 0, y: 0, width: buffer.width, height: buffer.height };
  const inside = drawPopup(buffer, area, { width, height: lines.length }, "versus", signs);
  drawLines(buffer, inside, lines, 0, signs.ellipsis);
}
