/**
 * Writes a bitmap (PBM, form P4) of N × N pixels of the square from -1.5 - i to 0.5 + i: a pixel's
 * bit is set if z ← z² + c, taken 50 times from z = 0, stays within a distance of 2 from 0. The rows
 * are shared out among WORKERS web workers, each of which takes the next one when it is done.
 *
 * @module
 */

import type { Image } from "./mandelbrot_worker.ts";

const MAX_SIZE = 65_536;

function renderInWorker(image: Image): Promise<void> {
  return new Promise((resolve, reject) => {
    const url = new URL("./mandelbrot_worker.ts", import.meta.url);
    const worker = new Worker(url, { type: "module" });
    worker.onmessage = () => {
      worker.terminate();
      resolve();
    };
    worker.onerror = (event) => reject(event.error ?? new Error(event.message));
    worker.postMessage(image);
  });
}

async function render(n: number, workers: number): Promise<Uint8Array> {
  const image: Image = {
    n,
    bitmap: new SharedArrayBuffer(n * Math.ceil(n / 8)),
    nextRow: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  };
  await Promise.all(Array.from({ length: workers }, () => renderInWorker(image)));
  return new Uint8Array(image.bitmap);
}

/** Writes all bytes: one call may take only some of them. */
function writeAll(bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    done += Deno.stdout.writeSync(bytes.subarray(done));
  }
}

function parseWhole(text: string | undefined): number | undefined {
  const value = Number(text);
  return text !== undefined && /^\d+$/.test(text) && Number.isSafeInteger(value)
    ? value
    : undefined;
}

const n = parseWhole(Deno.args[0]);
const workers = parseWhole(Deno.args[1]);
if (
  n === undefined || n < 1 || n > MAX_SIZE || workers === undefined || workers < 1 ||
  Deno.args.length !== 2
) {
  console.error(
    `usage: mandelbrot_workers.ts N WORKERS (whole numbers, N 1 to ${MAX_SIZE}, WORKERS > 0)`,
  );
  Deno.exit(2);
}
const bitmap = await render(n, workers);
writeAll(new TextEncoder().encode(`P4\n${n} ${n}\n`));
writeAll(bitmap);
