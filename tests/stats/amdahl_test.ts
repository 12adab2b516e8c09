import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { fitAmdahl, type WorkerTime } from "../../lib/stats/amdahl.ts";

/** "scaling_50_tasks" of the document python_vs_go: seconds of 1 to 12 workers. */
const PYTHON = [
  100.77,
  51.44,
  35.21,
  27.02,
  21.71,
  21.96,
  20.67,
  20.55,
  19.93,
  20.61,
  20.29,
  20.68,
];
const GO = [
  102.75,
  51.85,
  35.43,
  27.19,
  21.47,
  22.07,
  21.78,
  19.97,
  20.38,
  20.1864,
  19.7,
  20.56,
];

function timesOf(seconds: readonly number[]): WorkerTime[] {
  return seconds.map((s, i) => ({ workers: i + 1, seconds: s }));
}

/** The sum of squares of relative residuals that a law leaves; one worker's time is the best for s. */
function squaresAt(s: number, times: readonly WorkerTime[]): number {
  // With s fixed the law is T = T(1) f, and the best T(1) is a weighted mean.
  const parts = times.map(({ workers, seconds }) => (s + (1 - s) / workers) / seconds);
  const one = parts.reduce((sum, p) => sum + p, 0) / parts.reduce((sum, p) => sum + p * p, 0);
  return parts.reduce((sum, p) => sum + (one * p - 1) ** 2, 0);
}

/** Finds the serial fraction by looking everywhere, without a formula. */
function search(times: readonly WorkerTime[]): { s: number; squares: number } {
  let best = { s: 0, squares: Infinity };
  for (let i = 0; i <= 100_000; i++) {
    const squares = squaresAt(i / 100_000, times);
    if (squares < best.squares) best = { s: i / 100_000, squares };
  }
  return best;
}

describe("fitAmdahl", () => {
  it("finds the law that times follow exactly", () => {
    const times = [1, 2, 4, 8, 64].map((p) => ({ workers: p, seconds: 80 * (0.05 + 0.95 / p) }));
    const law = fitAmdahl(times)!;
    expect(law.serialFraction).toBeCloseTo(0.05, 12);
    expect(law.oneWorkerS).toBeCloseTo(80, 9);
    // Amdahl's own example: a twentieth that is serial bounds the speed-up by twenty.
    expect(law.maxSpeedup).toBeCloseTo(20, 9);
    expect(law.residualPercent).toBeCloseTo(0, 9);
  });

  it("needs no time of one worker", () => {
    const times = [2, 3, 6].map((p) => ({ workers: p, seconds: 10 * (0.2 + 0.8 / p) }));
    expect(fitAmdahl(times)!.serialFraction).toBeCloseTo(0.2, 12);
    expect(fitAmdahl(times)!.oneWorkerS).toBeCloseTo(10, 12);
  });

  it("agrees with a search on the published scaling of 50 tasks", () => {
    for (const column of [PYTHON, GO]) {
      for (const count of [5, 6, 12]) {
        const times = timesOf(column.slice(0, count));
        const law = fitAmdahl(times)!;
        const found = search(times);
        expect(law.serialFraction).toBeCloseTo(found.s, 4);
        expect(law.residualPercent)
          .toBeCloseTo(100 * Math.sqrt(found.squares / times.length), 3);
      }
    }
  });

  it("shows where the published machine runs out of cores", () => {
    // Up to five workers the law holds within 1 %; with those that share a core it does not.
    const [few, all] = [fitAmdahl(timesOf(PYTHON.slice(0, 5)))!, fitAmdahl(timesOf(PYTHON))!];
    expect(few.serialFraction).toBeCloseTo(0.0207, 4);
    expect(few.residualPercent).toBeLessThan(1);
    expect(all.serialFraction).toBeCloseTo(0.1393, 4);
    expect(all.residualPercent).toBeGreaterThan(10);
    expect(fitAmdahl(timesOf(GO.slice(0, 5)))!.serialFraction).toBeCloseTo(0.0139, 4);
    expect(fitAmdahl(timesOf(GO))!.serialFraction).toBeCloseTo(0.1346, 4);
  });

  it("does not leave 0 to 1", () => {
    const better = [{ workers: 1, seconds: 10 }, { workers: 2, seconds: 4 }, {
      workers: 4,
      seconds: 1,
    }];
    expect(fitAmdahl(better)).toMatchObject({ serialFraction: 0, maxSpeedup: Infinity });
    const worse = [{ workers: 1, seconds: 10 }, { workers: 2, seconds: 11 }, {
      workers: 4,
      seconds: 12,
    }];
    expect(fitAmdahl(worse)).toMatchObject({ serialFraction: 1, maxSpeedup: 1 });
  });

  it("says nothing with fewer than two numbers of workers", () => {
    expect(fitAmdahl([])).toBeUndefined();
    expect(fitAmdahl([{ workers: 2, seconds: 1 }, { workers: 2, seconds: 1.1 }])).toBeUndefined();
  });

  it("refuses what no law can be computed from", () => {
    expect(() => fitAmdahl([{ workers: 0, seconds: 1 }])).toThrow(RangeError);
    expect(() => fitAmdahl([{ workers: 1, seconds: 0 }])).toThrow(RangeError);
    expect(() => fitAmdahl([{ workers: 1, seconds: NaN }])).toThrow(RangeError);
  });
});
