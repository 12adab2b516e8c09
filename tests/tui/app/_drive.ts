/** Drives the terminal UI without a terminal: keys in, states and effects out. */
import { frame } from "../../../cli/tui/frame.ts";
import type { Effect, State } from "../../../cli/tui/state.ts";
import { onInput } from "../../../cli/tui/update.ts";
import { bufferText, type Input } from "../../../lib/tui/mod.ts";

/** Where some keys led. */
export interface Driven {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/**
 * Presses keys one after another and draws after each.
 *
 * @param state To begin with.
 * @param keys Names of keys; text after a `:` or a `/` is typed letter by letter.
 */
export function press(state: State, ...keys: readonly string[]): Driven {
  let next = state;
  const effects: Effect[] = [];
  const inputs = keys.flatMap((key): Input[] =>
    /^[:/].+/.test(key)
      ? [...key].map((c) => ({ type: "key", key: c === " " ? "space" : c }))
      : [{ type: "key", key }]
  );
  for (const input of inputs) {
    const drawn = frame(next, next.size.width, next.size.height);
    const step = onInput(next, input, drawn);
    next = step.state;
    effects.push(...step.effects ?? []);
  }
  frame(next, next.size.width, next.size.height);
  return { state: next, effects };
}

/** The text of the screen. */
export function screenText(state: State): string {
  return bufferText(frame(state, state.size.width, state.size.height).buffer);
}
