/**
 * Refuses what no statistic can be computed from, so that no NaN travels into a record.
 *
 * @param values the sample
 * @param least how many values are needed
 * @throws {RangeError} if there are fewer than `least` values or one is not a finite number
 */
export function requireFinite(values: readonly number[], least = 1): void {
  if (values.length < least) {
    throw new RangeError(`Expected at least ${least} value(s), found ${values.length}`);
  }
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`Expected finite values, found ${value}`);
  }
}

/**
 * Refuses a probability that is not strictly between 0 and 1.
 *
 * @param name what the number is, for the message
 * @param value the probability
 * @throws {RangeError} if it is outside
 */
export function requireProbability(name: string, value: number): void {
  if (!(value > 0 && value < 1)) {
    throw new RangeError(`Expected ${name} between 0 and 1, found ${value}`);
  }
}

/**
 * The values in ascending order, as a copy.
 *
 * @param values the sample
 * @returns a sorted copy; typed, so that sorting and indexing stay fast for large samples
 */
export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}
