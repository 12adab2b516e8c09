/**
 * Formulas: a value becomes points between two constants, readings are averaged into terms, terms into a
 * category. Anchors are constants of the card, so that a language never changes another's score.
 */
import type { Anchors, Formula, Term } from "./types.ts";

/** The most points that a category can have. */
export const TOP = 10;

/**
 * Places a value between its anchors.
 *
 * Between `zero` and `ten` points run straight with the value, or with its logarithm; beyond either they
 * stay at 0 and 10. They never fall when a value gets better, whichever way "better" is.
 *
 * @param value The value, in the unit of the anchors.
 * @param anchors The two constants; `ten` may be the smaller or the larger one.
 * @returns 0 to 10.
 * @throws {RangeError} If the value is not a number, or the anchors are not apart (above zero, for a
 * logarithm).
 */
export function pointsOf(value: number, anchors: Anchors): number {
  const { shape, ten, zero } = anchors;
  if (Number.isNaN(value)) throw new RangeError("Expected a number, found NaN");
  if (!validAnchors(anchors)) {
    throw new RangeError(`Expected anchors apart from each other, found ${ten} and ${zero}`);
  }
  // Nothing measured is below zero; zero itself is at the far end of a logarithm.
  const place = shape === "log" ? (x: number) => Math.log(Math.max(0, x)) : (x: number) => x;
  const share = (place(value) - place(zero)) / (place(ten) - place(zero));
  return TOP * Math.min(1, Math.max(0, share));
}

/** Whether anchors can place a value. */
export function validAnchors({ shape, ten, zero }: Anchors): boolean {
  if (!Number.isFinite(ten) || !Number.isFinite(zero) || ten === zero) return false;
  return shape === "linear" || (ten > 0 && zero > 0);
}

/** Writes how points follow from a value, as a person would. */
export function formulaText({ shape, ten, zero }: Anchors): string {
  const of = shape === "log"
    ? `log(x / ${zero}) / log(${ten} / ${zero})`
    : `(x - ${zero}) / (${ten} - ${zero})`;
  return `10 * ${of}, from 0 to 10`;
}

/** Points with the weight that they have. */
export interface Weighted {
  /** Points, if there are any. */
  readonly points: number | undefined;
  /** How much they count. */
  readonly weight: number;
  /** Whether the whole is open without them. */
  readonly needed: boolean;
}

/**
 * Averages points by weight.
 *
 * @param parts The parts; those without points are missing, those without weight don't count.
 * @returns The mean of those that are there, or `undefined` when a needed one is missing or all are.
 */
export function average(parts: readonly Weighted[]): number | undefined {
  const counted = parts.filter((part) => part.weight > 0);
  const there = counted.filter((part) => part.points !== undefined);
  if (there.length === 0) return undefined;
  if (counted.some((part) => part.needed && part.points === undefined)) return undefined;
  const weights = there.reduce((sum, { weight }) => sum + weight, 0);
  return there.reduce((sum, { points, weight }) => sum + points! * weight, 0) / weights;
}

/** Whether a category is open without one of its terms. */
export function isNeeded({ needs }: Formula, term: Term): boolean {
  return typeof needs === "string" ? needs === "all" : needs.includes(term.id);
}

/**
 * Gives the points of a term.
 *
 * @param term The term.
 * @param values The value of each of its readings, `undefined` where it was not measured.
 * @returns 0 to 10, or `undefined` when a needed reading is missing.
 */
export function termPoints(
  term: Term,
  values: readonly (number | undefined)[],
): number | undefined {
  return average(
    term.readings.map((reading, i) => {
      const value = values[i];
      const points = value === undefined ? undefined : pointsOf(value, reading);
      return { points, weight: 1, needed: term.needs === "all" };
    }),
  );
}

/**
 * Gives the score of a category.
 *
 * @param formula The category's formula.
 * @param values The values of the readings of each term.
 * @returns 0 to 10, or `undefined` when a needed term is missing: an open cell.
 */
export function categoryScore(
  formula: Formula,
  values: readonly (readonly (number | undefined)[])[],
): number | undefined {
  return average(
    formula.terms.map((term, i) => ({
      points: termPoints(term, values[i] ?? []),
      weight: term.weight,
      needed: isNeeded(formula, term),
    })),
  );
}

/**
 * Gives the score that the published figures alone make.
 *
 * @param formula The category's formula.
 * @param language The language.
 * @returns 0 to 10, or `undefined` when a needed figure was not published.
 */
export function publishedScore(formula: Formula, language: string): number | undefined {
  return categoryScore(
    formula,
    formula.terms.map((term) =>
      term.readings.map((reading) => reading.published.find((p) => p.language === language)?.value)
    ),
  );
}
