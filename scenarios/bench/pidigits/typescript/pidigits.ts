/**
 * Prints N digits of pi, ten on a line, step by step as they become certain.
 *
 * Gibbons' unbounded spigot (2006): pi is the limit of (4 q + r) / t and (3 q + r) / t, each term of a
 * series brings them closer, and a digit is certain once both begin with it. It is then taken off, and
 * the rest multiplied by 10.
 *
 * @module
 */

/** Gives the digits of pi one by one, without end. */
function* piDigits(): Generator<bigint, never> {
  let [q, r, t] = [1n, 0n, 1n];
  for (let k = 1n;; k++) {
    r = (2n * q + r) * (2n * k + 1n);
    t *= 2n * k + 1n;
    q *= k;
    if (q >= t) continue; // the two are 1 or more apart
    const sum = 3n * q + r;
    const digit = sum / t;
    if (sum - digit * t + q < t) {
      yield digit;
      q *= 10n;
      r = 10n * (r - digit * t);
    }
  }
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || n < 1 || Deno.args.length !== 1) {
  console.error("usage: pidigits.ts N (a whole number > 0)");
  Deno.exit(2);
}
const digits = piDigits();
for (let printed = 0; printed < n;) {
  let line = "";
  for (; line.length < 10 && printed < n; printed++) line += digits.next().value;
  console.log(`${line.padEnd(10)}\t:${printed}`);
}
