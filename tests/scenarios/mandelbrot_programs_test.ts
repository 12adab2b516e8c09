/** Builds and runs the programs of mandelbrot, and compares their bytes with the definition. */
import { join } from "node:path";
import { afterAll, describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** Rows of less than a byte, of whole bytes, and of some bits more; more rows than workers and fewer. */
const SIZES = [1, 2, 7, 8, 9, 33, 64, 100, 201];

/** The last is more than some sizes above, so that some workers have nothing to do. */
const WORKERS = [1, 3, 9];

/** Whether a point is black: one at a time, looked at after each of 50 times. */
function isInside(cr: number, ci: number): boolean {
  let [zr, zi] = [0, 0];
  for (let i = 0; i < 50; i++) {
    [zr, zi] = [zr * zr - zi * zi + cr, 2 * zr * zi + ci];
    if (zr * zr + zi * zi > 4) return false;
  }
  return true;
}

/** The whole file; the bits that fill up a row are 0. */
function bitmapOf(n: number): Uint8Array<ArrayBuffer> {
  const rows = Array.from({ length: n }, (_, y) => {
    const row = Array.from({ length: n }, (_, x) => isInside(2 * x / n - 1.5, 2 * y / n - 1));
    return row.map(Number).join("").padEnd(Math.ceil(n / 8) * 8, "0");
  });
  const bytes = rows.join("").match(/.{8}/g) ?? [];
  return new Uint8Array([
    ...new TextEncoder().encode(`P4\n${n} ${n}\n`),
    ...bytes.map((bits) => parseInt(bits, 2)),
  ]);
}

/** The SHA-256 digest, in hexadecimal digits. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Where two files differ, which tells more than all their bytes. */
function firstDifference(actual: Uint8Array, due: Uint8Array): string | undefined {
  const at = due.findIndex((byte, i) => byte !== actual[i]);
  if (at >= 0) return `byte ${at} is ${actual[at]}, due is ${due[at]}`;
  return actual.length === due.length ? undefined : `${actual.length - due.length} bytes too many`;
}

const bitmaps = new Map(SIZES.map((n) => [n, bitmapOf(n)]));
const folder = await Deno.makeTempDir({ prefix: "mandelbrot-bitmaps-" });
const output = join(folder, "output.pbm");
afterAll(() => Deno.remove(folder, { recursive: true }));

const scenario = await benchScenario("mandelbrot");

/** The scenario with programs whose bytes go to a file, as they are. */
const toFile = {
  ...scenario,
  variants: scenario.variants.map((variant) => ({
    ...variant,
    run: ["/bin/sh", "-c", 'exec "$@" >"$0"', output, ...variant.run],
  })),
};

describe("the bitmap that is compared with", () => {
  it("has both colours, and the set's symmetry about the real axis", () => {
    const n = 64;
    const rows = bitmaps.get(n)!.slice("P4\n64 64\n".length);
    const row = (y: number) => rows.subarray(y * n / 8, (y + 1) * n / 8);
    for (let y = 1; y < n; y++) expect(row(y)).toEqual(row(n - y));
    // The real axis: black up to 1/4, which is the first of the last eight.
    const axis = [...row(n / 2)];
    expect(axis).toContain(0xff);
    expect(axis.at(-1)).toBe(0x80);
  });
});

describe("mandelbrot's scenario.yaml", () => {
  it("expects the digest of the bitmap, at the default size among others", async () => {
    const results = scenario.expect.results ?? [];
    expect(results.map(({ params }) => params.n)).toContain(scenario.parameters[0]!.default);
    for (const { params, sha256 } of results) {
      const n = Number(params.n);
      // The larger ones would take minutes here.
      if (n <= 1000) expect({ n, sha256 }).toEqual({ n, sha256: await digestOf(bitmapOf(n)) });
    }
  });
});

await describePrograms(toFile, (program) => {
  it("writes the bytes of the bitmap and nothing else", async () => {
    const workers = program.parameters.includes("workers") ? WORKERS : [1];
    for (const [n, due] of bitmaps) {
      for (const w of workers) {
        const { code, stderr } = await program.run({ n, workers: w });
        const difference = firstDifference(await Deno.readFile(output), due);
        expect({ n, w, code, stderr, difference })
          .toEqual({ n, w, code: 0, stderr: "", difference: undefined });
      }
    }
  });

  const numbers = ["", "x", "-1", "0", "1.5", "1e3", "7x"];
  refusesArguments(
    program,
    program.parameters.includes("workers")
      ? [
        [],
        ["7"],
        ["7", "1", "1"],
        ["65537", "1"],
        ...numbers.map((n) => [n, "1"]),
        ...numbers.map((workers) => ["7", workers]),
      ]
      : [[], ["7", "1"], ["65537"], ...numbers.map((n) => [n])],
  );
});
