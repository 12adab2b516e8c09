/**
 * Multiplies the number of a task by the first factors of Viète's product, for scaling.ts.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/** What is multiplied by how many factors. */
export interface Task {
  task: number;
  n: number;
}

/** Multiplies the task's number by the first n factors. */
function multiplyFactors({ task, n }: Task): number {
  let root = 0;
  let product = 2 * task;
  for (let i = 0; i < n; i++) {
    root = Math.sqrt(2 + root);
    product *= 2 / root;
  }
  return product;
}

self.onmessage = (event: MessageEvent<Task>) => {
  self.postMessage(multiplyFactors(event.data));
};
