/** Steps of the bisection: the range of the data × 2⁻⁶⁰ is below the resolution of its values. */
const STEPS = 60;

/**
 * Finds the k-th smallest of many numbers that are never written down: only counted.
 * The Walsh averages of 3,000 blocks are 4.5 million numbers; counting them takes one pass over
 * the 3,000.
 *
 * @param countUpTo how many of the numbers are at most this value; must not fall as the value rises
 * @param k which one, from 1
 * @param low at most the smallest of the numbers
 * @param high at least the largest of the numbers
 * @returns the k-th smallest, exact to the resolution of the range
 */
export function selectByCount(
  countUpTo: (value: number) => number,
  k: number,
  low: number,
  high: number,
): number {
  if (countUpTo(low) >= k) return low;
  let below = low;
  let above = high;
  for (let step = 0; step < STEPS; step++) {
    const middle = below + (above - below) / 2;
    if (countUpTo(middle) >= k) above = middle;
    else below = middle;
  }
  return above;
}

/**
 * The median of numbers that are only counted.
 *
 * @param countUpTo as for {@linkcode selectByCount}
 * @param total how many numbers there are
 * @param low at most the smallest of the numbers
 * @param high at least the largest of the numbers
 * @returns the middle one, or the mean of the two in the middle
 */
export function medianByCount(
  countUpTo: (value: number) => number,
  total: number,
  low: number,
  high: number,
): number {
  const upper = selectByCount(countUpTo, Math.floor(total / 2) + 1, low, high);
  if (total % 2 === 1) return upper;
  return (selectByCount(countUpTo, total / 2, low, high) + upper) / 2;
}
