import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { calibrate, type CalibrationInput } from "../../lib/bench/calibrate.ts";
import type { Parameters } from "../../lib/scenario/types.ts";

/** A program with a start-up in seconds and so many nanoseconds an iteration; the sizes it was asked. */
function program(nsPerIteration: (n: number) => number, startS = 0.01) {
  const asked: number[] = [];
  return {
    asked,
    time(params: Parameters): Promise<number> {
      const n = Number(params["n"]);
      asked.push(n);
      return Promise.resolve(startS + n * nsPerIteration(n) * 1e-9);
    },
  };
}

function input(changes: Partial<CalibrationInput> = {}): CalibrationInput {
  return {
    params: { n: 1e6, workers: 4 },
    name: "n",
    whole: true,
    range: { min: 1, max: 1e12 },
    targetS: 2,
    ...changes,
  };
}

describe("calibrate", () => {
  it("goes to the target by the rate above the start-up", async () => {
    const { asked, time } = program(() => 50);
    const found = await calibrate(input(), time);
    // (2 - 0.01) s at 50 ns are 39.8 million, from a first step that may be 32 times at most.
    expect(asked).toEqual([1, 1, 1e6, 3.2e7, 3.98e7]);
    expect(found).toEqual({ verdict: "calibrated", size: 3.98e7, seconds: 2 });
  });

  it("stays at a size that takes about the target already", async () => {
    const { asked, time } = program(() => 1900);
    const found = await calibrate(input(), time);
    expect(found).toMatchObject({ size: 1e6 });
    expect(asked).toEqual([1, 1, 1e6]);
  });

  it("shrinks a size that takes too long", async () => {
    const { time } = program(() => 50_000);
    const found = await calibrate(input(), time);
    expect(found).toMatchObject({ verdict: "calibrated", size: 39_800 });
  });

  it("corrects itself when larger sizes are faster, as with compilers at run time", async () => {
    const { asked, time } = program((n) => n < 5e6 ? 100 : 5);
    const found = await calibrate(input(), time);
    expect(found).toMatchObject({ verdict: "calibrated" });
    expect(found.verdict === "calibrated" && Math.abs(found.seconds - 2)).toBeLessThan(0.2);
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  it("raises a size whose time does not stand out from the start-up", async () => {
    const { asked, time } = program(() => 0.26, 0.002);
    const found = await calibrate(input({ params: { n: 1000 } }), time);
    expect(found.verdict === "calibrated" && found.size).toBeGreaterThan(7e9);
    expect(asked[3]).toBe(8000);
  });

  it("ends at the largest size, and says so", async () => {
    const { time } = program(() => 50);
    const found = await calibrate(input({ range: { min: 1, max: 5e6 } }), time);
    expect(found).toMatchObject({ size: 5e6, missed: "n can be no larger than 5000000" });
  });

  it("gives a loop the target for itself when the start-up takes more than half, and says so", async () => {
    const { time } = program(() => 50, 3);
    const found = await calibrate(input(), time);
    expect(found).toMatchObject({ size: 4e7, missed: "its start alone takes 3.00 s" });
    expect(found.verdict === "calibrated" && found.seconds).toBeCloseTo(5, 6);
  });

  it("gives up after a few executions when the time does not follow the size", async () => {
    let calls = 0;
    const found = await calibrate(input(), () => Promise.resolve(++calls % 2 === 0 ? 0.1 : 9));
    expect(found).toMatchObject({ missed: expect.stringContaining("n") });
    expect(calls).toBeLessThanOrEqual(10);
  });

  it("passes on why an execution failed", async () => {
    const failure = { status: "failed", reason: "exit code 1" } as const;
    expect(await calibrate(input(), () => Promise.resolve(failure)))
      .toEqual({ verdict: "failed", failure });
  });

  it("keeps fractions of a parameter that has them", async () => {
    const { time } = program(() => 4e9, 0.001);
    const found = await calibrate(
      input({ params: { n: 0.1 }, whole: false, range: { min: 0.01, max: 10 } }),
      time,
    );
    expect(found.verdict === "calibrated" && found.size).toBeCloseTo(0.5, 1);
  });
});
