/**
 * Finds the size at which a program takes a given time.
 *
 * The rate above the start-up floor (the time at the least size) is measured at the size given and
 * corrected at the one it leads to, since compilers at run time make larger sizes faster. Sizes have
 * three significant digits, so that they can be read and typed. A program whose start takes more than
 * half of the target gets the target for its loop alone: else the time of its iterations would be that
 * of its start.
 */
import type { Parameters } from "../scenario/types.ts";
import type { Failure } from "./execute.ts";
import type { TimeOnce } from "./growth.ts";

/** A time this near to the target is the target. */
const NEAR = 0.1;

/** Executions after the floor, at most. */
const MAX_EXECUTIONS = 8;

/** How much larger a size may get in one step, and where the rate cannot be told yet. */
const MAX_STEP = 32;
const BLIND_STEP = 8;

/** What calibration found. */
export type Calibrated =
  | {
    readonly verdict: "calibrated";
    /** The size. */
    readonly size: number;
    /** What an execution took with it. */
    readonly seconds: number;
    /** Why that is far from the target, if it is. */
    readonly missed?: string;
  }
  | { readonly verdict: "failed"; readonly failure: Failure };

/** What is to be found. */
export interface CalibrationInput {
  /** The case's parameters; the size among them is where the search starts. */
  readonly params: Parameters;
  /** The parameter that is the size. */
  readonly name: string;
  /** Whether it has whole values only. */
  readonly whole: boolean;
  /** The least and largest value that it may have. */
  readonly range: { readonly min: number; readonly max: number };
  /** Seconds that an execution should take. */
  readonly targetS: number;
}

/** Three significant digits, whole where asked for, within the range. */
function tidy(size: number, { whole, range }: CalibrationInput): number {
  const short = Number(size.toPrecision(3));
  return Math.min(range.max, Math.max(range.min, whole ? Math.max(1, Math.round(short)) : short));
}

/** The size that the last time leads to. */
function nextSize(size: number, seconds: number, floor: number, targetS: number): number {
  const above = seconds - floor;
  if (above < Math.max(0.002, floor / 2)) {
    return seconds < targetS ? size * BLIND_STEP : size / BLIND_STEP;
  }
  return size * Math.min(MAX_STEP, Math.max(0, targetS - floor) / above);
}

function missedBecause(
  size: number,
  seconds: number,
  floor: number,
  input: CalibrationInput,
): string | undefined {
  const { range, targetS, name } = input;
  if (floor > targetS / 2) return `its start alone takes ${floor.toPrecision(3)} s`;
  if (Math.abs(seconds - targetS) <= 2.5 * NEAR * targetS) return undefined;
  if (size >= range.max) return `${name} can be no larger than ${range.max}`;
  if (size <= range.min) return `${name} can be no smaller than ${range.min}`;
  return `its time does not follow ${name}`;
}

/**
 * Finds the size at which a program takes a given time.
 *
 * @param input What is to be found.
 * @param time Runs the program once.
 * @returns The size and the time of its last execution, which was at that size; or why an execution
 * failed.
 */
export async function calibrate(input: CalibrationInput, time: TimeOnce): Promise<Calibrated> {
  const { params, name, whole, range, targetS } = input;
  const at = (size: number): Parameters => ({ ...params, [name]: size });
  const least = Math.min(range.max, whole ? Math.max(1, range.min) : range.min);
  let floor = Infinity;
  for (let i = 0; i < 2; i++) {
    const seconds = await time(at(least));
    if (typeof seconds !== "number") return { verdict: "failed", failure: seconds };
    floor = Math.min(floor, seconds);
  }
  const goal = floor > targetS / 2 ? floor + targetS : targetS;
  let size = Math.min(range.max, Math.max(range.min, Number(params[name])));
  let seconds = NaN;
  for (let i = 0; i < MAX_EXECUTIONS; i++) {
    const measured = await time(at(size));
    if (typeof measured !== "number") return { verdict: "failed", failure: measured };
    seconds = measured;
    if (i === MAX_EXECUTIONS - 1 || Math.abs(seconds - goal) <= NEAR * targetS) break;
    const next = tidy(nextSize(size, seconds, floor, goal), input);
    if (next === size) break;
    size = next;
  }
  const missed = missedBecause(size, seconds, floor, input);
  return { verdict: "calibrated", size, seconds, ...(missed === undefined ? {} : { missed }) };
}
