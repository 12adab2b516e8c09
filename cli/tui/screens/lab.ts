/** The Lab: scenarios to pick, and what can be chosen for a run. */
import {
  inputLine,
  type Line,
  selectedRow,
  signs as signsOf,
  type Step,
  style,
  type Table,
  wrapped,
} from "../../../lib/tui/mod.ts";
import { memo, muted, type Screen } from "../screen.ts";
import {
  type Effect,
  fresh,
  pushView,
  type Setup,
  shownLive,
  type State,
  valueOf,
  type View,
} from "../state.ts";
import type { ScenarioView } from "../views.ts";
import { isRunning, startWatch } from "../watch_state.ts";

type LabTab = Extract<View, { kind: "lab" }>;
type SetupScreen = Extract<View, { kind: "setup" }>;

const NONE: readonly ScenarioView[] = [];

function tableOf(state: State): Table<ScenarioView> {
  return {
    key: ({ name }) => name,
    rows: valueOf(state.data.scenarios) ?? NONE,
    columns: [
      { id: "name", title: "scenario", min: 14, max: 20, cell: (s) => s.name },
      { id: "kind", title: "kind", min: 9, drop: 1, cell: (s) => s.kind },
      { id: "title", title: "what", min: 20, max: 60, cell: (s) => s.title },
      {
        id: "variants",
        title: "variants",
        align: "right",
        min: 8,
        cell: (s) => String(s.variants.length),
        sort: (s) => s.variants.length,
      },
      {
        id: "languages",
        title: "languages",
        min: 12,
        max: 50,
        drop: 2,
        cell: (s) => [...new Set(s.variants.map((v) => v.language))].join(", "),
      },
    ],
  };
}

/** Tab 0. */
export const lab: Screen<LabTab> = {
  title: () => "Lab: pick a scenario",
  table: tableOf,
  tableHeight: (height) => Math.max(4, height - 5),
  empty(state) {
    const loaded = state.data.scenarios;
    return loaded.state === "failed" ? loaded.message : "reading the scenarios";
  },
  lines(state, view, width) {
    const watch = shownLive(state).watch;
    const row = selectedRow(tableOf(state), view.table);
    return [
      ...(watch === undefined ? [] : [muted(
        `versus ${watch.args.join(" ")}: ${watch.state}; w shows it`,
      )]),
      ...(row === undefined ? [] : wrapped(row.computes.trim().replace(/\s+/g, " "), width)),
    ];
  },
  enter(state, view) {
    const row = selectedRow(tableOf(state), view.table);
    return row === undefined
      ? undefined
      : { state: pushView(state, fresh({ kind: "setup", scenario: row.name })) };
  },
  json: (state) => valueOf(state.data.scenarios),
};

/** A line of what can be chosen. */
interface SetupRow {
  readonly key: string;
  readonly kind: "start" | "parameter" | "variant" | "option";
  readonly name: string;
  readonly value: string;
  readonly what: string;
  readonly changed: boolean;
}

/** Options of `versus run` that are offered, with what they are when nothing is said. */
const OPTIONS: readonly (readonly [name: string, value: string, what: string])[] = [
  ["max-time", "60s", "take samples for at most so long"],
  ["precision", "2%", "stop a case when its median is known to ± this"],
  ["runs", "", "take exactly so many samples of each case"],
  ["target", "", "find the size with which a case takes about so long"],
  ["seed", "", "seed of the order of executions"],
];

const EMPTY: Setup = { without: [], params: {}, options: {} };

function setupOf(state: State, scenario: string): Setup {
  return state.setups[scenario] ?? EMPTY;
}

function scenarioOf(state: State, name: string): ScenarioView | undefined {
  return valueOf(state.data.scenarios)?.find((s) => s.name === name);
}

const setupRows = memo(
  (scenario: ScenarioView, setup: Setup, ascii: boolean): readonly SetupRow[] => {
    const { ticks } = signsOf(ascii);
    return [
      {
        key: "start",
        kind: "start",
        name: "Start",
        value: "",
        what: `versus ${runArgs(scenario, setup).join(" ")}`,
        changed: false,
      },
      ...scenario.parameters.map((p): SetupRow => ({
        key: `parameter:${p.name}`,
        kind: "parameter",
        name: p.name,
        value: setup.params[p.name] ?? p.default,
        what: `${p.title}: ${p.values}`,
        changed: setup.params[p.name] !== undefined,
      })),
      ...OPTIONS.map(([name, value, what]): SetupRow => ({
        key: `option:${name}`,
        kind: "option",
        name,
        value: setup.options[name] ?? value,
        what,
        changed: setup.options[name] !== undefined,
      })),
      ...scenario.variants.map((variant): SetupRow => ({
        key: `variant:${variant.name}`,
        kind: "variant",
        name: variant.name,
        value: setup.without.includes(variant.name) ? ticks[1] : ticks[0],
        what: [variant.language, variant.title].filter((text) => text !== "").join(", "),
        changed: false,
      })),
    ];
  },
);

const NO_ROWS: readonly SetupRow[] = [];

