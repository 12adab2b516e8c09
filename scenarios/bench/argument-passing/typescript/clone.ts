/**
 * Hands a string of SIZE digits to TASKS tasks on WORKERS web workers, and prints the sum of what they
 * return.
 *
 * Each task adds the string's length and up to 10,000 of its digits, from a place of its own on. A
 * message is a structured clone: the text is written out and read again for every task.
 *
 * @module
 */

import type { Task } from "./clone_worker.ts";

/** Repeats the ten digits up to the size. */
function makeText(size: number): string {
  return "0123456789".repeat(Math.floor(size / 10) + 1).slice(0, size);
}

/** What a worker says next: at first that it is ready, then the sum of each task. */
function answer(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<number>) => resolve(event.data);
    worker.onerror = (event) => reject(event.error ?? new Error(event.message));
  });
}

async function startWorkers(count: number): Promise<Worker[]> {
  const url = new URL("./clone_worker.ts", import.meta.url);
  const workers = Array.from({ length: count }, () => new Worker(url, { type: "module" }));
  await Promise.all(workers.map(answer));
  return workers;
}

/** Gives each task the text and a place that is its own; a worker takes the next when it is free. */
async function runTasks(pool: Worker[], text: string, tasks: number): Promise<number> {
  const width = Math.floor(Math.min(text.length, 10_000) / 10) * 10;
  let next = 0;
  async function work(worker: Worker): Promise<number> {
    let sum = 0;
    while (next < tasks) {
      const start = Math.floor((text.length - width) * next++ / tasks);
      const task: Task = { text, start, end: start + width };
      worker.postMessage(task);
      sum += await answer(worker);
    }
    worker.terminate();
    return sum;
  }
  const sums = await Promise.all(pool.map(work));
  return sums.reduce((sum, part) => sum + part, 0);
}

function parsePositive(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0
    ? value
    : undefined;
}

const begun = performance.now();
const [size, tasks, workers] = Deno.args.map(parsePositive);
if (size === undefined || tasks === undefined || workers === undefined || Deno.args.length !== 3) {
  console.error("usage: clone.ts SIZE TASKS WORKERS (whole numbers > 0)");
  Deno.exit(2);
}
const pool = await startWorkers(workers);
const text = makeText(size);
const started = performance.now();
const result = await runTasks(pool, text, tasks);
const ended = performance.now();
console.log(String(result));
console.log(`startupS=${((started - begun) / 1000).toFixed(6)}`);
console.log(`totalS=${((ended - begun) / 1000).toFixed(6)}`);
console.log(`taskS=${((ended - started) / 1000).toFixed(6)}`);
