/** Bars whose length shows a value. */
import type { Symbols } from "./_symbols.ts";

/** A scale that all bars of a table share. */
export interface BarScale {
  readonly kind: "linear" | "log";
  readonly min: number;
  readonly max: number;
}

/** From this range on, short bars could no longer be told apart on a linear scale. */
const LOG_FROM = 100;

/**
 * Chooses the scale of a table's bars.
 *
 * @param values The values; at least one.
 * @returns A logarithmic one when the largest value is over 100 times the smallest.
 */
export function barScale(values: readonly number[]): BarScale {
  const min = Math.min(...values);
  const max = Math.max(...values);
  return { kind: min > 0 && max / min > LOG_FROM ? "log" : "linear", min, max };
}

/**
 * Draws a bar.
 *
 * @param value The value that it shows.
 * @param scale The scale of the table. On a logarithmic one the smallest value has an eighth of the width.
 * @param width The largest length, in cells.
 * @param signs Give the blocks.
 * @returns The bar without spaces behind it; empty for a value that is not positive.
 */
export function bar(value: number, scale: BarScale, width: number, signs: Symbols): string {
  if (!(value > 0) || !(scale.max > 0)) return "";
  const share = scale.kind === "linear"
    ? value / scale.max
    : 1 / 8 + (7 / 8) * Math.log(value / scale.min) / Math.log(scale.max / scale.min);
  const steps = signs.blocks.length;
  const length = Math.max(1, Math.round(share * width * steps));
  const full = signs.blocks.at(-1)!.repeat(Math.floor(length / steps));
  const rest = length % steps;
  return rest === 0 ? full : full + signs.blocks[rest - 1];
}
