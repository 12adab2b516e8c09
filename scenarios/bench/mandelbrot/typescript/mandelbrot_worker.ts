/**
 * Renders rows of a bitmap that is shared with other workers, for mandelbrot_workers.ts: a pixel's
 * bit is set if z ← z² + c, taken 50 times from z = 0, stays within a distance of 2 from 0.
 *
 * The eight pixels of a byte are iterated side by side, since one pixel alone leaves the processor
 * waiting for each result, and are looked at every seventh time: beyond 2 there is no way back.
 *
 * @module
 */

/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/** What the workers have in common. */
export interface Image {
  /** Width and height. */
  n: number;
  /** The rows, one after the other. */
  bitmap: SharedArrayBuffer;
  /** One number: the next row that nobody has taken yet. */
  nextRow: SharedArrayBuffer;
}

/**
 * The real part of c for each column. Columns that fill up the last byte are right of the square,
 * where every z escapes.
 */
function columnParts(n: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(n / 8) * 8 }, (_, x) => 2 * x / n - 1.5);
}

const zr = new Float64Array(8);
const zi = new Float64Array(8);

/** The bits of the eight pixels from x on in the row at ci. The first z is c, so 49 times are left. */
function eightPixels(columns: Float64Array, x: number, ci: number): number {
  for (let k = 0; k < 8; k++) {
    zr[k] = columns[x + k]!;
    zi[k] = ci;
  }
  let bits = 0;
  for (let i = 0; i < 7; i++) {
    for (let j = 0; j < 7; j++) {
      for (let k = 0; k < 8; k++) {
        const re = zr[k]!;
        const im = zi[k]!;
        zr[k] = re * re - im * im + columns[x + k]!;
        zi[k] = 2 * re * im + ci;
      }
    }
    bits = 0;
    for (let k = 0; k < 8; k++) {
      bits = bits << 1 | Number(zr[k]! * zr[k]! + zi[k]! * zi[k]! <= 4);
    }
    if (bits === 0) break;
  }
  return bits;
}

function renderRow(row: Uint8Array, columns: Float64Array, ci: number): void {
  for (let i = 0; i < row.length; i++) row[i] = eightPixels(columns, 8 * i, ci);
}

self.onmessage = ({ data: { n, bitmap, nextRow } }: MessageEvent<Image>) => {
  const columns = columnParts(n);
  const rowBytes = columns.length / 8;
  const next = new Int32Array(nextRow);
  for (let y = Atomics.add(next, 0, 1); y < n; y = Atomics.add(next, 0, 1)) {
    renderRow(new Uint8Array(bitmap, y * rowBytes, rowBytes), columns, 2 * y / n - 1);
  }
  self.postMessage("done");
};
