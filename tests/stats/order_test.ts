import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { blockOrder } from "../../lib/stats/mod.ts";

describe("blockOrder", () => {
  it("gives every case once, and reverses the second block of each pair", () => {
    for (const count of [1, 2, 3, 12]) {
      for (let block = 0; block < 40; block += 2) {
        const first = blockOrder(count, block, 42);
        expect([...first].sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, i) => i),
        );
        expect(blockOrder(count, block + 1, 42)).toEqual([...first].reverse());
      }
    }
  });

  it("gives the orders that recorded runs were made with", () => {
    // Pinned when first written: a resumed run must continue as it began.
    expect([0, 2, 4, 6].map((block) => blockOrder(5, block, 42))).toEqual([
      [4, 2, 0, 1, 3],
      [4, 1, 0, 2, 3],
      [4, 1, 2, 3, 0],
      [0, 2, 4, 1, 3],
    ]);
  });

  it("depends on nothing but its arguments", () => {
    const forwards = Array.from({ length: 20 }, (_, block) => blockOrder(6, block, "s"));
    const backwards = Array.from({ length: 20 }, (_, i) => blockOrder(6, 19 - i, "s")).reverse();
    expect(backwards).toEqual(forwards);
    expect(Array.from({ length: 20 }, (_, block) => blockOrder(6, block, "t"))).not.toEqual(
      forwards,
    );
  });

  it("starts with either of two cases equally often, without a pattern from pair to pair", () => {
    let zeroFirst = 0;
    let changes = 0;
    const firsts = Array.from({ length: 4_000 }, (_, pair) => blockOrder(2, 2 * pair, 7)[0]!);
    firsts.forEach((first, i) => {
      if (first === 0) zeroFirst++;
      if (i > 0 && first !== firsts[i - 1]) changes++;
    });
    // Four standard deviations of a fair coin tossed 4,000 times.
    expect(Math.abs(zeroFirst - 2_000)).toBeLessThan(4 * Math.sqrt(1_000));
    expect(Math.abs(changes - 2_000)).toBeLessThan(4 * Math.sqrt(1_000));
  });

  it("cancels a linear drift over each pair exactly", () => {
    const spent = new Array<number>(7).fill(0);
    let clock = 0;
    for (let block = 0; block < 10; block++) {
      for (const index of blockOrder(7, block, 3)) spent[index]! += clock++;
    }
    expect(new Set(spent).size).toBe(1);
  });

  it("refuses numbers that count nothing", () => {
    expect(() => blockOrder(-1, 0, 1)).toThrow(RangeError);
    expect(() => blockOrder(2, 0.5, 1)).toThrow(RangeError);
    expect(blockOrder(0, 0, 1)).toEqual([]);
  });
});
