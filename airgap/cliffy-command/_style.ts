/** ANSI colours for help and errors, off where `NO_COLOR` is set. */

let enabled = !Deno.noColor;

/** Runs with colours on or off. */
export function withColors<T>(on: boolean, body: () => T): T {
  const before = enabled;
  enabled = on && !Deno.noColor;
  try {
    return body();
  } finally {
    enabled = before;
  }
}

/** Whether colours are on. */
export function hasColors(): boolean {
  return enabled;
}

/** Makes a function that wraps a text in two codes. */
function style(open: number, close: number): (text: string) => string {
  return (text) => enabled ? `\x1b[${open}m${text}\x1b[${close}m` : text;
}

export const bold = style(1, 22);
export const dim = style(2, 22);
export const italic = style(3, 23);
export const red = style(31, 39);
export const yellow = style(33, 39);
export const brightBlue = style(94, 39);
export const brightMagenta = style(95, 39);

/** The number of columns a text takes, codes left out. */
export function width(text: string): number {
  // deno-lint-ignore no-control-regex
  return [...text.replace(/\x1b\[[\d;]*m/g, "")].length;
}
