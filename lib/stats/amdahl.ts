import { requireFinite } from "./_check.ts";

/** The time of one amount of work with a number of workers. */
export interface WorkerTime {
  /** How many workers share the work, at least 1. */
  workers: number;
  /** What it takes, in seconds. */
  seconds: number;
}

/** Amdahl's law with the numbers of one program. */
export interface AmdahlLaw {
  /** The share of the work that more workers do not shorten, 0 to 1. */
  serialFraction: number;
  /** What one worker takes by the law, in seconds. */
  oneWorkerS: number;
  /** The speed-up that no number of workers exceeds; `Infinity` when nothing is serial. */
  maxSpeedup: number;
  /** How far the times lie from the law: root of the mean square of the relative residuals, in percent. */
  residualPercent: number;
}

/**
 * Fits Amdahl's law to the times of one program: T(p) = T(1) · (s + (1 − s) / p), with s the serial
 * fraction. Source: G. M. Amdahl, "Validity of the single processor approach to achieving large scale
 * computing capabilities", AFIPS Spring Joint Computer Conference, 1967.
 *
 * The law is linear in 1/p: T = a + b/p with s = a / (a + b), which gives the least squares in closed
 * form. Residuals are relative to each time, since the error of a measured time grows with it; so the
 * long times of few workers do not outweigh the short ones. A program that gains more than the law
 * allows has s = 0, one that only gets slower s = 1.
 *
 * The law knows neither the number of processors nor what workers cost. Times with more workers than
 * processors make the fraction larger than the program's own.
 *
 * @param times At least two different numbers of workers; several times of one number are all used.
 * @returns The law; `undefined` with fewer than two numbers of workers.
 * @throws {RangeError} If a number of workers is below 1, or a time is not above 0 and finite.
 */
export function fitAmdahl(times: readonly WorkerTime[]): AmdahlLaw | undefined {
  if (times.length === 0) return undefined;
  requireFinite(times.flatMap(({ workers, seconds }) => [workers, seconds]));
  const wrong = times.find(({ workers, seconds }) => workers < 1 || seconds <= 0);
  if (wrong !== undefined) {
    throw new RangeError(
      `Expected at least 1 worker and a time above 0, found ${wrong.workers} and ${wrong.seconds}`,
    );
  }
  if (new Set(times.map(({ workers }) => workers)).size < 2) return undefined;
  // Weighted sums of the normal equations, for T = a + b x with x = 1/p and weights 1/T².
  let [w, wx, wxx, wt, wxt] = [0, 0, 0, 0, 0];
  for (const { workers, seconds } of times) {
    const x = 1 / workers;
    const weight = seconds ** -2;
    w += weight;
    wx += weight * x;
    wxx += weight * x * x;
    wt += weight * seconds;
    wxt += weight * x * seconds;
  }
  const b = (w * wxt - wx * wt) / (w * wxx - wx * wx);
  let [fixed, shared] = [(wt - b * wx) / w, b];
  if (fixed < 0) [fixed, shared] = [0, wxt / wxx];
  else if (shared < 0) [fixed, shared] = [wt / w, 0];
  const serialFraction = fixed / (fixed + shared);
  const squares = times.map(({ workers, seconds }) =>
    ((fixed + shared / workers) / seconds - 1) ** 2
  );
  return {
    serialFraction,
    oneWorkerS: fixed + shared,
    maxSpeedup: 1 / serialFraction,
    residualPercent: 100 * Math.sqrt(squares.reduce((sum, s) => sum + s, 0) / times.length),
  };
}
