/**
 * Sums the squares of 1 to N: N (N + 1) (2 N + 1) / 6.
 *
 * Numbers are floating point: above 2 ** 53 each step is rounded, so that the program compares the
 * sum with the formula afterwards.
 *
 * @module
 */

/** Sums the squares of 1 to n. */
function sumSquares(n: number): number {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += i * i;
  return sum;
}

/** What the sum is. */
function formula(n: bigint): bigint {
  return n * (n + 1n) * (2n * n + 1n) / 6n;
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || Deno.args.length !== 1) {
  console.error("usage: sum_of_squares.ts N (a whole number)");
  Deno.exit(2);
}
const sum = sumSquares(n);
console.log(String(sum));
if (BigInt(sum) !== formula(BigInt(n))) {
  console.error("sum_of_squares: the sum was rounded");
}
