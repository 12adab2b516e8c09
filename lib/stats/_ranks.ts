/** Ranks from 1, ties sharing their mean rank, with the sizes of the groups of equal values. */
export interface Midranks {
  /** One rank a value, in the order of the input. */
  ranks: Float64Array;
  /** Sizes of the groups of equal values that have more than one member. */
  ties: number[];
}

/**
 * Ranks values from 1; equal values share the mean of the ranks that they span.
 *
 * @param values the sample
 * @returns the ranks in the input's order and the sizes of the tied groups
 */
export function midranks(values: readonly number[]): Midranks {
  const order = values.map((_, index) => index);
  order.sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  const ties: number[] = [];
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]!] === values[order[first]!]) last++;
    for (let at = first; at <= last; at++) ranks[order[at]!] = (first + last) / 2 + 1;
    if (last > first) ties.push(last - first + 1);
    first = last + 1;
  }
  return { ranks, ties };
}

/**
 * The tie term of the variance of a rank statistic.
 *
 * @param ties sizes of the tied groups
 * @returns the sum of t³ − t
 */
export function tieTerm(ties: readonly number[]): number {
  return ties.reduce((sum, t) => sum + t ** 3 - t, 0);
}
