/** The same tables as text, where there is no terminal to draw on. */
import { VersusError } from "../../lib/error.ts";
import { viewText } from "./export_view.ts";
import { loadKind } from "./data.ts";
import { startState, type State, type TabId } from "./state.ts";
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

/**
 * Writes every tab that has something to show: the versus table, each category, claims, history.
 *
 * @param width Cells of a line.
 * @param ascii Whether only ASCII may be used.
 * @returns The text.
 */
export async function plainText(width: number, ascii: boolean): Promise<string> {
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
  return shown.map((tab) => viewText({ ...state, tab }, width)).join("\n");
}
