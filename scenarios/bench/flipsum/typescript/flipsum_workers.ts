/**
 * Sums a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded down. The
 * iterations are divided among WORKERS web workers, which each sum a part of their own.
 *
 * @module
 */

import type { Part } from "./flipsum_worker.ts";

function sumInWorker(part: Part): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./flipsum_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = (event: MessageEvent<number>) => {
      worker.terminate();
      resolve(event.data);
    };
    worker.onerror = (event) => reject(event.error ?? new Error(event.message));
    worker.postMessage(part);
  });
}

/** Divides n iterations among the workers; the first n % workers of them take one more. */
async function sumInParts(n: number, workers: number): Promise<number> {
  const bound = (part: number) => Math.floor(n / workers) * part + Math.min(part, n % workers);
  const sums = await Promise.all(
    Array.from(
      { length: workers },
      (_, part) => sumInWorker({ start: bound(part), end: bound(part + 1) }),
    ),
  );
  return sums.reduce((sum, part) => sum + part, 0);
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
  console.error("usage: flipsum_workers.ts N WORKERS (whole numbers, WORKERS > 0)");
  Deno.exit(2);
}
console.log(String(await sumInParts(n, workers)));
