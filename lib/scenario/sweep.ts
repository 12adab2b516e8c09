import { VersusError } from "../error.ts";
import { quote } from "./_problems.ts";

/** A parameter with the values that it goes through. */
export interface Sweep {
  /** The parameter's name. */
  readonly name: string;
  /** The values as text, in order, without repeats; read in the parameter's type later. */
  readonly values: readonly string[];
}

/** More values than anyone waits for. */
const MAX_VALUES = 1000;

const NUMBER = String.raw`[+-]?\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(?:([*+])(.*))?$`);

const HINT = "Write workers=1..8, n=1e3,1e4,1e5, n=1e3..1e6*10 or size=0..100+25";

function refuse(text: string, reason: string): never {
  throw new VersusError(`Sweep ${quote(text)}: ${reason}`, { hint: HINT });
}

function toNumber(text: string): number {
  return Number(text.replaceAll("_", ""));
}

/** Rounded to twelve digits, so that 0.1 + 0.2 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** The values from start to end, by factor or by step, both ends included where they are met. */
function expandRange(range: RegExpExecArray, text: string): string[] {
  const [start, end] = [toNumber(range[1]!), toNumber(range[2]!)];
  const operator = range[3] ?? "+";
  const given = range[4];
  if (given !== undefined && !new RegExp(`^${NUMBER}$`).test(given)) {
    refuse(text, `found ${quote(given)} as the step, expected a number`);
  }
  const up = start <= end;
  const step = given === undefined ? (up ? 1 : -1) : toNumber(given);
  if (![start, end, step].every(Number.isFinite)) refuse(text, "found a number that is too large");
  if (operator === "+" && (step === 0 || (step > 0) !== up)) {
    refuse(text, `the step ${step} does not lead from ${start} to ${end}`);
  }
  if (operator === "*" && (step <= 0 || step === 1 || start * end <= 0 || step > 1 !== up)) {
    refuse(text, `the factor ${step} does not lead from ${start} to ${end}`);
  }
  const values: string[] = [];
  for (let i = 0;; i++) {
    const value = tidy(operator === "+" ? start + i * step : start * step ** i);
    if (up ? value > tidy(end) : value < tidy(end)) return values;
    if (values.length === MAX_VALUES) refuse(text, `more than ${MAX_VALUES} values`);
    values.push(String(value));
  }
}

/**
 * Parses a sweep.
 *
 * @param text A parameter with its values: a list `n=1e3,1e4`, a range `workers=1..8` in steps of one
 * (downwards too), a range with a step `size=0..100+25` or with a factor `n=1e3..1e6*10`, or a list
 * that holds ranges.
 * @returns Its name and values.
 * @throws {VersusError} If it is no sweep, a range does not end, or there are more than 1000 values.
 */
export function parseSweep(text: string): Sweep {
  const equals = text.indexOf("=");
  const name = text.slice(0, equals).trim();
  if (equals === -1 || name === "") refuse(text, "expected a parameter, = and its values");
  const values: string[] = [];
  for (const item of text.slice(equals + 1).split(",").map((part) => part.trim())) {
    if (item === "") refuse(text, "found an empty value");
    const range = RANGE.exec(item);
    if (range === null && /^[+-]?\d.*\.\./.test(item)) {
      refuse(text, `found ${quote(item)}, expected a range of numbers`);
    }
    values.push(...(range === null ? [item] : expandRange(range, text)));
    if (values.length > MAX_VALUES) refuse(text, `more than ${MAX_VALUES} values`);
  }
  return { name, values: [...new Set(values)] };
}
