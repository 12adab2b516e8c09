/**
 * Lists the primes of a part of the numbers by trial of divisors, for primes_workers.ts.
 *
 * Divisors are tried in the same order in every language: 2, then odd ones up to the square root.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/** The numbers from start up to end. */
export interface Part {
  start: number;
  end: number;
}

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

self.onmessage = (event: MessageEvent<Part>) => {
  self.postMessage(primesBetween(event.data.start, event.data.end));
};
