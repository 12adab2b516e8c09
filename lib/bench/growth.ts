/**
 * The check that a loop ran: a printed result does not prove it, since compilers find closed forms.
 *
 * A program is run at n and 2n. Above its start-up floor (the time at the least n) the second must
 * take at least 1.6 times as long. An n whose time does not stand out from the floor is raised first.
 */
import type { Parameters } from "../scenario/types.ts";
import type { Failure } from "./execute.ts";

/** Less growth than this from n to 2n means that the loop was not run in full. */
export const MIN_GROWTH = 1.6;

/** Raising n: so much each time, so often at most. */
const RAISE = 4;
const MAX_RAISES = 6;

/** Executions longer than this are not repeated, in seconds. */
const LONG_S = 0.3;
/** From here on n is not raised any more: by then every compiler has warmed up, in seconds. */
const WARM_S = 1;

/** One execution of the case with other parameters: seconds, or why it failed. */
export type TimeOnce = (params: Parameters) => Promise<number | Failure>;

/** What the check found. */
export type Growth =
  | {
    readonly verdict: "grows";
    /** Time above the floor at 2n by that at n. */
    readonly ratio: number;
    /** The n that was taken. */
    readonly n: number;
    /** Nanoseconds that an iteration more takes. */
    readonly slopeNs: number;
  }
  | { readonly verdict: "optimised-away"; readonly reason: string }
  | { readonly verdict: "unknown"; readonly reason: string }
  | { readonly verdict: "failed"; readonly failure: Failure };

/** Thrown through the steps below, so that each reads as what it measures. */
class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.reason);
  }
}

/** The least of up to three times: noise only ever adds. */
async function leastTime(time: TimeOnce, params: Parameters, times = 3): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < times; i++) {
    const seconds = await time(params);
    if (typeof seconds !== "number") throw new Failed(seconds);
    least = Math.min(least, seconds);
    if (least > LONG_S) break;
  }
  return least;
}

/** Whether a time stands out from the start-up floor, which itself varies on a busy machine. */
function standsOut(seconds: number, floor: number): boolean {
  return seconds - floor >= Math.max(0.01, floor);
}

/** Growth above the floor from n to 2n; measured once more, in turn, when it is too little. */
async function growthAt(
  time: TimeOnce,
  at: (n: number) => Parameters,
  n: number,
  floor: number,
): Promise<{ ratio: number; slopeNs: number; doubleS: number }> {
  let single = await leastTime(time, at(n));
  let double = await leastTime(time, at(2 * n));
  if ((double - floor) / (single - floor) < MIN_GROWTH) {
    // One disturbed execution is enough for this.
    single = double = Infinity;
    for (let i = 0; i < 5; i++) {
      single = Math.min(single, await leastTime(time, at(n), 1));
      double = Math.min(double, await leastTime(time, at(2 * n), 1));
    }
  }
  return {
    ratio: (double - floor) / (single - floor),
    slopeNs: (double - single) / n * 1e9,
    doubleS: double,
  };
}

/**
 * Checks that a program's time grows with its loop.
 *
 * @param params The case's parameters.
 * @param loop The parameter that the work is proportional to.
 * @param range The least and largest value of that parameter.
 * @param time Runs the program once.
 * @returns `grows` with the ratio above the floor; `optimised-away` with the figures; `unknown` when
 * the parameter's range is too small to tell.
 */
export async function checkGrowth(
  params: Parameters,
  loop: string,
  range: { readonly min: number; readonly max: number },
  time: TimeOnce,
): Promise<Growth> {
  const at = (n: number): Parameters => ({ ...params, [loop]: n });
  try {
    const least = Math.max(1, range.min);
    const floor = await leastTime(time, at(least));
    let n = Math.min(Number(params[loop]), Math.floor(range.max / 2));
    let seconds = await leastTime(time, at(n));
    for (let i = 0; i < MAX_RAISES && !standsOut(seconds, floor); i++) {
      if (n * RAISE * 2 > range.max) {
        return {
          verdict: "unknown",
          reason:
            `${loop} = ${n} takes no longer than ${loop} = ${least}, and its range ends at ${range.max}`,
        };
      }
      n *= RAISE;
      seconds = await leastTime(time, at(n));
    }
    if (!standsOut(seconds, floor)) {
      return {
        verdict: "optimised-away",
        reason: `${loop} = ${n} takes ${(seconds * 1000).toFixed(2)} ms and ${loop} = ${least} ` +
          `takes ${(floor * 1000).toFixed(2)} ms: the loop is not there`,
      };
    }
    let found = await growthAt(time, at, n, floor);
    // Start-up that grows with the first work (a heap, a compiler that warms up) looks the same at first.
    while (found.ratio < MIN_GROWTH && found.doubleS < WARM_S && n * RAISE * 2 <= range.max) {
      n *= RAISE;
      found = await growthAt(time, at, n, floor);
    }
    const { ratio, slopeNs } = found;
    if (ratio >= MIN_GROWTH) return { verdict: "grows", n, ratio, slopeNs };
    return {
      verdict: "optimised-away",
      reason: `from ${loop} = ${n} to ${2 * n} the time above start-up grows by ${
        ratio.toFixed(2)
      }, where twice the work takes at least ${MIN_GROWTH}`,
    };
  } catch (error) {
    if (error instanceof Failed) return { verdict: "failed", failure: error.failure };
    throw error;
  }
}
