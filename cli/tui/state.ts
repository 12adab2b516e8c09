/** What the terminal UI knows at any moment; everything that is seen follows from it. */
import type { InputLine, TableState, ThemeName } from "../../lib/tui/mod.ts";
import { FRESH_TABLE } from "../../lib/tui/mod.ts";
import type { ProbesState } from "./probes_state.ts";
import type { AnyTable } from "./screen.ts";
import type { DataKinds, Loaded, RunView, SourceView } from "./views.ts";
import { LOADING } from "./views.ts";
import type { WatchState } from "./watch_state.ts";

/** A tab: nine of a scorecard's categories at most, the others always. */
export type TabId = "overview" | `category:${number}` | "lab" | "claims" | "probes" | "history";

/** A screen of a tab; each tab has a stack of them, which Enter goes down and Esc up. */
export type View =
  & { readonly table: TableState; readonly offset: number }
  & (
    | { readonly kind: "overview" }
    | { readonly kind: "category"; readonly index: number }
    | { readonly kind: "evidence"; readonly category: string; readonly language: string }
    | { readonly kind: "run"; readonly runId: string }
    | { readonly kind: "samples"; readonly runId: string; readonly caseId: string }
    | { readonly kind: "source"; readonly scenario: string; readonly variant: string }
    | { readonly kind: "lab" }
    | { readonly kind: "setup"; readonly scenario: string }
    | { readonly kind: "watch" }
    | { readonly kind: "claims" }
    | { readonly kind: "claim"; readonly id: string }
    | { readonly kind: "probes" }
    | { readonly kind: "history" }
  );

/** What is chosen for a run in the Lab. */
export interface Setup {
  /** Variants that are left out. */
  readonly without: readonly string[];
  /** Values of parameters that are not the default. */
  readonly params: Readonly<Record<string, string>>;
  /** Options of `versus run`: `max-time`, `runs`, … */
  readonly options: Readonly<Record<string, string>>;
}

/** What lies over the screen or takes the keys. */
export type Mode =
  | { readonly kind: "normal" }
  | { readonly kind: "filter"; readonly line: InputLine; readonly before: string }
  | { readonly kind: "command"; readonly line: InputLine; readonly fitting: readonly string[] }
  | {
    readonly kind: "edit";
    readonly line: InputLine;
    /** The row of the setup that is edited. */
    readonly row: string;
    readonly scenario: string;
  }
  | { readonly kind: "help"; readonly offset: number }
  | { readonly kind: "confirm"; readonly question: string; readonly effect: Effect };

/** Something to be done in the world. */
export type Effect =
  | { readonly type: "quit" }
  | { readonly type: "interrupt" }
  | { readonly type: "suspend" }
  | { readonly type: "load"; readonly kind: keyof DataKinds }
  | { readonly type: "prepare"; readonly table: AnyTable }
  | { readonly type: "load-run"; readonly runId: string }
  | { readonly type: "load-source"; readonly scenario: string; readonly variant: string }
  | { readonly type: "start-run"; readonly args: readonly string[] }
  | { readonly type: "cancel-run" }
  | { readonly type: "start-probe"; readonly args: readonly string[] }
  | { readonly type: "cancel-probe" }
  | { readonly type: "copy"; readonly text: string }
  | { readonly type: "export"; readonly text: string; readonly file: string }
  | { readonly type: "mouse"; readonly on: boolean };

/** What has happened in the world. */
export type Message =
  | {
    [Kind in keyof DataKinds]: {
      readonly type: "loaded";
      readonly kind: Kind;
      readonly data: Loaded<DataKinds[Kind]>;
    };
  }[keyof DataKinds]
  | { readonly type: "run-loaded"; readonly runId: string; readonly data: Loaded<RunView> }
  | { readonly type: "source-loaded"; readonly key: string; readonly data: Loaded<SourceView> }
  | { readonly type: "watch"; readonly watch: WatchState }
  | { readonly type: "probes"; readonly probes: ProbesState }
  | { readonly type: "status"; readonly text: string };

