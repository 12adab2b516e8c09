import { median } from "simple-statistics";
import { requireFinite, requireProbability } from "./_check.ts";
import { midranks } from "./_ranks.ts";
import { createRandom, type Random } from "./random.ts";
import { DEFAULT_THRESHOLD } from "./verdict.ts";

/** A place from which on a series has another level. */
export interface ChangePoint {
  /** Index of the first value of the new level. */
  index: number;
  /** Median from the change point before, or the start, up to here. */
  before: number;
  /** Median from here to the next change point, or the end. */
  after: number;
  /** p of the permutation test that found it. */
  p: number;
}

/** How change points are looked for. */
export interface ChangePointOptions {
  /** The p at or below which one counts; 0.01 unless told. */
  significance?: number;
  /** The fewest values of a level; 3 unless told. */
  minimum?: number;
  /** The change below which one is of no interest, relative; 0.01 unless told. */
  threshold?: number;
  /** Permutations of the test; 999 unless told. */
  permutations?: number;
  /** Seed of the permutations; the same series gives the same result. */
  seed?: number | string;
}

/** The best split of a segment: where, and how far apart its sides are. */
interface Split {
  readonly at: number;
  readonly distance: number;
}

/** Finds best splits of series up to a length, in memory that is used again for each. */
class Splitter {
  readonly #sums: Float64Array;
  readonly #within: Float64Array;

  /**
   * @param length of the longest segment
   * @param minimum the fewest values of a side, at least 2
   */
  constructor(length: number, readonly minimum: number) {
    this.#sums = new Float64Array(length * (length + 1));
    this.#within = new Float64Array(length + 1);
  }

  /**
   * Finds the split whose sides have the largest energy distance: the larger, the less they overlap. The
   * right side may end before the segment does, so that a level that comes and goes is seen as well.
   *
   * @param values the segment
   */
  best(values: readonly number[]): Split | undefined {
    const n = values.length;
    const width = n + 1;
    // sums[k][i]: distances of value k to all values before place i.
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let i = 0; i <= k; i++) {
        this.#sums[k * width + i] = sum;
        sum += Math.abs(values[i]! - values[k]!);
      }
      this.#within[k + 1] = this.#within[k]! + this.#sums[k * width + k]!;
    }
    let best: Split | undefined;
    for (let split = this.minimum; split <= n - this.minimum; split++) {
      const left = this.#within[split]!;
      let between = 0;
      for (let k = split; k < n; k++) {
        between += this.#sums[k * width + split]!;
        const m = k + 1 - split;
        if (m < this.minimum) continue;
        const right = this.#within[k + 1]! - left - between;
        const distance = split * m / (split + m) * (
          2 * between / (split * m) - 2 * left / (split * (split - 1)) - 2 * right / (m * (m - 1))
        );
        if (best === undefined || distance > best.distance) best = { at: split, distance };
      }
    }
    return best;
  }
}

interface Segment {
  readonly start: number;
  readonly end: number;
}

/** The best split among several segments, with its place in the whole series. */
function bestOf(
  splitter: Splitter,
  segments: readonly Segment[],
  ranks: readonly number[],
  random?: Random,
): Split | undefined {
  let best: Split | undefined;
  for (const { start, end } of segments) {
    if (end - start < 2 * splitter.minimum) continue;
    const own = ranks.slice(start, end);
    const found = splitter.best(random === undefined ? own : random.shuffle(own));
    if (found !== undefined && (best === undefined || found.distance > best.distance)) {
      best = { at: start + found.at, distance: found.distance };
    }
  }
  return best;
}

/** Puts levels together whose medians differ by less than the threshold, the nearest first. */
function mergeLevels(
  values: readonly number[],
  found: readonly { at: number; p: number }[],
  threshold: number,
): ChangePoint[] {
  const points = [...found].sort((a, b) => a.at - b.at);
  for (;;) {
    const levels = [0, ...points.map(({ at }) => at)].map((start, i) =>
      median(values.slice(start, points[i]?.at ?? values.length))
    );
    const result = points.map(({ at, p }, i) => ({
      index: at,
      before: levels[i]!,
      after: levels[i + 1]!,
      p,
    }));
    const size = ({ before, after }: ChangePoint) =>
      Math.abs(after - before) / Math.max(Math.abs(before), Math.abs(after), Number.MIN_VALUE);
    const sizes = result.map(size);
    const least = sizes.indexOf(Math.min(...sizes));
    if (points.length === 0 || sizes[least]! >= threshold) return result;
    points.splice(least, 1);
  }
}

/**
 * Finds the places from which on a series has another level.
 *
 * E-divisive: the split with the largest energy distance is tested by permutations, then the parts are
 * split in turn until a split is not significant (Matteson & James, "A nonparametric approach for
 * multiple change point analysis of multivariate data", Journal of the American Statistical Association
 * 109, 2014; used for benchmarks over time by Daly et al., "The use of change point detection to
 * identify software performance regressions in a continuous integration system", ICPE 2020). Here it
 * works on ranks, so that outliers move nothing.
 *
 * In simulations with normal noise of 2 % a step of 5 % in the middle of 40 values was found in 99 of
 * 100 series, one of 3 % in 71. Flat series of 30 independent values had one found in 1.6 % of 1,000;
 * where neighbours resembled each other (autocorrelation 0.3 and 0.6), which permutations do not reproduce,
 * in 9 and 39 %.
 *
 * Time and memory grow with the square of the length: half a second for 200 values, 1.5 s for 400.
 *
 * @param values a series in the order of time
 * @param options significance, shortest level, threshold, permutations, seed
 * @returns the change points, ascending; none where the series is too short for any to be significant
 * @throws {RangeError} if a value is not finite or an option makes no sense
 */
export function changePoints(
  values: readonly number[],
  options: ChangePointOptions = {},
): ChangePoint[] {
  const { significance = 0.01, minimum = 3, threshold = DEFAULT_THRESHOLD } = options;
  const { permutations = 999, seed = 1 } = options;
  requireProbability("significance", significance);
  requireFinite(values, 0);
  if (!Number.isSafeInteger(minimum) || minimum < 2) {
    throw new RangeError(`Expected a shortest level of at least 2, found ${minimum}`);
  }
  if (values.length < 2 * minimum) return [];
  const ranks = [...midranks(values).ranks];
  const splitter = new Splitter(values.length, minimum);
  const random = createRandom(seed);
  const most = Math.floor(significance * (permutations + 1)) - 1;
  const found: { at: number; p: number }[] = [];
  for (;;) {
    const starts = [0, ...found.map(({ at }) => at).sort((a, b) => a - b)];
    const segments = starts.map((start, i) => ({ start, end: starts[i + 1] ?? values.length }));
    const split = bestOf(splitter, segments, ranks);
    if (split === undefined || !(split.distance > 0)) break;
    let reached = 0;
    for (let i = 0; i < permutations && reached <= most; i++) {
      const other = bestOf(splitter, segments, ranks, random);
      // The tolerance lets the same split of permuted ties count although sums were rounded.
      if (other !== undefined && other.distance >= split.distance * (1 - 1e-9)) reached++;
    }
    if (reached > most) break;
    found.push({ at: split.at, p: (reached + 1) / (permutations + 1) });
  }
  return mergeLevels(values, found, threshold);
}
