/** The command line of the terminal UI: `:claims`, `:run flipsum`, `:q`. */
import { nearest } from "../../lib/error.ts";
import { type Step, type ThemeName, THEMES } from "../../lib/tui/mod.ts";
import { exportText, FORMATS } from "./export_view.ts";
import { goTo, setWeight } from "./moves.ts";
import { startProbes } from "./probes_state.ts";
import { startRun } from "./screens/lab.ts";
import { type Effect, type State, topView, valueOf } from "./state.ts";
import { tabsOf } from "./tab_list.ts";

interface Command {
  readonly name: string;
  /** What its next word can be. */
  readonly words?: (state: State, before: readonly string[]) => readonly string[];
  readonly run: (state: State, args: readonly string[]) => Step<State, Effect>;
}

function say(state: State, status: string): Step<State, Effect> {
  return { state: { ...state, status } };
}

function categories(state: State): readonly string[] {
  return valueOf(state.data.score)?.card.categories.map(({ id }) => id) ?? [];
}

function profiles(state: State): readonly string[] {
  return valueOf(state.data.score)?.profiles.map(({ name }) => name) ?? [];
}

const COMMANDS: readonly Command[] = [
  { name: "quit", run: (state) => ({ state, effects: [{ type: "quit" }] }) },
  { name: "help", run: (state) => ({ state: { ...state, mode: { kind: "help", offset: 0 } } }) },
  {
    name: "run",
    words: (state, before) =>
      before.length === 0 ? valueOf(state.data.scenarios)?.map(({ name }) => name) ?? [] : [],
    run: (state, args) =>
      args.length === 0
        ? say(state, "found no scenario, expected one, as in :run flipsum")
        : startRun(state, ["run", ...args]),
  },
  {
    name: "probe",
    words: (_state, before) => before.length === 0 ? PROTOCOLS : [],
    run: probeCommand,
  },
  { name: "cancel", run: (state) => ({ state, effects: [{ type: "cancel-run" }] }) },
  { name: "stop", run: (state) => ({ state, effects: [{ type: "cancel-probe" }] }) },
  {
    name: "weight",
    words: (state, before) => before.length === 0 ? categories(state) : [],
    run: weightCommand,
  },
  {
    name: "profile",
    words: (state, before) => before.length === 0 ? ["default", ...profiles(state)] : [],
    run: profileCommand,
  },
  {
    name: "theme",
    words: (_state, before) => before.length === 0 ? THEMES : [],
    run: (state, [name = ""]) =>
      THEMES.includes(name as ThemeName)
        ? { state: { ...state, theme: name as ThemeName, status: `theme ${name}` } }
        : say(state, `found ${name || "nothing"}, expected ${THEMES.join(", ")}`),
  },
  {
    name: "mouse",
    words: (_state, before) => before.length === 0 ? ["on", "off"] : [],
    run: (state, [word = "on"]) =>
      word === "on" || word === "off"
        ? {
          state: { ...state, mouse: word === "on", status: `mouse ${word}` },
          effects: [{ type: "mouse", on: word === "on" }],
        }
        : say(state, `found ${word}, expected on or off`),
  },
  {
    name: "export",
    words: (state, before) =>
      before.length === 0 ? FORMATS.map((format) => `versus-${topView(state).kind}.${format}`) : [],
    run: exportCommand,
  },
];

/** Protocols that are offered; `versus probe` says if there are more. */
const PROTOCOLS = ["tcp", "tls", "http", "dns", "ping", "ssh", "snmp", "telnet", "netconf"];

/** Samples of a target: a day and a half at ten a second. */
const ENDLESS = "1000000";

function probeCommand(state: State, args: readonly string[]): Step<State, Effect> {
  if (args.length < 2) {
    return say(state, "found no target, expected a protocol and targets: :probe tcp r1:22");
  }
  // Without a number of samples there is no end until it is cancelled.
  const endless = args.some((arg) => arg.startsWith("--count")) ? [] : ["--count", ENDLESS];
  const words = ["probe", ...args, ...endless];
  const { frozen: _, ...rest } = state;
  const next = { ...rest, live: { ...state.live, probes: startProbes(words) } };
  const there = goTo(next, "probes");
  return {
    state: there.state,
    effects: [...there.effects ?? [], { type: "start-probe", args: words }],
  };
}

function weightCommand(state: State, [id = "", text = ""]: readonly string[]) {
  if (!categories(state).includes(id)) {
    const near = nearest(id, categories(state));
    return say(
      state,
      `no category ${id}${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
  }
  const weight = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(weight)) {
    return say(state, `found ${text || "nothing"}, expected a weight of at least 0`);
  }
  return { state: setWeight(state, id, weight) };
}

function profileCommand(state: State, [name = ""]: readonly string[]): Step<State, Effect> {
  if (name === "default") return { state: { ...state, weights: {}, status: "the card's weights" } };
  const profile = valueOf(state.data.score)?.profiles.find((p) => p.name === name);
  if (profile === undefined) {
    return say(state, `no profile ${name}, expected ${["default", ...profiles(state)].join(", ")}`);
  }
  const weights = Object.fromEntries(categories(state).map((id) => [id, profile.weights[id] ?? 0]));
  return { state: { ...state, weights, status: profile.title } };
}

function exportCommand(state: State, args: readonly string[]): Step<State, Effect> {
  const file = args.join(" ");
  try {
    return { state, effects: [{ type: "export", file, text: exportText(state, file) }] };
  } catch (error) {
    return say(state, (error as Error).message);
  }
}

/** All words that a command line can begin with. */
function firstWords(state: State): string[] {
  const tabs = tabsOf(state).flatMap(({ words }) => words);
  return [...tabs, ...COMMANDS.map(({ name }) => name), "q"].sort();
}

/**
 * The words that can stand at the cursor.
 *
 * @param state The state.
 * @param before The text before the cursor.
 * @returns Candidates for its last word.
 */
export function candidates(state: State, before: string): readonly string[] {
  const words = before.trimStart().split(/\s+/);
  if (words.length <= 1) return firstWords(state);
  const command = COMMANDS.find(({ name }) => name === words[0]);
  return command?.words?.(state, words.slice(1, -1)) ?? [];
}

/**
 * Does what a command line says.
 *
 * @param state The state, in normal mode.
 * @param text The command line, without the colon.
 * @returns The next state, and what is to be done; what is wrong stands in the status.
 */
export function runCommandLine(state: State, text: string): Step<State, Effect> {
  const [name = "", ...args] = text.trim().split(/\s+/);
  if (name === "") return { state };
  if (name === "q") return { state, effects: [{ type: "quit" }] };
  const tab = tabsOf(state).find(({ words }) => words.includes(name));
  if (tab !== undefined) return goTo(state, tab.id);
  const command = COMMANDS.find((known) => known.name === name);
  if (command !== undefined) return command.run(state, args);
  const near = nearest(name, firstWords(state));
  return say(state, `no command ${name}${near === undefined ? "" : `; did you mean ${near}?`}`);
}