/** The parts that change by themselves, which are held when the screen is frozen. */
export interface Live {
  /** The run in the Lab. */
  readonly watch?: WatchState;
  /** The targets that are probed. */
  readonly probes?: ProbesState;
}

/** What the terminal UI knows. */
export interface State {
  /** Cells of the terminal. */
  readonly size: { readonly width: number; readonly height: number };
  /** The tab that is seen. */
  readonly tab: TabId;
  /** The screens of each tab that was visited, the upper one last. */
  readonly stacks: Readonly<Partial<Record<TabId, readonly View[]>>>;
  /** What lies over the screen. */
  readonly mode: Mode;
  /** What was loaded. */
  readonly data: { readonly [Kind in keyof DataKinds]: Loaded<DataKinds[Kind]> };
  /** Runs that were opened, by identifier. */
  readonly runs: Readonly<Record<string, Loaded<RunView>>>;
  /** Sources that were opened, by scenario and variant. */
  readonly sources: Readonly<Record<string, Loaded<SourceView>>>;
  /** Weights that differ from the card's. */
  readonly weights: Readonly<Record<string, number>>;
  /** What is chosen in the Lab, by scenario. */
  readonly setups: Readonly<Record<string, Setup>>;
  /** What changes by itself. */
  readonly live: Live;
  /** The same as it was when the screen was frozen. */
  readonly frozen?: Live;
  /** What is read once no sample is timed any more, since reading takes a processor. */
  readonly waiting: readonly Effect[];
  /** How often everything was to be drawn anew. */
  readonly redraws: number;
  /** What was last said to the person. */
  readonly status: string;
  /** How it looks. */
  readonly theme: ThemeName;
  /** Whether only ASCII is drawn. */
  readonly ascii: boolean;
  /** Whether the mouse is reported. */
  readonly mouse: boolean;
}

/** The name of the sources of a variant. */
export function sourceKey(scenario: string, variant: string): string {
  return `${scenario}/${variant}`;
}

/** A screen as nobody has touched it. */
export function fresh(view: DistributiveOmit<View, "table" | "offset">): View {
  return { ...view, table: FRESH_TABLE, offset: 0 } as View;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The first screen of a tab. */
export function rootView(tab: TabId): View {
  if (tab.startsWith("category:")) {
    return fresh({ kind: "category", index: Number(tab.slice("category:".length)) });
  }
  return fresh({ kind: tab as Exclude<TabId, `category:${number}`> });
}

/** What to begin with. */
export function startState(
  look: Pick<State, "theme" | "ascii"> & Partial<Pick<State, "data">>,
): State {
  return {
    size: { width: 80, height: 24 },
    tab: "overview",
    stacks: {},
    mode: { kind: "normal" },
    data: { score: LOADING, claims: LOADING, history: LOADING, scenarios: LOADING },
    runs: {},
    sources: {},
    weights: {},
    setups: {},
    live: {},
    waiting: [],
    redraws: 0,
    status: "",
    mouse: false,
    ...look,
  };
}

/** The screen that is seen. */
export function topView(state: State): View {
  return state.stacks[state.tab]?.at(-1) ?? rootView(state.tab);
}

/** Changes the screen that is seen. */
export function withView(state: State, view: View): State {
  const below = (state.stacks[state.tab] ?? []).slice(0, -1);
  return { ...state, stacks: { ...state.stacks, [state.tab]: [...below, view] } };
}

/** Goes down to another screen. */
export function pushView(state: State, view: View): State {
  const stack = state.stacks[state.tab] ?? [rootView(state.tab)];
  return { ...state, stacks: { ...state.stacks, [state.tab]: [...stack, view] } };
}

/** What changes by itself, as it is to be seen. */
export function shownLive(state: State): Live {
  return state.frozen ?? state.live;
}

/** The value of what was loaded, if it is there. */
export function valueOf<T>(loaded: Loaded<T> | undefined): T | undefined {
  return loaded?.state === "here" ? loaded.value : undefined;
}

/** The weight of a category at the moment. */
export function weightOf(state: State, category: { id: string; weight: number }): number {
  return state.weights[category.id] ?? category.weight;
}
