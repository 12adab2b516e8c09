/**
 * Lists the primes from 1 to N by trial of divisors, and prints how many they are and their sum.
 *
 * Divisors are tried in the same order in every language: 2, then odd ones up to the square root.
 *
 * @module
 */

/** Tries 2 and the odd divisors up to the square root. */
function isPrime(candidate: number): boolean {
  if (candidate < 3 || candidate % 2 === 0) return candidate === 2;
  for (let divisor = 3; divisor * divisor <= candidate; divisor += 2) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

/** Lists the primes from start up to end. */
function primesBetween(start: number, end: number): number[] {
  const primes: number[] = [];
  for (let candidate = start; candidate < end; candidate++) {
    if (isPrime(candidate)) primes.push(candidate);
  }
  return primes;
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
if (n === undefined || Deno.args.length !== 1) {
  console.error("usage: primes.ts N (a whole number)");
  Deno.exit(2);
}
const primes = primesBetween(1, n + 1);
console.log(`${primes.length} ${primes.reduce((sum, prime) => sum + prime, 0)}`);
