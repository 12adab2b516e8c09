/** One table of keys: what they do, the footer and the help all come from it. */
import { type Buffer, put, type Rect } from "./buffer.ts";
import { style } from "./style.ts";
import { cellWidth } from "./text.ts";

/** What some keys do. */
export interface Binding<State, Action> {
  /** The keys, as the decoder names them. */
  readonly keys: readonly string[];
  /** How they are shown, where that is not their names: `1–9 0`. */
  readonly shown?: string;
  /** What they do. */
  readonly action: Action;
  /** The same in a word or two. */
  readonly label: string;
  /** The same in a sentence, for the help; the label by default. */
  readonly help?: string;
  /** The help's heading that they stand under. */
  readonly group: string;
  /** Their place in the footer, least first; not there by default. */
  readonly footer?: number;
  /** Whether they mean anything here; always by default. */
  readonly when?: (state: State) => boolean;
  /** Why they can't be used now, in which case they are shown in grey. */
  readonly reason?: (state: State) => string | undefined;
}

/** Short forms of names. */
const SHOWN: Readonly<Record<string, string>> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  enter: "Enter",
  esc: "Esc",
  space: "Space",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  pageup: "PgUp",
  pagedown: "PgDn",
  home: "Home",
  end: "End",
};

/** The same in ASCII. */
const SHOWN_ASCII: Readonly<Record<string, string>> = {
  ...SHOWN,
  up: "Up",
  down: "Down",
  left: "Left",
  right: "Right",
};

/**
 * Writes the keys of a binding for people.
 *
 * @param binding The binding.
 * @param ascii Whether only ASCII may be used.
 * @returns For example `j ↓`.
 */
export function shownKeys<S, A>(binding: Binding<S, A>, ascii = false): string {
  if (binding.shown !== undefined) return binding.shown;
  const names = ascii ? SHOWN_ASCII : SHOWN;
  return binding.keys.map((key) => names[key] ?? key).join(" ");
}

/**
 * Finds what a key does.
 *
 * @param bindings The table; the first that fits wins.
 * @param state The state that conditions look at.
 * @param key The key, as the decoder names it.
 * @returns The binding, be it usable or not.
 */
export function findBinding<S, A>(
  bindings: readonly Binding<S, A>[],
  state: S,
  key: string,
): Binding<S, A> | undefined {
  return bindings.find((binding) => binding.keys.includes(key) && (binding.when?.(state) ?? true));
}

/**
 * Draws the keys that matter here into one row, as many as fit.
 *
 * @param buffer Where to.
 * @param rect One row.
 * @param bindings The table.
 * @param state The state that conditions look at.
 * @param ascii Whether only ASCII may be used.
 */
export function drawFooter<S, A>(
  buffer: Buffer,
  rect: Rect,
  bindings: readonly Binding<S, A>[],
  state: S,
  ascii = false,
): void {
  const shown = bindings
    .filter((binding) => binding.footer !== undefined && (binding.when?.(state) ?? true))
    .sort((a, b) => a.footer! - b.footer!);
  let x = rect.x;
  for (const binding of shown) {
    const keys = shownKeys(binding, ascii);
    const needed = cellWidth(keys) + 1 + cellWidth(binding.label);
    if (x + needed > rect.x + rect.width) continue;
    const usable = binding.reason?.(state) === undefined;
    x = put(buffer, x, rect.y, keys, style(usable ? "key" : "muted"));
    x = put(buffer, x + 1, rect.y, binding.label, style(usable ? "plain" : "muted")) + 2;
  }
}

/** A line of the help. */
export interface HelpLine {
  /** A heading, or the keys. */
  readonly keys: string;
  /** What they do; absent for a heading. */
  readonly text?: string;
  /** Why they can't be used now. */
  readonly reason?: string;
}

/**
 * Lists all keys by group, in the order of the table.
 *
 * @param bindings The table.
 * @param state The state that conditions look at.
 * @param ascii Whether only ASCII may be used.
 * @returns Headings and lines; keys that mean nothing here are left out.
 */
export function helpLines<S, A>(
  bindings: readonly Binding<S, A>[],
  state: S,
  ascii = false,
): HelpLine[] {
  const groups = new Map<string, HelpLine[]>();
  for (const binding of bindings) {
    if (!(binding.when?.(state) ?? true)) continue;
    const reason = binding.reason?.(state);
    const lines = groups.get(binding.group) ?? [];
    lines.push({
      keys: shownKeys(binding, ascii),
      text: binding.help ?? binding.label,
      ...(reason === undefined ? {} : { reason }),
    });
    groups.set(binding.group, lines);
  }
  return [...groups].flatMap(([group, lines]) => [{ keys: group }, ...lines]);
}
