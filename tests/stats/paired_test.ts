import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { comparePaired, type Comparison, createRandom, judge } from "../../lib/stats/mod.ts";
import { normalDeviate } from "../../tasks/bench/judgement/noise.ts";

const random = createRandom("paired");
/** Times around a level with independent noise of 1 %. */
const times = (level: number, count: number) =>
  Array.from({ length: count }, () => level * Math.exp(0.01 * normalDeviate(random)));
const verdictOf = (comparison: Comparison | undefined) => judge([comparison])[0]?.verdict;

describe("comparePaired", () => {
  it("gives the depression example on the logarithmic scale", () => {
    // Hollander & Wolfe, table 3.1; R's wilcox.test: p = 0.03906, estimate 0.46, 0.010 to 0.786. Every
    // other block is empty, so that no two blocks are a pair and the test is the plain one.
    const first = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    const second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const spread = (values: number[]) => values.flatMap((v) => [Math.exp(v), undefined]);
    const { ratio, low, high, p, count } = comparePaired(spread(first), spread(second))!;
    expect(Math.log(ratio)).toBeCloseTo(0.46, 10);
    expect(Math.log(low)).toBeCloseTo(0.010, 10);
    expect(Math.log(high)).toBeCloseTo(0.786, 10);
    expect(p).toBeCloseTo(0.0390625, 10);
    expect(count).toBe(9);
  });

  it("says 64 for a candidate that takes a 64th of the time", () => {
    const comparison = comparePaired(times(64, 20), times(1, 20))!;
    expect(comparison.ratio / 64).toBeCloseTo(1, 1);
    expect(comparison.low).toBeGreaterThan(63);
    expect(comparison.high).toBeLessThan(65);
    expect(verdictOf(comparison)).toBe("faster");
    expect(verdictOf(comparePaired(times(1, 20), times(64, 20)))).toBe("slower");
  });

  it("finds identical values equivalent, with p 1", () => {
    const values = times(0.05, 12);
    const comparison = comparePaired(values, values)!;
    expect(comparison).toMatchObject({ ratio: 1, low: 1, high: 1, p: 1, sufficient: true });
    expect(verdictOf(comparison)).toBe("equivalent");
  });

  it("removes a drift that hits both alike", () => {
    // A machine that becomes twice as slow: unpaired, 3 % would drown in it.
    const level = Array.from({ length: 20 }, (_, i) => 1 + i / 20);
    const reference = level.map((l) => times(l, 1)[0]!);
    const candidate = level.map((l) => times(1.03 * l, 1)[0]!);
    const comparison = comparePaired(reference, candidate)!;
    expect(comparison.ratio).toBeCloseTo(1 / 1.03, 1);
    expect(verdictOf(comparison)).toBe("slower");
  });

  it("uses common blocks only", () => {
    const reference = times(2, 16);
    const candidate = times(1, 12);
    const holed = candidate.map((value, block) => block === 3 ? undefined : value);
    const comparison = comparePaired(reference, holed)!;
    expect(comparison.count).toBe(11);
    const kept = (_: unknown, block: number) => block !== 3 && block < 12;
    const direct = comparePaired(reference.filter(kept), candidate.filter(kept))!;
    expect(comparison.ratio).toBeCloseTo(direct.ratio, 12);
    expect(comparePaired([1, undefined], [undefined, 1])).toBeUndefined();
    expect(comparePaired([], [])).toBeUndefined();
  });

  it("has an estimate but no verdict below 10 common blocks", () => {
    const nine = comparePaired(times(64, 9), times(1, 9))!;
    expect(nine.ratio).toBeGreaterThan(60);
    expect(nine.sufficient).toBe(false);
    expect(verdictOf(nine)).toBe("inconclusive");
    expect(verdictOf(comparePaired(times(64, 10), times(1, 10)))).toBe("faster");
    const one = comparePaired([3], [2])!;
    expect(one.ratio).toBeCloseTo(1.5, 12);
    expect(one).toMatchObject({ low: one.ratio, high: one.ratio, p: 1, confidenceReached: 0 });
  });

  it("handles zeros, as in CPU time counted in ticks", () => {
    const ticks = [0.02, 0.01, 0.02, 0.02, 0.01, 0.02, 0.03, 0.02, 0.02, 0.02, 0.01, 0.02];
    const none = new Array<number>(12).fill(0);
    const sparse = ticks.map((value, i) => i % 4 === 0 ? 0 : value);
    expect(comparePaired(none, ticks)).toMatchObject({ ratio: 0, low: 0 });
    expect(comparePaired(none, ticks)!.high).toBeLessThan(0.5);
    expect(verdictOf(comparePaired(none, ticks))).toBe("slower");
    expect(comparePaired(ticks, none)).toBeUndefined();
    expect(comparePaired(none, none)).toBeUndefined();
    const comparison = comparePaired(sparse, ticks)!;
    expect(comparison.ratio).toBeGreaterThanOrEqual(0);
    expect(comparison.low).toBeLessThanOrEqual(comparison.ratio);
    expect(comparePaired(ticks.map((value) => -value), ticks)!.ratio).toBe(0);
    expect(comparePaired(ticks, ticks.map((value) => -value))).toBeUndefined();
  });

  it("calls a metric equivalent that is the same in most blocks", () => {
    const kilobytes = new Array<number>(20).fill(1800);
    const other = kilobytes.map((value, i) => i === 5 ? value + 4 : value);
    expect(verdictOf(comparePaired(kilobytes, other))).toBe("equivalent");
  });

  it("inflates the variance where the blocks of a pair resemble each other", () => {
    // The same differences: first the blocks of each pair agree, then they do not.
    const offsets = [4, -3, 5, -1, 6, -2, 7, 8, 9, 10, -5, 3];
    const agreeing = offsets.flatMap((o) => [o, o + 0.1]);
    const apart = [...offsets, ...offsets.map((o) => o + 0.1)];
    const compare = (logs: (number | undefined)[]) =>
      comparePaired(logs.map((o) => o === undefined ? o : Math.exp(o / 100)), logs.map(() => 1))!;
    const [alike, unlike] = [compare(agreeing), compare(apart)];
    expect(alike.ratio).toBeCloseTo(unlike.ratio, 12);
    expect(alike.p).toBeGreaterThan(unlike.p);
    expect(alike.high - alike.low).toBeGreaterThan(unlike.high - unlike.low);
    // One block later the neighbours that agree belong to different pairs.
    expect(compare([undefined, ...agreeing]).p).toBeLessThan(alike.p / 2);
    // Fewer than ten pairs tell nothing about their resemblance.
    const [few, fewApart] = [agreeing.slice(0, 18), [
      ...offsets.slice(0, 9),
      ...offsets.slice(0, 9),
    ]];
    fewApart.forEach((_, i) => fewApart[i]! += i < 9 ? 0 : 0.1);
    expect(compare(few).p).toBeCloseTo(compare(fewApart).p, 12);
  });

  it("is mirrored by changing places, and does not mind units", () => {
    for (let round = 0; round < 200; round++) {
      const count = random.int(1, 70);
      const [a, b] = [times(1, count), times(1 + 0.02 * random.next(), count)];
      const comparison = comparePaired(a, b)!;
      const swapped = comparePaired(b, a)!;
      expect(swapped.ratio * comparison.ratio).toBeCloseTo(1, 9);
      expect(swapped.low * comparison.high).toBeCloseTo(1, 9);
      expect(swapped.p).toBeCloseTo(comparison.p, 9);
      const inMs = comparePaired(a.map((v) => 1000 * v), b.map((v) => 1000 * v))!;
      expect(inMs.ratio).toBeCloseTo(comparison.ratio, 9);
      expect(comparison.low).toBeLessThanOrEqual(comparison.ratio);
      expect(comparison.high).toBeGreaterThanOrEqual(comparison.ratio);
      expect(comparison.p).toBeGreaterThan(0);
      expect(comparison.p).toBeLessThanOrEqual(1);
    }
  });

  it("never gives NaN or infinity, whatever the values", () => {
    const pool = [0, 0, 1e-300, 1e-9, 0.01, 1, 1, 1e9, 1e300, -1];
    for (let round = 0; round < 500; round++) {
      const count = random.int(1, 14);
      const draw = () => Array.from({ length: count }, () => pool[random.int(0, pool.length - 1)]!);
      const comparison = comparePaired(draw(), draw());
      if (comparison === undefined) continue;
      const { ratio, low, high, p } = comparison;
      expect([ratio, low, high, p].every(Number.isFinite)).toBe(true);
      expect(low <= ratio && ratio <= high).toBe(true);
    }
  });

  it("is as quick for 3,000 blocks as for few: it writes no 4.5 million averages down", () => {
    const [a, b] = [times(1, 3000), times(1.002, 3000)];
    const { ratio, low, high } = comparePaired(a, b)!;
    expect(ratio).toBeCloseTo(1 / 1.002, 2);
    expect(high - low).toBeLessThan(0.002);
  });

  it("refuses what cannot be compared", () => {
    expect(() => comparePaired([NaN], [1])).toThrow(RangeError);
    expect(() => comparePaired([1], [1], { confidence: 1 })).toThrow(RangeError);
  });
});
