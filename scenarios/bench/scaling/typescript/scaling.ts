/**
 * Runs TASKS equal tasks on WORKERS web workers, and prints the sum of what they compute.
 *
 * Task k multiplies k by the first N factors of Viète's product, which tends to k times pi: a square
 * root and a division for each factor. A worker takes the next task when it is done with one.
 *
 * @module
 */

import type { Task } from "./scaling_worker.ts";

function ask(worker: Worker, task: Task): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<number>) => resolve(event.data);
    worker.onerror = (event) => reject(event.error ?? new Error(event.message));
    worker.postMessage(task);
  });
}

/** Runs the tasks 1 to count and sums their results. */
async function runTasks(n: number, count: number, workers: number): Promise<number> {
  let next = 1;
  async function work(): Promise<number> {
    const worker = new Worker(new URL("./scaling_worker.ts", import.meta.url), { type: "module" });
    let sum = 0;
    while (next <= count) sum += await ask(worker, { task: next++, n });
    worker.terminate();
    return sum;
  }
  const sums = await Promise.all(Array.from({ length: workers }, work));
  return sums.reduce((sum, part) => sum + part, 0);
}

function parsePositive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0
    ? value
    : undefined;
}

const [n, tasks, workers] = Deno.args.map(parsePositive);
if (n === undefined || tasks === undefined || workers === undefined || Deno.args.length !== 3) {
  console.error("usage: scaling.ts N TASKS WORKERS (whole numbers > 0)");
  Deno.exit(2);
}
const start = performance.now();
const sum = await runTasks(n, tasks, workers);
const elapsed = (performance.now() - start) / 1000;
console.log(String(sum));
console.log(`taskS=${elapsed.toFixed(6)}`);
