/**
 * Appends the numbers 0 to N - 1 to an array, one at a time, and prints their sum.
 *
 * @module
 */

/** Appends one number after the other. */
function grow(n: number): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < n; i++) numbers.push(i);
  return numbers;
}

function total(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
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
  console.error("usage: growing_array.ts N (a whole number)");
  Deno.exit(2);
}
console.log(String(total(grow(n))));
