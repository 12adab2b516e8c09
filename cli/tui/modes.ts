/** What keys mean while a line is typed or a question is asked. */
import { completeLine, type Input, type InputLine, type Step } from "../../lib/tui/mod.ts";
import { candidates, runCommandLine } from "./commands.ts";
import { setValue } from "./screens/lab.ts";
import { type Effect, type Mode, type State, topView, withView } from "./state.ts";

type Next = Step<State, Effect>;

const NORMAL: Mode = { kind: "normal" };

/**
 * Takes what a person did while a line is typed or a question is asked.
 *
 * @param state The state.
 * @param mode What lies over the screen.
 * @param input A key or a paste.
 * @param line The line after it.
 * @returns The next state, and what is to be done.
 */
export function onModeInput(
  state: State,
  mode: Exclude<Mode, { kind: "normal" | "help" }>,
  input: Input,
  line: InputLine,
): Next {
  const key = input.type === "key" ? input.key : "";
  switch (mode.kind) {
    case "filter":
      return { state: onFilter(state, mode, key, line) };
    case "command":
      return onCommand(state, mode, key, line);
    case "edit":
      return { state: onEdit(state, mode, key, line) };
    case "confirm":
      return key === "y" || key === "enter"
        ? { state: { ...state, mode: NORMAL }, effects: [mode.effect] }
        : key === ""
        ? { state }
        : { state: { ...state, mode: NORMAL } };
  }
}

/** The table follows every key; Esc gives back the filter that was there. */
function onFilter(
  state: State,
  mode: Extract<Mode, { kind: "filter" }>,
  key: string,
  line: InputLine,
): State {
  const done = key === "enter" || key === "esc";
  const filter = key === "esc" ? mode.before : done ? mode.line.text : line.text;
  const view = topView(state);
  const { key: _, ...table } = view.table;
  const filtered = filter === view.table.filter
    ? view
    : { ...view, table: { ...table, selected: 0, filter } };
  return { ...withView(state, filtered), mode: done ? NORMAL : { ...mode, line } };
}

function onCommand(
  state: State,
  mode: Extract<Mode, { kind: "command" }>,
  key: string,
  line: InputLine,
): Next {
  const normal: State = { ...state, mode: NORMAL };
  if (key === "esc") return { state: normal };
  if (key === "enter") return runCommandLine(normal, mode.line.text);
  if (key === "tab") {
    const before = mode.line.text.slice(0, mode.line.cursor);
    const completed = completeLine(mode.line, candidates(state, before));
    const fitting = completed.fitting.length > 1 ? completed.fitting : [];
    return { state: { ...state, mode: { kind: "command", line: completed.line, fitting } } };
  }
  // Taking back what is not there leaves the line.
  if (key === "backspace" && mode.line.text === "") return { state: normal };
  return { state: { ...state, mode: { kind: "command", line, fitting: [] } } };
}

function onEdit(
  state: State,
  mode: Extract<Mode, { kind: "edit" }>,
  key: string,
  line: InputLine,
): State {
  if (key === "esc") return { ...state, mode: NORMAL };
  if (key === "enter") {
    return setValue({ ...state, mode: NORMAL }, mode.scenario, mode.row, mode.line.text);
  }
  return { ...state, mode: { ...mode, line } };
}
