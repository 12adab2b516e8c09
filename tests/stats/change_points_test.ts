import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { changePoints } from "../../lib/stats/change_points.ts";
import { createRandom, type Random } from "../../lib/stats/random.ts";

/** A value of the normal distribution (Box & Muller, 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** A series of levels with noise, relative to the level. */
function series(
  levels: readonly (readonly [level: number, count: number])[],
  noise: number,
  seed: number,
): number[] {
  const random = createRandom(seed);
  return levels.flatMap(([level, count]) =>
    Array.from({ length: count }, () => level * (1 + noise * normal(random)))
  );
}

describe("changePoints", () => {
  it("finds one step where it is", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const found = changePoints(series([[1, 20], [1.1, 20]], 0.01, seed));
      expect(found.length).toBe(1);
      expect(found[0]!.index).toBe(20);
      expect(found[0]!.before).toBeCloseTo(1, 1);
      expect(found[0]!.after).toBeCloseTo(1.1, 1);
      expect(found[0]!.p).toBeLessThanOrEqual(0.01);
    }
  });

  it("finds several steps, up and down, and a level that comes and goes", () => {
    const stairs = changePoints(series([[10, 15], [12, 15], [11, 15], [14, 15]], 0.01, 7));
    expect(stairs.map(({ index }) => index)).toEqual([15, 30, 45]);
    const bump = changePoints(series([[5, 20], [6, 12], [5, 20]], 0.01, 8));
    expect(bump.map(({ index }) => index)).toEqual([20, 32]);
  });

  it("finds a step five values before the end", () => {
    const found = changePoints(series([[1, 30], [1.2, 5]], 0.01, 3));
    expect(found.map(({ index }) => index)).toEqual([30]);
  });

  it("is not moved by outliers", () => {
    const values = series([[1, 20], [1.1, 20]], 0.01, 4);
    values[5] = 100;
    values[33] = 50;
    expect(changePoints(values).map(({ index }) => index)).toEqual([20]);
  });

  it("finds none in series that are flat, with light and heavy tails, in all but about 1 %", () => {
    let wrong = 0;
    const rounds = 300;
    for (let seed = 1; seed <= rounds; seed++) {
      const random = createRandom(`flat ${seed}`);
      const values = Array.from({ length: 30 }, () => {
        const tail = seed % 2 === 0 ? 1 / (1 - random.next()) : 1;
        return 1 + 0.05 * tail * normal(random);
      });
      if (changePoints(values, { threshold: 0 }).length > 0) wrong++;
    }
    // 3 are expected; 9 or more would be a chance of 1 in 250.
    expect(wrong).toBeLessThanOrEqual(8);
  });

  it("finds none where all values are equal, or there are too few", () => {
    expect(changePoints(Array(40).fill(3))).toEqual([]);
    expect(changePoints([])).toEqual([]);
    expect(changePoints([1, 1, 1, 9, 9])).toEqual([]);
    // Six values can be ordered in so few ways that a step among them is no evidence.
    expect(changePoints([1, 1.01, 1.02, 9, 9.01, 9.02])).toEqual([]);
  });

  it("leaves out steps below the threshold, and finds them when asked", () => {
    const values = series([[1, 40], [1.005, 40]], 0.0005, 5);
    expect(changePoints(values)).toEqual([]);
    expect(changePoints(values, { threshold: 0.001 }).map(({ index }) => index)).toEqual([40]);
  });

  it("gives the same result for the same series", () => {
    const values = series([[1, 12], [1.03, 12]], 0.02, 6);
    expect(changePoints(values)).toEqual(changePoints(values));
  });

  it("refuses values that are not finite and options that make no sense", () => {
    expect(() => changePoints([1, NaN, 2, 3, 4, 5])).toThrow(RangeError);
    expect(() => changePoints([1, 2], { significance: 2 })).toThrow(RangeError);
    expect(() => changePoints([1, 2], { minimum: 1 })).toThrow(RangeError);
  });
});
