/** The same tables as text, where there is no terminal to draw on. */
import { VersusError } from "../../lib/error.ts";
import {
  bufferText,
  createBuffer,
  drawTable,
  lineText,
  loadWidths,
  signs,
  toAscii,
} from "../../lib/tui/mod.ts";
import { loadKind } from "./data.ts";
import { screenOf } from "./screens/mod.ts";
import { startState, type State, type TabId, topView } from "./state.ts";
import { tabsOf } from "./tab_list.ts";
import type { DataKinds, Loaded } from "./views.ts";

async function here<K extends keyof DataKinds>(kind: K): Promise<Loaded<DataKinds[K]>> {
  try {
    return { state: "here", value: await loadKind(kind) };
  } catch (error) {
    // The other tables can be printed all the same.
    if (!(error instanceof VersusError)) throw error;
    return { state: "failed", message: error.message };
  }
}

/** A tab as it is drawn, with all its rows and no selection. */
function tabText(state: State, width: number): string {
  const view = topView(state);
  const screen = screenOf(view);
  const table = screen.table?.(state, view);
  const parts = [`${screen.title(state, view)}\n`];
  if (table !== undefined) {
    const empty = screen.empty?.(state, view);
    const height = Math.max(2, table.rows.length + 1);
    const buffer = createBuffer(width, height);
    drawTable(buffer, { x: 0, y: 0, width, height }, table, view.table, {
      signs: signs(state.ascii),
      active: false,
      ...(empty === undefined ? {} : { empty }),
    });
    parts.push(bufferText(buffer));
  }
  const lines = screen.lines?.(state, view, width) ?? [];
  if (lines.length > 0) parts.push(lines.map((line) => `${lineText(line).trimEnd()}\n`).join(""));
  return parts.join("\n");
}

/**
 * Writes every tab that has something to show: the versus table, each category, claims, history.
 *
 * @param width Cells of a line.
 * @param ascii Whether only ASCII may be used.
 * @returns The text.
 */
export async function plainText(width: number, ascii: boolean): Promise<string> {
  await loadWidths();
  const state: State = {
    ...startState({ theme: "monochrome", ascii }),
    data: {
      score: await here("score"),
      claims: await here("claims"),
      history: await here("history"),
      scenarios: { state: "loading" },
    },
  };
  const shown: TabId[] = tabsOf(state).map(({ id }) => id)
    .filter((id) => id !== "lab" && id !== "probes");
  const text = shown.map((tab) => tabText({ ...state, tab }, width)).join("\n");
  return ascii ? text.split("\n").map(toAscii).join("\n") : text;
}
