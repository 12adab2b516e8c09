/** Builds and runs the programs of primes, and compares what they print with a sieve. */
import { describe, it } from "@std/testing/bdd";
import { expect } from "@std/expect";
import { benchScenario, describePrograms, refusesArguments } from "./_programs.ts";

/** Sizes and workers; 961 and 10,201 are squares of primes, the largest divisors to be tried. */
const SIZES: readonly (readonly [n: number, workers: number])[] = [
  [1, 3],
  [2, 1],
  [3, 2],
  [4, 9],
  [961, 1],
  [10_201, 3],
  [50_000, 4],
];

/** Whether each number up to the last is composite, by the sieve of Eratosthenes. */
function sieve(last: number): Uint8Array {
  const composite = new Uint8Array(last + 1);
  for (let i = 2; i * i <= last; i++) {
    if (composite[i] === 1) continue;
    for (let multiple = i * i; multiple <= last; multiple += i) composite[multiple] = 1;
  }
  return composite;
}

const scenario = await benchScenario("primes");
const known = scenario.expect.results ?? [];
const composite = sieve(Math.max(...known.map(({ params }) => Number(params.n))));

/** How many primes there are from 1 to n, and their sum, in a line. */
function countAndSum(n: number): string {
  let count = 0;
  let sum = 0;
  for (let i = 2; i <= n; i++) {
    if (composite[i] === 1) continue;
    count++;
    sum += i;
  }
  return `${count} ${sum}`;
}

describe("primes' scenario.yaml", () => {
  it("knows the right results, among them for the default and the published size", () => {
    for (const { params, stdout } of known) {
      expect({ params, stdout }).toEqual({ params, stdout: countAndSum(Number(params.n)) });
    }
    const sizes = known.map(({ params }) => params.n);
    const n = scenario.parameters.find(({ name }) => name === "n");
    expect(sizes).toContain(n?.default);
    expect(sizes).toContain(n?.published);
  });

  it("ends where the sum of the primes is still exact in floating point", () => {
    // The sum up to n is below that of all odd numbers, n * n / 4, and near n * n / (2 * log(n)).
    const n = scenario.parameters.find(({ name }) => name === "n")?.max ?? Infinity;
    expect(1.1 * n * n / (2 * Math.log(n))).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});

await describePrograms(scenario, (program) => {
  const parallel = program.parameters.includes("workers");

  it("prints how many primes there are and their sum, and nothing else", async () => {
    for (const [n, workers] of SIZES) {
      const ran = await program.run({ n, workers });
      const due = { code: 0, stdout: `${countAndSum(n)}\n`, stderr: "" };
      expect({ n, workers, ...ran }).toEqual({ n, workers, ...due });
    }
  });

  const badSizes = ["", "x", "-1", "1.5", "1e3", "7x"];
  const badWorkers = ["", "x", "-1", "0", "2.5", "4x"];
  refusesArguments(
    program,
    parallel
      ? [
        [],
        ["7"],
        ["7", "1", "1"],
        ...badSizes.map((n) => [n, "1"]),
        ...badWorkers.map((workers) => ["7", workers]),
      ]
      : [[], ["7", "1"], ...badSizes.map((n) => [n])],
  );
});
