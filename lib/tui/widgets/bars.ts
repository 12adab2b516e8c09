/** Bars, sparklines and scales. */
import type { Signs } from "../signs.ts";

/**
 * Draws a bar.
 *
 * @param share Its length, 0 to 1; what lies outside is cut.
 * @param width The length of a full one, in cells.
 * @param signs Give the blocks.
 * @returns Text of at most that width; empty for nothing.
 */
export function bar(share: number, width: number, signs: Signs): string {
  if (!(share > 0) || width <= 0) return "";
  const steps = signs.blocks.length;
  const length = Math.max(1, Math.round(Math.min(1, share) * width * steps));
  const full = signs.blocks.at(-1)!.repeat(Math.floor(length / steps));
  const rest = length % steps;
  return rest === 0 ? full : full + signs.blocks[rest - 1];
}

/**
 * Draws values as a row of small columns, from the least to the largest of them.
 *
 * @param values The values, oldest first; what is `undefined` was not measured.
 * @param width The number of cells; the newest values are shown.
 * @param signs Give the columns.
 * @returns Text of at most that width.
 */
export function sparkline(
  values: readonly (number | undefined)[],
  width: number,
  signs: Signs,
): string {
  const shown = values.slice(-Math.max(0, width));
  if (width <= 0) return "";
  let min = Infinity;
  let max = -Infinity;
  for (const value of shown) {
    if (value === undefined || !Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return shown.map((value) => {
    if (value === undefined || !Number.isFinite(value)) return " ";
    const { levels } = signs;
    if (max <= min) return levels[Math.floor(levels.length / 2) - 1] ?? levels[0]!;
    return levels[Math.round((value - min) / (max - min) * (levels.length - 1))]!;
  }).join("");
}

/** A scale for bars: where a value lies between nothing and the largest. */
export interface Scale {
  /** Whether lengths grow with the logarithm. */
  readonly log: boolean;
  /** The length of a value, 0 to 1. */
  share(value: number): number;
}

/** From this range on, short bars could not be told apart on a linear scale. */
const LOG_FROM = 50;

/**
 * Makes a scale that several bars share.
 *
 * @param values The values.
 * @returns A logarithmic one where the largest is over 50 times the smallest: the smallest then has
 * an eighth of the length.
 */
export function scaleOf(values: readonly number[]): Scale {
  const known = values.filter((value) => value > 0 && Number.isFinite(value));
  if (known.length === 0) return { log: false, share: () => 0 };
  let min = Infinity;
  let max = 0;
  for (const value of known) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (max / min <= LOG_FROM) return { log: false, share: (value) => value > 0 ? value / max : 0 };
  const range = Math.log(max / min);
  return {
    log: true,
    share: (value) => value > 0 ? 1 / 8 + 7 / 8 * Math.log(value / min) / range : 0,
  };
}
