/**
 * Moves the hand of a clock by 5 hours on each of N iterations, and prints the hour that it points
 * at: 5 * N % 12. unused.ts has the same loop and throws the hour away.
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
  console.error("usage: used.ts N (a whole number)");
  Deno.exit(2);
}
console.log(String(moveHand(n)));
