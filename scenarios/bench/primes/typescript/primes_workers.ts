/**
 * Lists the primes from 1 to N by trial of divisors, and prints how many they are and their sum.
 * Large numbers take longer, so that the WORKERS web workers get many parts, one after the other.
 *
 * @module
 */

import type { Part } from "./primes_worker.ts";

const PARTS_PER_WORKER = 16;

function primesInWorker(worker: Worker, part: Part): Promise<number[]> {
  return new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<number[]>) => resolve(event.data);
    worker.onerror = (event) => reject(event.error ?? new Error(event.message));
    worker.postMessage(part);
  });
}

/** Lists the primes from 1 to n, found by the workers. */
async function primesInParts(n: number, workers: number): Promise<number[]> {
  const count = workers * PARTS_PER_WORKER;
  const bound = (part: number) => 1 + Math.floor(n * part / count);
  const parts = new Array<number[]>(count);
  let next = 0;

  async function work(): Promise<void> {
    const worker = new Worker(new URL("./primes_worker.ts", import.meta.url), { type: "module" });
    while (next < count) {
      const part = next++;
      parts[part] = await primesInWorker(worker, { start: bound(part), end: bound(part + 1) });
    }
    worker.terminate();
  }

  await Promise.all(Array.from({ length: workers }, work));
  return parts.flat();
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
const workers = parseWhole(Deno.args[1]);
if (n === undefined || workers === undefined || workers < 1 || Deno.args.length !== 2) {
  console.error("usage: primes_workers.ts N WORKERS (whole numbers, WORKERS > 0)");
  Deno.exit(2);
}
const primes = await primesInParts(n, workers);
console.log(`${primes.length} ${primes.reduce((sum, prime) => sum + prime, 0)}`);
