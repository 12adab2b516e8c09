/**
 * Counts down from N, one at a time, and prints the number that it ends at: 0.
 *
 * @module
 */

/** Takes one away until nothing is left. */
function countDown(n: number): number {
  while (n > 0) n--;
  return n;
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || Deno.args.length !== 1) {
  console.error("usage: countdown.ts N (a whole number)");
  Deno.exit(2);
}
console.log(String(countDown(n)));
