/**
 * Writes a bitmap (PBM, form P4) of N × N pixels of the square from -1.5 - i to 0.5 + i: a pixel's
 * bit is set if z ← z² + c, taken 50 times from z = 0, stays within a distance of 2 from 0.
 *
 * The eight pixels of a byte are iterated side by side, since one pixel alone leaves the processor
 * waiting for each result, and are looked at every seventh time: beyond 2 there is no way back.
 *
 * @module
 */

const MAX_SIZE = 65_536;

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
if (n === undefined || n < 1 || n > MAX_SIZE || Deno.args.length !== 1) {
  console.error(`usage: mandelbrot.ts N (a whole number, 1 to ${MAX_SIZE})`);
  Deno.exit(2);
}
const columns = columnParts(n);
const rowBytes = columns.length / 8;
const bitmap = new Uint8Array(n * rowBytes);
for (let y = 0; y < n; y++) {
  renderRow(bitmap.subarray(y * rowBytes, (y + 1) * rowBytes), columns, 2 * y / n - 1);
}
writeAll(new TextEncoder().encode(`P4\n${n} ${n}\n`));
writeAll(bitmap);
