/** What a person did becomes the next state and what is to be done; pure. */
import {
  contains,
  editLine,
  findBinding,
  type Input,
  inputLine,
  keepSelection,
  type Move,
  moveSelection,
  nextSort,
  scrollText,
  selectedRow,
  selectRow,
  type Step,
  visibleRows,
} from "../../lib/tui/mod.ts";
import { rowText, viewText } from "./export_view.ts";
import { bodyRect, type Drawn, helpHeight, helpText } from "./frame.ts";
import { type Action, KEYS } from "./keys.ts";
import { onModeInput } from "./modes.ts";
import { goBack, goTo, setWeight } from "./moves.ts";
import { partsOf } from "./screen.ts";
import { setup, showWatch } from "./screens/lab.ts";
import { screenOf } from "./screens/mod.ts";
import { openSource } from "./screens/samples.ts";
import {
  type Effect,
  type State,
  topView,
  valueOf,
  type View,
  weightOf,
  withView,
} from "./state.ts";
import { tabsOf } from "./tab_list.ts";
import { isRunning, isTiming } from "./watch_state.ts";

type Next = Step<State, Effect>;

/**
 * Takes what a person did.
 *
 * @param state The state.
 * @param input A key, a paste, the mouse.
 * @param drawn What was seen.
 * @returns The next state, and what is to be done.
 */
export function onInput(state: State, input: Input, drawn: Drawn): Next {
  return putOffReading(takeInput(state, input, drawn));
}

/** While samples are timed nothing is read: that would take a processor. */
function putOffReading({ state, effects = [] }: Next): Next {
  if (!isTiming(state.live.watch)) return { state, effects };
  const reading = effects.filter(({ type }) => type.startsWith("load"));
  if (reading.length === 0) return { state, effects };
  return {
    state: {
      ...state,
      waiting: [...state.waiting, ...reading],
      status: "samples are being timed; it is read when they are done",
    },
    effects: effects.filter((effect) => !reading.includes(effect)),
  };
}

function takeInput(state: State, input: Input, drawn: Drawn): Next {
  if (input.type === "mouse") return onMouse(state, input, drawn);
  if (input.type === "key" && input.key === "ctrl-c") {
    return { state, effects: [{ type: "interrupt" }] };
  }
  if (input.type === "key" && input.key === "ctrl-z") {
    return { state, effects: [{ type: "suspend" }] };
  }
  const { mode } = state;
  if (mode.kind === "help") return onHelpKey(state, input, mode.offset);
  if (mode.kind !== "normal") {
    return onModeInput(state, mode, input, editLine(lineOf(state), input));
  }
  if (input.type !== "key") return { state };
  const binding = findBinding(KEYS, state, input.key);
  if (binding === undefined) return { state: { ...state, status: "" } };
  const reason = binding.reason?.(state);
  if (reason !== undefined) return { state: { ...state, status: reason } };
  return act({ ...state, status: "" }, binding.action, input.key);
}

function lineOf({ mode }: State) {
  return "line" in mode ? mode.line : inputLine();
}

const HELP_MOVES: Readonly<Record<string, Move>> = {
  down: "down",
  j: "down",
  up: "up",
  k: "up",
  pagedown: "page-down",
  pageup: "page-up",
  space: "page-down",
  g: "first",
  G: "last",
  home: "first",
  end: "last",
};

function onHelpKey(state: State, input: Input, offset: number): Next {
  if (input.type !== "key") return { state };
  const move = HELP_MOVES[input.key];
  if (move === undefined) return { state: { ...state, mode: { kind: "normal" } } };
  const next = scrollText(offset, move, helpText(state).length, helpHeight(state));
  return { state: { ...state, mode: { kind: "help", offset: next } } };
}

function act(state: State, action: Action, key: string): Next {
  const view = topView(state);
  const screen = screenOf(view);
  const table = screen.table?.(state, view);
  switch (action.type) {
    case "move":
      return { state: moveView(state, action.move) };
    case "digit": {
      const tab = tabsOf(state).find((t) => t.key === key);
      return tab === undefined ? { state } : goTo(state, tab.id);
    }
    case "next-tab":
      return goTo(state, neighbour(state, 1));
    case "previous-tab":
      return goTo(state, neighbour(state, -1));
    case "enter": {
      const step = screen.enter?.(state, view) ?? { state };
      // A tab may be entered by Enter for the first time, and has things to read then.
      return step.state.tab === state.tab ? step : goTo(step.state, step.state.tab);
    }
    case "back":
      return { state: goBack(state) };
    case "weigh":
      return { state: weigh(state, action.by) };
    case "unweigh":
      return { state: { ...state, weights: {}, status: "the card's weights" } };
    case "filter":
      return {
        state: {
          ...state,
          mode: {
            kind: "filter",
            line: inputLine(view.table.filter),
            before: view.table.filter,
          },
        },
      };
    case "sort":
      return { state: table === undefined ? state : sortView(state, view) };
    case "freeze":
      return { state: toggleFreeze(state) };
    case "copy-row": {
      const row = table === undefined ? undefined : selectedRow(table, view.table);
      if (row === undefined || table === undefined) return { state };
      return { state, effects: [{ type: "copy", text: rowText(table, row) }] };
    }
    case "copy-view":
      return { state, effects: [{ type: "copy", text: viewText(state) }] };
    case "export": {
      const line = inputLine(`export versus-${view.kind}.${table === undefined ? "txt" : "csv"}`);
      return { state: { ...state, mode: { kind: "command", line, fitting: [] } } };
    }
    case "start":
      return startSetup(state, view);
    case "toggle":
      return screen.enter?.(state, view) ?? { state };
    case "cancel":
      return {
        state,
        effects: [{ type: view.kind === "probes" ? "cancel-probe" : "cancel-run" }],
      };
    case "watch": {
      const there = goTo(state, "lab");
      return { ...there, state: showWatch(there.state) };
    }
    case "source":
      return sourceOf(state, view);
    case "reload":
      return { state: { ...state, status: "reading" }, effects: reload(state) };
    case "redraw":
      return { state: { ...state, redraws: state.redraws + 1 } };
    case "help":
      return { state: { ...state, mode: { kind: "help", offset: 0 } } };
    case "command":
      return {
        state: { ...state, mode: { kind: "command", line: inputLine(), fitting: [] } },
      };
    case "quit":
      return quit(state);
    case "interrupt":
    case "suspend":
      return { state, effects: [{ type: action.type }] };
  }
}

