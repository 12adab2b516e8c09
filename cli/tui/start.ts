/** Starts the terminal UI: the first frame at once, everything else after it. */
import { EXIT, type ExitCode } from "../../lib/error.ts";
import { createTheme, runApp, terminalLook, type ThemeName } from "../../lib/tui/mod.ts";
import { reportError } from "../errors.ts";
import { endWith, finalExitCode } from "../exit.ts";
import { OutputClosed, print } from "../output.ts";
import { frame } from "./frame.ts";
import { frameMs, onMessage } from "./messages.ts";
import { createWorld } from "./perform.ts";
import { readKeptScore } from "./score_cache.ts";
import { type Effect, type Message, startState, type State } from "./state.ts";
import { summaryText } from "./summary.ts";
import { onInput } from "./update.ts";

/** How the terminal UI is started. */
export interface TuiOptions {
  /** A theme in the place of the one that fits the terminal. */
  readonly theme?: ThemeName;
  /** Whether colours are wanted. */
  readonly color?: boolean;
  /** Whether the mouse is reported from the start. */
  readonly mouse?: boolean;
}

/** Whether keys can be read and screens be drawn. */
export function isInteractive(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal() && Deno.env.get("TERM") !== "dumb";
}

/**
 * Runs the terminal UI until it is left; the terminal is then as it was, with a summary on it.
 *
 * @param options Theme, colours, mouse.
 * @returns The exit code of the program.
 */
export async function startTui(options: TuiOptions = {}): Promise<ExitCode> {
  const look = terminalLook((name) => Deno.env.get(name), Deno.build.os);
  const depth = options.color === false ? 0 : look.depth;
  const themes = new Map<ThemeName, ReturnType<typeof createTheme>>();
  function themeOf({ theme }: State) {
    const known = themes.get(theme) ?? createTheme(theme, depth);
    themes.set(theme, known);
    return known;
  }
  const world = createWorld();
  const fresh = startState({ theme: options.theme ?? look.theme, ascii: look.ascii });
  const score = readKeptScore();
  const start: State = {
    ...fresh,
    ...(score === undefined ? {} : {
      data: { ...fresh.data, score: { state: "here", value: score } },
      status: "reading",
    }),
    mouse: options.mouse ?? false,
  };
  const { ending, state } = await runApp<State, Message, Effect, ReturnType<typeof frame>>({
    start,
    frame,
    onInput,
    onMessage,
    onSize: (state, width, height) => ({ ...state, size: { width, height } }),
    perform: world.perform,
    theme: themeOf,
    redraws: ({ redraws }) => redraws,
    frameMs,
    begun(context) {
      if (start.mouse) context.terminal.mouse(true);
      world.perform({ type: "load", kind: "score" }, context);
    },
  });
  await world.close();
  if (ending?.type === "error") endWith(reportError(ending.error, false));
  else if (ending?.type === "signal") {
    endWith(ending.signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated);
  } else if (ending === undefined) {
    if (world.interrupted()) endWith(EXIT.interrupted);
    printSummary(state);
  }
  return finalExitCode();
}

function printSummary(state: State): void {
  try {
    print(summaryText(state));
  } catch (error) {
    // Nobody reads any more, and all was said.
    if (!(error instanceof OutputClosed)) throw error;
  }
}
