/**
 * Approaches pi by Viète's product of N square roots (1593):
 *
 * 2 / pi = √2 / 2 · √(2 + √2) / 2 · √(2 + √(2 + √2)) / 2 · ...
 *
 * After some 26 factors a number has no room for more; the rest are there to be timed.
 *
 * @module
 */

/** Divides 2 by the product of n factors. */
function vietePi(n: number): number {
  let root = 0;
  let product = 1;
  for (let i = 0; i < n; i++) {
    root = Math.sqrt(2 + root);
    product *= root / 2;
  }
  return 2 / product;
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || Deno.args.length !== 1) {
  console.error("usage: viete_pi.ts N (a whole number)");
  Deno.exit(2);
}
console.log(vietePi(n).toFixed(15));
