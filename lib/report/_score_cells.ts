/** Scores and figures as short texts. */
import { formatQuantity } from "./units.ts";

/** A score with one decimal, but whole where it was given so. */
export function given(score: number | undefined): string {
  return score === undefined ? "-" : String(Math.round(score * 10) / 10);
}

/** A measured score with one decimal. */
export function measured(score: number | undefined): string {
  return score === undefined ? "-" : score.toFixed(1);
}

/** The width of two figures. */
export const PAIR = 11;

/** Two figures of one cell, each at its own place. */
export function pair(left: string, right: string): string {
  return `${left.padStart(4)} | ${right.padStart(4)}`;
}

/** A figure in the unit of its reading. */
export function figure(value: number): string {
  return Number.isInteger(value)
    ? formatQuantity(value, "number")
    : String(Number(value.toPrecision(4)));
}
