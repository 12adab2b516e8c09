/** Runs an interactive program: pure functions for what is seen and done, a loop that joins them. */
import { diff, type Screen } from "./diff.ts";
import type { Input } from "./keys.ts";
import { createPacer } from "./pacing.ts";
import { type Ending, openTerminal, type Terminal } from "./terminal.ts";
import { loadWidths, widthsWanted } from "./text.ts";
import type { Theme } from "./theme.ts";

/** A state, and what is to be done in the world because of it. */
export interface Step<State, Effect> {
  /** The new state. */
  readonly state: State;
  /** What is to be done, in order. */
  readonly effects?: readonly Effect[];
}

/** An interactive program as pure functions, and one that is not. */
export interface App<State, Message, Effect, Drawn extends Screen> {
  /** The state to begin with. */
  readonly start: State;
  /** Draws a state. */
  readonly frame: (state: State, width: number, height: number) => Drawn;
  /** Takes what a person did; `drawn` is what was seen. */
  readonly onInput: (state: State, input: Input, drawn: Drawn) => Step<State, Effect>;
  /** Takes what has happened in the world. */
  readonly onMessage: (state: State, message: Message) => Step<State, Effect>;
  /** Takes a new size. */
  readonly onSize: (state: State, width: number, height: number) => State;
  /** Does something in the world, and says later what came of it. */
  readonly perform: (effect: Effect, context: AppContext<Message>) => void;
  /** How a state's styles look. */
  readonly theme: (state: State) => Theme;
  /** Changes when everything is to be drawn anew, since the screen may hold what nobody drew. */
  readonly redraws?: (state: State) => number;
  /** The least milliseconds between two frames. */
  readonly frameMs: (state: State) => number;
  /** Called once the first frame has been written. */
  readonly begun?: (context: AppContext<Message>) => void;
}

/** What effects can do to the program. */
export interface AppContext<Message> {
  /** Says what has happened. */
  readonly send: (message: Message) => void;
  /** The terminal. */
  readonly terminal: Terminal;
  /** Ends the program. */
  readonly quit: () => void;
}

/** How a program ended, and its last state. */
export interface Ended<State> {
  /** What ended it, if not the program itself. */
  readonly ending?: Ending;
  /** The last state. */
  readonly state: State;
}

/**
 * Runs a program on the terminal of this process until it quits or the terminal is lost; then the
 * terminal is as it was before.
 *
 * @param app The program.
 * @returns How it ended.
 */
export function runApp<State, Message, Effect, Drawn extends Screen>(
  app: App<State, Message, Effect, Drawn>,
): Promise<Ended<State>> {
  return new Promise((resolve) => {
    let state = app.start;
    let shown: Drawn | undefined;
    let drawn: Drawn | undefined;
    let over = false;
    let loading = false;

    function finish(ending?: Ending): void {
      if (over) return;
      over = true;
      pacer.stop();
      terminal[Symbol.dispose]();
      resolve(ending === undefined ? { state } : { state, ending });
    }

    function draw(): void {
      if (over) return;
      const { width, height } = terminal.size();
      drawn = app.frame(state, width, height);
      terminal.write(diff(shown, drawn, app.theme(state)));
      shown = drawn;
      if (widthsWanted() && !loading) {
        loading = true;
        loadWidths().then(widthsLoaded, (error) => finish({ type: "error", error }));
      }
    }

    function take({ state: next, effects }: Step<State, Effect>): void {
      const same = app.theme(next) === app.theme(state) &&
        app.redraws?.(next) === app.redraws?.(state);
      state = next;
      if (!same) shown = undefined;
      for (const effect of effects ?? []) {
        if (!over) app.perform(effect, context);
      }
      if (!over) pacer.want(app.frameMs(state));
    }

    /** What a defect throws goes the way of what nobody caught, once the terminal is back. */
    function guarded(work: () => void): void {
      try {
        work();
      } catch (error) {
        finish({ type: "error", error });
      }
    }

    function resize(): void {
      const { width, height } = terminal.size();
      state = app.onSize(state, width, height);
      shown = undefined;
      pacer.now();
    }

    /** What was measured by the rule of thumb may have been drawn over its neighbours. */
    function widthsLoaded(): void {
      shown = undefined;
      if (!over) pacer.want(0);
    }

    const pacer = createPacer(() => guarded(draw));
    const terminal = openTerminal({
      input: (inputs) =>
        guarded(() => {
          for (const input of inputs) {
            if (!over && drawn !== undefined) take(app.onInput(state, input, drawn));
          }
        }),
      redraw: () => guarded(resize),
      ended: (ending) => finish(ending),
    });
    const context: AppContext<Message> = {
      send: (message) => {
        if (!over) guarded(() => take(app.onMessage(state, message)));
      },
      terminal,
      quit: () => finish(),
    };
    guarded(() => {
      const { width, height } = terminal.size();
      state = app.onSize(state, width, height);
      draw();
      app.begun?.(context);
    });
  });
}
