import { FROM_SOURCE, ROOT } from "./layout.ts";

/** The workers, and where their source is. Each is an entry of its own in a bundle. */
export const WORKERS = {
  /** Answers what it is told: shows that workers are found wherever the program runs from. */
  hello: "lib/runtime/hello_worker.ts",
  /** Starts programs and measures them. */
  measure: "lib/process/measure_worker.ts",
} as const;

/** The name of a worker. */
export type WorkerName = keyof typeof WORKERS;

/**
 * Names the file of a worker in a bundle.
 *
 * @param name The worker's name.
 */
export function bundledWorker(name: string): string {
  return `${name}_worker.js`;
}

/**
 * Finds a worker: in the source, in a bundle and in a compiled program.
 *
 * `new Worker(new URL("./w.ts", import.meta.url))` does not survive bundling.
 *
 * @param name The worker's name.
 * @returns What `new Worker` takes.
 */
export function workerUrl(name: WorkerName): URL {
  return new URL(FROM_SOURCE ? WORKERS[name] : bundledWorker(name), ROOT);
}
