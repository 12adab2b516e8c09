/**
 * Moves the hand of a clock by 5 hours on each of N iterations, and throws the hour away; used.ts
 * has the same loop and prints it. V8 computes it in both.
 *
 * @module
 */

/** Moves the hand n times, from 0 on. */
function moveHand(n: number): number {
  let hour = 0;
  for (let i = 0; i < n; i++) {
    hour = (hour + 5) % 12;
  }
  return hour;
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || Deno.args.length !== 1) {
  console.error("usage: unused.ts N (a whole number)");
  Deno.exit(2);
}
moveHand(n);
console.log("done");
