/** Builds and runs the programs of pidigits, and compares their digits with those of Machin's formula. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** Less than a line, whole lines, a few more; past 760 digits there are six nines in a row. */
const SIZES = [1, 9, 10, 11, 27, 100, 773];

/** arctan(1 / x), times `unit`, rounded in the last places. */
function arctanOfInverse(x: bigint, unit: bigint): bigint {
  let sum = 0n;
  let power = unit / x;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += (k % 4n === 1n ? power : -power) / k;
    power /= x * x;
  }
  return sum;
}

/** The first n digits of pi = 16 arctan(1/5) - 4 arctan(1/239), with 20 places to spare. */
function piDigits(n: number): string {
  const unit = 10n ** BigInt(n + 20);
  const pi = 16n * arctanOfInverse(5n, unit) - 4n * arctanOfInverse(239n, unit);
  return `${pi}`.slice(0, n);
}

/** Ten digits on a line, the last one filled up, each with how many there are so far. */
function linesOf(digits: string): string {
  const lines = digits.match(/.{1,10}/g) ?? [];
  return lines.map((line, i) => `${line.padEnd(10)}\t:${10 * i + line.length}\n`).join("");
}

/** The SHA-256 digest, in hexadecimal digits. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const scenario = await benchScenario("pidigits");

describe("pidigits' scenario.yaml", () => {
  it("expects the digits of pi, at the default size among others", async () => {
    const results = scenario.expect.results ?? [];
    expect(results.map(({ params }) => params.n)).toContain(scenario.parameters[0]!.default);
    for (const { params, stdout, sha256 } of results) {
      const n = Number(params.n);
      const due = linesOf(piDigits(n));
      if (stdout === undefined) {
        expect({ n, sha256 }).toEqual({ n, sha256: await digestOf(new TextEncoder().encode(due)) });
      } else {
        expect({ n, stdout: stdout.trimEnd() }).toEqual({ n, stdout: due.trimEnd() });
      }
    }
  });
});

await describePrograms(scenario, (program) => {
  it("prints the digits of pi and nothing else", async () => {
    const digits = piDigits(Math.max(...SIZES));
    for (const n of SIZES) {
      const ran = await program.run({ n });
      const stdout = linesOf(digits.slice(0, n));
      expect({ n, ...ran }).toEqual({ n, code: 0, stdout, stderr: "" });
    }
  });

  refusesArguments(program, [
    [],
    ["7", "1"],
    ...["", "x", "-1", "0", "1.5", "1e3", "7x"].map((n) => [n]),
  ]);
});
