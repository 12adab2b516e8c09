/** The key table: what each key does; the footer and the help are made from it. */
import type { Binding, Move } from "../../lib/tui/mod.ts";
import { screenOf } from "./screens/mod.ts";
import { shownLive, type State, topView, valueOf } from "./state.ts";
import { isRunning } from "./watch_state.ts";

/** What a key does. */
export type Action =
  | { readonly type: "move"; readonly move: Move }
  | { readonly type: "digit" }
  | { readonly type: "weigh"; readonly by: number }
  | {
    readonly type:
      | "quit"
      | "interrupt"
      | "suspend"
      | "next-tab"
      | "previous-tab"
      | "enter"
      | "back"
      | "help"
      | "command"
      | "filter"
      | "sort"
      | "unweigh"
      | "freeze"
      | "copy-row"
      | "copy-view"
      | "export"
      | "start"
      | "toggle"
      | "cancel"
      | "watch"
      | "source"
      | "reload"
      | "redraw";
  };

type Key = Binding<State, Action>;

function hasTable(state: State): boolean {
  const view = topView(state);
  return screenOf(view).table?.(state, view) !== undefined;
}

function hasEnter(state: State): boolean {
  return screenOf(topView(state)).enter !== undefined;
}

function onScores(state: State): boolean {
  const { kind } = topView(state);
  return kind === "overview" || kind === "category";
}

function noCard(state: State): string | undefined {
  return valueOf(state.data.score) === undefined ? "the scorecard is not read yet" : undefined;
}

function move(move: Move, keys: readonly string[], help: string, more?: Partial<Key>): Key {
  return { keys, action: { type: "move", move }, label: help, help, group: "Move", ...more };
}

/** All keys, in the order of the help. */
export const KEYS: readonly Key[] = [
  {
    keys: [..."1234567890"],
    shown: "1-9 0",
    action: { type: "digit" },
    label: "tab",
    help: "1 the overview, 2 to 9 the categories, 0 the Lab",
    group: "Tabs",
    footer: 12,
  },
  {
    keys: ["right", "l", "tab"],
    action: { type: "next-tab" },
    label: "next tab",
    group: "Tabs",
  },
  {
    keys: ["left", "h", "shift-tab"],
    action: { type: "previous-tab" },
    label: "previous tab",
    group: "Tabs",
  },
  move("down", ["down", "j"], "down"),
  move("up", ["up", "k"], "up"),
  move("page-down", ["pagedown", "ctrl-f"], "a page down; in the text, if all rows are seen"),
  move("page-up", ["pageup", "ctrl-b"], "a page up; in the text, if all rows are seen"),
  move("first", ["g", "home"], "to the beginning"),
  move("last", ["G", "end"], "to the end"),
  {
    keys: ["enter"],
    action: { type: "enter" },
    label: "open",
    help: "down: score, evidence, run, samples, source",
    group: "Move",
    footer: 1,
    when: hasEnter,
  },
  {
    keys: ["esc", "backspace"],
    shown: "Esc",
    action: { type: "back" },
    label: "back",
    help: "back up; ends a filter first",
    group: "Move",
    footer: 2,
    when: (state) =>
      (state.stacks[state.tab]?.length ?? 1) > 1 || topView(state).table.filter !== "",
  },
  {
    keys: ["r"],
    action: { type: "start" },
    label: "run",
    help: "start the run that is set up",
    group: "Lab",
    footer: 3,
    when: (state) => topView(state).kind === "setup",
    reason: (state) => isRunning(state.live.watch) ? "a run is under way" : undefined,
  },
  {
    keys: ["x"],
    action: { type: "toggle" },
    label: "change",
    help: "leave a variant out, or change a value",
    group: "Lab",
    footer: 4,
    when: (state) => topView(state).kind === "setup",
  },
  {
    keys: ["c"],
    action: { type: "cancel" },
    label: "cancel",
    help: "end the run or the probes; what was measured is kept",
    group: "Lab",
    footer: 3,
    when: (state) => ["watch", "probes"].includes(topView(state).kind),
    reason: (state) =>
      topView(state).kind === "watch"
        ? isRunning(state.live.watch) ? undefined : "no run is under way"
        : ["starting", "running"].includes(state.live.probes?.state ?? "")
        ? undefined
        : "nothing is probed",
  },
  {
    keys: ["w"],
    action: { type: "watch" },
    label: "watch",
    help: "show the run of the Lab",
    group: "Lab",
    when: (state) => state.live.watch !== undefined,
  },
  {
    keys: ["o"],
    action: { type: "source" },
    label: "source",
    help: "the source of the selected program",
    group: "Move",
    footer: 6,
    when: (state) => ["run", "samples", "setup"].includes(topView(state).kind),
  },
  {
    keys: ["+"],
    action: { type: "weigh", by: 0.5 },
    label: "heavier",
    help: "more weight for the category; totals follow at once",
    group: "Weights",
    footer: 4,
    when: onScores,
    reason: noCard,
  },
  {
    keys: ["-"],
    action: { type: "weigh", by: -0.5 },
    label: "lighter",
    help: "less weight for the category",
    group: "Weights",
    footer: 5,
    when: onScores,
    reason: noCard,
  },
  {
    keys: ["="],
    action: { type: "unweigh" },
    label: "card's weights",
    help: "all weights as in the card",
    group: "Weights",
    when: onScores,
    reason: (state) =>
      Object.keys(state.weights).length === 0 ? "no weight was changed" : undefined,
  },
  {
    keys: ["/"],
    action: { type: "filter" },
    label: "filter",
    help: "show rows with these words; !word leaves rows out",
    group: "Rows",
    footer: 9,
    when: hasTable,
  },
  {
    keys: ["s"],
    action: { type: "sort" },
    label: "sort",
    help: "sort by the next column, up and then down",
    group: "Rows",
    footer: 10,
    when: hasTable,
  },
  { keys: ["y"], action: { type: "copy-row" }, label: "copy row", group: "Rows", when: hasTable },
  { keys: ["Y"], action: { type: "copy-view" }, label: "copy the screen", group: "Rows" },
  {
    keys: ["ctrl-s"],
    action: { type: "export" },
    label: "export",
    help: "write the screen to a file: .txt .csv .md .json",
    group: "Rows",
  },
  {
    keys: ["space"],
    action: { type: "freeze" },
    label: "freeze",
    help: "hold what changes by itself, or let it go on",
    group: "Program",
    footer: 5,
    when: (state) =>
      Object.values(shownLive(state)).some((part) => part !== undefined) ||
      state.frozen !== undefined,
  },
  {
    keys: [":"],
    action: { type: "command" },
    label: "command",
    help: "a command line; Tab completes",
    group: "Program",
    footer: 8,
  },
  { keys: ["ctrl-r"], action: { type: "reload" }, label: "read everything anew", group: "Program" },
  { keys: ["ctrl-l"], action: { type: "redraw" }, label: "draw everything anew", group: "Program" },
  { keys: ["?"], action: { type: "help" }, label: "help", group: "Program", footer: 6 },
  { keys: ["q"], action: { type: "quit" }, label: "quit", group: "Program", footer: 7 },
  { keys: ["ctrl-c"], action: { type: "interrupt" }, label: "quit at once", group: "Program" },
  { keys: ["ctrl-z"], action: { type: "suspend" }, label: "suspend", group: "Program" },
];
