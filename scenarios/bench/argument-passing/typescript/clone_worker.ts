/**
 * Adds the length of a text and some of its digits, for clone.ts.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/** A text, and the place whose digits are added. */
export interface Task {
  text: string;
  start: number;
  end: number;
}

/** Adds the text's length and its digits from start up to end. */
function addDigits({ text, start, end }: Task): number {
  let sum = text.length;
  for (let i = start; i < end; i++) sum += text.charCodeAt(i) - 48;
  return sum;
}

self.onmessage = (event: MessageEvent<Task>) => {
  self.postMessage(addDigits(event.data));
};
self.postMessage(0);
