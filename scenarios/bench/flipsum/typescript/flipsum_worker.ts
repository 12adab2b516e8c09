/**
 * Sums a bit that flips between 0 and 1 over a part of the iterations, for flipsum_workers.ts.
 *
 * The bit is a counter that wraps at 2, in every language alike: LLVM solves `1 - flip`,
 * `flip ^ 1` and `(flip + 1) % 2` ahead of time, and leaves an empty loop.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/** The iterations from start up to end. */
export interface Part {
  start: number;
  end: number;
}

/** Sums the bit over the iterations from start up to end; it is 1 on the odd ones. */
function sumFlips(start: number, end: number): number {
  let flip = start % 2;
  let sum = 0;
  for (let i = start; i < end; i++) {
    sum += flip;
    flip++;
    if (flip === 2) flip = 0;
  }
  return sum;
}

self.onmessage = (event: MessageEvent<Part>) => {
  self.postMessage(sumFlips(event.data.start, event.data.end));
};
