/** Steps from one state to the next that keys, the mouse and commands share. */
import type { Step } from "../../lib/tui/mod.ts";
import {
  type Effect,
  rootView,
  type State,
  type TabId,
  topView,
  valueOf,
  withView,
} from "./state.ts";
import type { DataKinds } from "./views.ts";

/** What a tab needs that is read when it is first seen. */
const NEEDS: Readonly<Partial<Record<TabId, keyof DataKinds>>> = {
  lab: "scenarios",
  claims: "claims",
  history: "history",
};

/**
 * Goes to a tab; what it needs is asked for the first time.
 *
 * @param state The state.
 * @param tab The tab.
 * @returns The next state, and what is to be read.
 */
export function goTo(state: State, tab: TabId): Step<State, Effect> {
  const seen = state.stacks[tab] !== undefined;
  const next = { ...state, tab, status: "" };
  if (seen) return { state: next };
  const needs = NEEDS[tab];
  return {
    state: { ...next, stacks: { ...state.stacks, [tab]: [rootView(tab)] } },
    effects: needs === undefined || state.data[needs].state === "here"
      ? []
      : [{ type: "load", kind: needs }],
  };
}

/** Goes up to the screen before; at the top it ends a filter, and then does nothing. */
export function goBack(state: State): State {
  const view = topView(state);
  if (view.table.filter !== "") {
    return withView(state, { ...view, table: { ...view.table, filter: "" } });
  }
  const stack = state.stacks[state.tab] ?? [];
  if (stack.length < 2) return { ...state, status: "" };
  return { ...state, status: "", stacks: { ...state.stacks, [state.tab]: stack.slice(0, -1) } };
}

/**
 * Sets the weight of a category; the card's own weight takes it back.
 *
 * @param state The state.
 * @param id The category.
 * @param weight At least 0.
 * @returns The next state.
 */
export function setWeight(state: State, id: string, weight: number): State {
  const card = valueOf(state.data.score)?.card;
  const category = card?.categories.find((c) => c.id === id);
  if (category === undefined) return state;
  const { [id]: _, ...others } = state.weights;
  const weights = weight === category.weight ? others : { ...others, [id]: weight };
  return { ...state, weights, status: `${category.name}: weight ${weight}` };
}
