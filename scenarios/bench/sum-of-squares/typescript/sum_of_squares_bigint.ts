/**
 * Sums the squares of 1 to N, N (N + 1) (2 N + 1) / 6, with BigInt, which grows: the sum is exact.
 *
 * @module
 */

/** Sums the squares of 1 to n. */
function sumSquares(n: bigint): bigint {
  let sum = 0n;
  for (let i = 1n; i <= n; i++) sum += i * i;
  return sum;
}

function parseWhole(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d+$/.test(text) ? BigInt(text) : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || Deno.args.length !== 1) {
  console.error("usage: sum_of_squares_bigint.ts N (a whole number)");
  Deno.exit(2);
}
const sum = sumSquares(n);
console.log(String(sum));
const bits = sum.toString(2).length;
if (bits > 63) console.error(`sum_of_squares_bigint: the sum takes ${bits} bits`);