/** Quits; a run that is under way is ended only after a second thought. */
function quit(state: State): Next {
  if (!isRunning(state.live.watch)) return { state, effects: [{ type: "quit" }] };
  return {
    state: {
      ...state,
      mode: {
        kind: "confirm",
        question: "A run is under way. End it and quit? What was measured is kept.",
        effect: { type: "quit" },
      },
    },
  };
}

/** Reads anew what was read. */
export function reload(state: State): Effect[] {
  const seen = (["score", "claims", "history", "scenarios"] as const)
    .filter((kind) => kind === "score" || state.data[kind].state !== "loading");
  return seen.map((kind) => ({ type: "load", kind }));
}

function neighbour(state: State, by: 1 | -1) {
  const tabs = tabsOf(state);
  const at = tabs.findIndex(({ id }) => id === state.tab);
  return tabs[(at + by + tabs.length) % tabs.length]!.id;
}

/** Moves the selection of the table, or the text where that is what moves. */
function moveView(state: State, move: Move): State {
  const view = topView(state);
  const screen = screenOf(view);
  const table = screen.table?.(state, view);
  const parts = partsOf(screen, state, view, bodyRect(state));
  // Where all rows are seen, pages are those of the text below them.
  const fits = table !== undefined && parts.text.height > 0 &&
    visibleRows(table, view.table).length < parts.table.height;
  const paged = (move === "page-up" || move === "page-down") && fits;
  if (table !== undefined && !paged) {
    const page = parts.table.height - 1;
    return withView(state, {
      ...view,
      offset: view.kind === "category" ? view.offset : 0,
      table: moveSelection(table, view.table, move, page),
    });
  }
  const lines = screen.lines?.(state, view, parts.text.width) ?? [];
  const offset = scrollText(view.offset, move, lines.length, parts.text.height);
  return withView(state, { ...view, offset });
}

function sortView(state: State, view: View): State {
  const table = screenOf(view).table!(state, view)!;
  const next = nextSort(table, view.table);
  const column = table.columns.find(({ id }) => id === next.sort?.column);
  const status = column === undefined
    ? "in the order of the data"
    : `by ${column.title || column.id}, ${next.sort!.descending ? "down" : "up"}`;
  return { ...withView(state, { ...view, table: next }), status };
}

function weigh(state: State, by: number): State {
  const view = topView(state);
  const categories = valueOf(state.data.score)?.card.categories ?? [];
  const table = screenOf(view).table?.(state, view);
  const found = view.kind === "category"
    ? categories[view.index]
    : view.kind === "overview" && table !== undefined
    ? selectedRow(table, view.table)?.category
    : undefined;
  if (found === undefined) return state;
  // The rows are made anew, so that the selected one is known by its name from here on.
  const kept = table === undefined || view.kind !== "overview"
    ? state
    : withView(state, { ...view, table: keepSelection(table, view.table) });
  return setWeight(kept, found.id, Math.max(0, weightOf(state, found) + by));
}

function toggleFreeze(state: State): State {
  const { frozen, ...rest } = state;
  return frozen === undefined
    ? { ...state, frozen: state.live, status: "frozen" }
    : { ...rest, status: "goes on" };
}

function startSetup(state: State, view: View): Next {
  if (view.kind !== "setup") return { state };
  const table = setup.table!(state, view)!;
  return setup.enter!(state, {
    ...view,
    table: selectRow(table, { selected: 0, filter: "" }, 0),
  }) ??
    { state };
}

function sourceOf(state: State, view: View): Next {
  const screen = screenOf(view);
  const table = screen.table?.(state, view);
  if (view.kind === "samples") return screen.enter?.(state, view) ?? { state };
  if (table === undefined) return { state };
  const row = selectedRow(table, view.table);
  if (view.kind === "run" && row !== undefined) {
    return openSource(state, row.scenario, row.result.variant);
  }
  if (view.kind === "setup" && row?.kind === "variant") {
    return openSource(state, view.scenario, row.name);
  }
  return { state: { ...state, status: "select a variant" } };
}

function onMouse(state: State, input: Extract<Input, { type: "mouse" }>, drawn: Drawn): Next {
  if (state.mode.kind !== "normal") return { state };
  if (input.action === "wheel-up" || input.action === "wheel-down") {
    const move = input.action === "wheel-up" ? "up" : "down";
    return { state: moveView(moveView(moveView(state, move), move), move) };
  }
  if (input.action !== "press") return { state };
  const region = drawn.regions.find(({ rect }) => contains(rect, input.x, input.y));
  if (region === undefined) return { state };
  if (region.target.type === "tab") {
    const tab = tabsOf(state)[region.target.index];
    return tab === undefined ? { state } : goTo(state, tab.id);
  }
  const view = topView(state);
  const screen = screenOf(view);
  const table = screen.table?.(state, view);
  if (table === undefined) return { state };
  const selected = selectRow(table, view.table, region.target.index);
  if (selected.key === view.table.key) return screen.enter?.(state, view) ?? { state };
  return { state: withView(state, { ...view, table: selected }) };
}
