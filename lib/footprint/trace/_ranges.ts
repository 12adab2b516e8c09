/** Parts of a file that were mapped, without counting a byte twice. */

/** Ranges that neither overlap nor touch, in order: start, end, start, end, … */
export type Ranges = number[];

/**
 * Adds a range.
 *
 * @param ranges The ranges so far; changed.
 * @param start Its first byte.
 * @param end Behind its last byte.
 */
export function addRange(ranges: Ranges, start: number, end: number): void {
  if (!(end > start)) return;
  let first = 0;
  while (first < ranges.length && ranges[first + 1]! < start) first += 2;
  let last = first;
  while (last < ranges.length && ranges[last]! <= end) last += 2;
  if (last > first) {
    start = Math.min(start, ranges[first]!);
    end = Math.max(end, ranges[last - 1]!);
  }
  ranges.splice(first, last - first, start, end);
}

/**
 * Adds all ranges up.
 *
 * @param ranges The ranges.
 * @param size The size of the file; what is mapped beyond it is nothing.
 * @returns Bytes.
 */
export function totalOf(ranges: Ranges, size = Infinity): number {
  let sum = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    sum += Math.max(0, Math.min(ranges[i + 1]!, size) - ranges[i]!);
  }
  return sum;
}