function setupTable(state: State, view: SetupScreen): Table<SetupRow> {
  const scenario = scenarioOf(state, view.scenario);
  return {
    key: ({ key }) => key,
    rows: scenario === undefined
      ? NO_ROWS
      : setupRows(scenario, setupOf(state, view.scenario), state.ascii),
    columns: [
      { id: "kind", title: "", min: 9, cell: (r) => r.kind === "start" ? "" : r.kind },
      {
        id: "name",
        title: "name",
        min: 12,
        max: 22,
        cell: (r) => [{ text: r.name, style: style(r.kind === "start" ? "key" : "plain") }],
      },
      {
        id: "value",
        title: "value",
        min: 10,
        max: 16,
        cell: (r) => [{ text: r.value, style: style(r.changed ? "accent" : "plain") }],
      },
      { id: "what", title: "what", min: 16, max: 80, cell: (r) => r.what },
    ],
  };
}

/**
 * The words of `versus run` for what was chosen.
 *
 * @param scenario The scenario.
 * @param setup What was chosen.
 * @returns What stands behind `versus`.
 */
export function runArgs(scenario: ScenarioView, setup: Setup): string[] {
  const kept = scenario.variants.map(({ name }) => name).filter((n) => !setup.without.includes(n));
  return [
    "run",
    scenario.name,
    ...Object.entries(setup.params).flatMap(([name, value]) => ["-p", `${name}=${value}`]),
    ...(setup.without.length === 0 ? [] : ["--variant", kept.join(",")]),
    ...Object.entries(setup.options).flatMap(([name, value]) => [`--${name}`, value]),
  ];
}

/**
 * Starts a run and shows it; only one at a time, since two would disturb each other.
 *
 * @param state The state.
 * @param args What stands behind `versus`.
 * @returns The next state, and what is to be done.
 */
export function startRun(state: State, args: readonly string[]): Step<State, Effect> {
  if (isRunning(state.live.watch)) {
    return { state: { ...state, status: "a run is under way; c cancels it" } };
  }
  const live = { ...state.live, watch: startWatch(args) };
  const { frozen: _, ...rest } = state;
  const next: State = { ...rest, live, tab: "lab" };
  return { state: showWatch(next), effects: [{ type: "start-run", args }] };
}

/** Shows the run that is under way, or was the last. */
export function showWatch(state: State): State {
  const stack = state.stacks.lab ?? [];
  if (stack.at(-1)?.kind === "watch") return state;
  return pushView(state, fresh({ kind: "watch" }));
}

function enterSetup(state: State, view: SetupScreen): Step<State, Effect> | undefined {
  const scenario = scenarioOf(state, view.scenario);
  const row = selectedRow(setupTable(state, view), view.table);
  if (scenario === undefined || row === undefined) return undefined;
  const setup = setupOf(state, view.scenario);
  switch (row.kind) {
    case "start":
      return startRun(state, runArgs(scenario, setup));
    case "variant":
      return { state: toggleVariant(state, scenario, row.name) };
    default:
      return {
        state: {
          ...state,
          mode: {
            kind: "edit",
            line: inputLine(row.value),
            row: row.key,
            scenario: view.scenario,
          },
        },
      };
  }
}

function toggleVariant(state: State, scenario: ScenarioView, name: string): State {
  const setup = setupOf(state, scenario.name);
  const without = setup.without.includes(name)
    ? setup.without.filter((n) => n !== name)
    : [...setup.without, name];
  if (without.length === scenario.variants.length) {
    return { ...state, status: "one variant must stay" };
  }
  return { ...state, setups: { ...state.setups, [scenario.name]: { ...setup, without } } };
}

/**
 * Sets a parameter or an option; nothing, or what it is anyway, takes it back.
 *
 * @param state The state.
 * @param name The scenario.
 * @param row The row of the setup: `parameter:n`.
 * @param text What was typed.
 * @returns The next state.
 */
export function setValue(state: State, name: string, row: string, text: string): State {
  const scenario = scenarioOf(state, name);
  if (scenario === undefined) return state;
  const [kind, key] = row.split(":") as [string, string];
  const setup = setupOf(state, name);
  const field = kind === "parameter" ? "params" : "options";
  const usual = kind === "parameter"
    ? scenario.parameters.find((p) => p.name === key)?.default
    : OPTIONS.find(([option]) => option === key)?.[1];
  const value = text.trim();
  const { [key]: _, ...others } = setup[field];
  const changed = value === "" || value === usual ? others : { ...others, [key]: value };
  return { ...state, setups: { ...state.setups, [name]: { ...setup, [field]: changed } } };
}

/** What is chosen for a run of one scenario. */
export const setup: Screen<SetupScreen> = {
  title: (state, view) => `Lab: ${scenarioOf(state, view.scenario)?.title ?? view.scenario}`,
  table: setupTable,
  tableHeight: (height) => Math.max(5, height - 4),
  empty: () => "reading the scenario",
  lines(state, view, width): readonly Line[] {
    const scenario = scenarioOf(state, view.scenario);
    if (scenario === undefined) return [];
    return wrapped(
      `versus ${runArgs(scenario, setupOf(state, view.scenario)).join(" ")}`,
      width,
      style("accent"),
      "  ",
    );
  },
  enter: enterSetup,
  json: (state, view) => scenarioOf(state, view.scenario),
};
