/** Names of keys by what terminals send for them. */

const LETTERS: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  E: "center",
  F: "end",
  H: "home",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
  Z: "shift-tab",
};

const NUMBERS: Readonly<Record<number, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  11: "f1",
  12: "f2",
  13: "f3",
  14: "f4",
  15: "f5",
  17: "f6",
  18: "f7",
  19: "f8",
  20: "f9",
  21: "f10",
  23: "f11",
  24: "f12",
};

/** The keys of the numeric pad that send SS3. */
const PAD: Readonly<Record<string, string>> = {
  M: "enter",
  I: "tab",
  j: "*",
  k: "+",
  l: ",",
  m: "-",
  n: ".",
  o: "/",
  p: "0",
  q: "1",
  r: "2",
  s: "3",
  t: "4",
  u: "5",
  v: "6",
  w: "7",
  x: "8",
  y: "9",
};

/** The key of `CSI … final`. */
export function csiKey(final: string): string | undefined {
  return LETTERS[final];
}

/** The key of `SS3 final`. */
export function ss3Key(final: string): string | undefined {
  return LETTERS[final] ?? PAD[final];
}

/** The key of `CSI number ~`. */
export function tildeKey(number: number): string | undefined {
  return NUMBERS[number];
}

/**
 * Adds modifiers to a key's name.
 *
 * @param name The key.
 * @param modifiers As xterm sends them: 1 + shift 1, alt 2, control 4, meta 8.
 */
export function withModifiers(name: string, modifiers: number): string {
  const bits = Math.max(0, modifiers - 1);
  const shifted = name === "tab" && bits & 1 ? "shift-tab" : name;
  const shift = bits & 1 && shifted.length > 1 && shifted !== "shift-tab" && shifted !== "space";
  return (bits & 4 ? "ctrl-" : "") + (bits & 10 ? "alt-" : "") + (shift ? "shift-" : "") + shifted;
}
