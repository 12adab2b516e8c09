/**
 * Sums a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded down.
 *
 * The bit is a counter that wraps at 2, in every language alike: LLVM solves `1 - flip`,
 * `flip ^ 1` and `(flip + 1) % 2` ahead of time, and leaves an empty loop.
 *
 * @module
 */

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

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || Deno.args.length !== 1) {
  console.error("usage: flipsum.ts N (a whole number)");
  Deno.exit(2);
}
console.log(String(sumFlips(0, n)));
