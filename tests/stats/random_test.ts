import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { createRandom, seedFrom } from "../../lib/stats/mod.ts";

describe("createRandom", () => {
  it("gives the sequence that recorded runs were made with", () => {
    // Pinned when first written: a change here would make old runs irreproducible.
    const random = createRandom(42);
    expect([random.next(), random.next()]).toEqual([0.38101422718684863, 0.07866087291176649]);
    expect([1, 2, 3, 4, 5, 6].map(() => random.int(1, 6))).toEqual([3, 4, 6, 4, 6, 4]);
    expect(random.shuffle(["a", "b", "c", "d", "e", "f"])).toEqual(["b", "f", "d", "e", "a", "c"]);
  });

  it("takes numbers and texts alike", () => {
    expect(createRandom(7).next()).toBe(createRandom("7").next());
    expect(createRandom("flipsum").next()).toBe(createRandom("flipsum").next());
    expect(createRandom(7).next()).not.toBe(createRandom(8).next());
  });

  it("is uniform on [0, 1)", () => {
    const random = createRandom("uniform");
    const bins = new Array<number>(20).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const value = random.next();
      expect(value >= 0 && value < 1).toBe(true);
      bins[Math.floor(value * 20)]!++;
    }
    // 99.9 % point of χ² with 19 degrees of freedom.
    expect(chiSquared(bins)).toBeLessThan(43.8);
  });

  it("draws whole numbers from both ends of the range, equally often", () => {
    const random = createRandom("int");
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 7_000; i++) counts[random.int(-3, 3) + 3]!++;
    expect(chiSquared(counts)).toBeLessThan(22.5);
    expect(random.int(5, 5)).toBe(5);
    expect(() => random.int(2, 1)).toThrow(RangeError);
    expect(() => random.int(0, 1.5)).toThrow(RangeError);
  });

  it("shuffles a copy, every order equally often", () => {
    const random = createRandom("shuffle");
    const items = ["a", "b", "c", "d"];
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = random.shuffle(items).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(items).toEqual(["a", "b", "c", "d"]);
    expect(counts.size).toBe(24);
    expect(chiSquared([...counts.values()])).toBeLessThan(49.7);
    expect(random.shuffle([])).toEqual([]);
  });

  it("starts unrelated sequences from neighbouring seeds", () => {
    const firsts = Array.from({ length: 2_000 }, (_, seed) => createRandom(seed).next());
    const bins = new Array<number>(20).fill(0);
    for (const value of firsts) bins[Math.floor(value * 20)]!++;
    expect(chiSquared(bins)).toBeLessThan(43.8);
    let rises = 0;
    for (let i = 1; i < firsts.length; i++) if (firsts[i]! > firsts[i - 1]!) rises++;
    // A random sequence rises half of the time, with a deviation of √(n/12).
    expect(Math.abs(rises - 1000)).toBeLessThan(4 * Math.sqrt(2000 / 12));
  });
});

describe("seedFrom", () => {
  it("gives distinct 32-bit seeds to neighbours", () => {
    const seeds = Array.from({ length: 5_000 }, (_, i) => seedFrom(`1:${i}`));
    expect(new Set(seeds).size).toBe(5_000);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed === (seed | 0))).toBe(true);
  });

  it("refuses a seed that is not a number", () => {
    expect(() => seedFrom(NaN)).toThrow("Expected a finite seed, found NaN");
  });
});

/** Pearson's statistic against equal counts. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
