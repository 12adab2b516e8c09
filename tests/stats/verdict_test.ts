import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  blocksNeeded,
  comparePaired,
  type Comparison,
  createRandom,
  judge,
  verdict,
} from "../../lib/stats/mod.ts";

const significant = { pAdjusted: 0.001 };
const insignificant = { pAdjusted: 0.4 };

describe("verdict", () => {
  it("calls faster and slower beyond the threshold", () => {
    expect(verdict({ ratio: 1.03, low: 1.02, high: 1.04, ...significant })).toBe("faster");
    expect(verdict({ ratio: 0.97, low: 0.96, high: 0.98, ...significant })).toBe("slower");
    expect(verdict({ ratio: 64, low: 63, high: 65, ...significant })).toBe("faster");
  });

  it("needs the adjusted p, the interval and the estimate to agree", () => {
    expect(verdict({ ratio: 1.03, low: 1.001, high: 1.06, pAdjusted: 0.02 })).toBe("faster");
    expect(verdict({ ratio: 1.03, low: 1.001, high: 1.06, pAdjusted: 0.021 })).toBe("inconclusive");
    const among = { ratio: 1.03, low: 1.001, high: 1.06, p: 0.02 };
    expect(verdict({ ...among, pAdjusted: 0.05 })).toBe("faster");
    expect(verdict({ ...among, pAdjusted: 0.051 })).toBe("inconclusive");
    expect(verdict({ ...among, p: 0.021, pAdjusted: 0.021 })).toBe("inconclusive");
    expect(verdict({ ratio: 1.03, low: 0.999, high: 1.06, ...significant })).toBe("inconclusive");
    expect(verdict({ ratio: 1.01, low: 1.005, high: 1.015, ...significant })).toBe("inconclusive");
    expect(verdict({ ratio: 0.995, low: 0.985, high: 0.999, ...significant })).toBe("inconclusive");
  });

  it("calls equivalent what lies within the threshold, even if significantly off 1", () => {
    expect(verdict({ ratio: 1, low: 0.995, high: 1.005, ...insignificant })).toBe("equivalent");
    expect(verdict({ ratio: 1.004, low: 1.002, high: 1.006, ...significant })).toBe("equivalent");
    expect(verdict({ ratio: 1, low: 1 / 1.01, high: 1.01, ...insignificant })).toBe("equivalent");
    expect(verdict({ ratio: 1, low: 0.99, high: 1, ...insignificant })).toBe("inconclusive");
  });

  it("is inconclusive when there is too little", () => {
    const strong = { ratio: 64, low: 63, high: 65, ...significant };
    expect(verdict({ ...strong, sufficient: false })).toBe("inconclusive");
    expect(verdict({ ratio: 1, low: 1, high: 1, ...insignificant, sufficient: false })).toBe(
      "inconclusive",
    );
  });

  it("moves with the threshold", () => {
    const evidence = { ratio: 1.03, low: 1.02, high: 1.04, ...significant };
    expect(verdict(evidence, 0.05)).toBe("equivalent");
    expect(verdict(evidence, 0.035)).toBe("inconclusive");
    expect(verdict({ ratio: 1.001, low: 1.0005, high: 1.002, ...significant }, 0)).toBe("faster");
    expect(() => verdict(evidence, -0.01)).toThrow(RangeError);
  });

  it("is mirrored when reference and candidate change places", () => {
    const random = createRandom("mirror");
    const mirrored = {
      faster: "slower",
      slower: "faster",
      equivalent: "equivalent",
      inconclusive: "inconclusive",
    };
    for (let round = 0; round < 500; round++) {
      const [low, ratio, high] = [0, 0, 0].map(() => 0.97 + 0.06 * random.next()).sort();
      const evidence = { low: low!, ratio: ratio!, high: high!, pAdjusted: 0.04 * random.next() };
      const swapped = { low: 1 / high!, ratio: 1 / ratio!, high: 1 / low! };
      expect(verdict({ ...swapped, pAdjusted: evidence.pAdjusted })).toBe(
        mirrored[verdict(evidence)],
      );
    }
  });
});

describe("judge", () => {
  const comparison = (p: number, sufficient = true): Comparison => ({
    ratio: 1.05,
    low: 1.03,
    high: 1.07,
    p,
    count: sufficient ? 20 : 4,
    sufficient,
    confidenceReached: 0.95,
  });

  it("adjusts all comparisons of a table together and keeps their places", () => {
    const judged = judge([comparison(0.004), undefined, comparison(0.012), comparison(0.009)]);
    expect(judged.map((one) => one?.verdict)).toEqual([
      "faster",
      undefined,
      "faster",
      "faster",
    ]);
    [0.012, undefined, 0.018, 0.018].forEach((p, i) => {
      if (p !== undefined) expect(judged[i]?.pAdjusted).toBeCloseTo(p, 12);
    });
  });

  it("leaves comparisons with too few blocks out of the correction", () => {
    const judged = judge([comparison(0.015), comparison(0.001, false)]);
    expect(judged[0]).toMatchObject({ pAdjusted: 0.015, verdict: "faster" });
    expect(judged[1]).toMatchObject({ pAdjusted: 1, verdict: "inconclusive" });
  });
});

describe("blocksNeeded", () => {
  it("is even, at least 10, and grows with the number of comparisons", () => {
    const needed = [0, 1, 5, 11, 20, 100].map(blocksNeeded);
    expect(needed).toEqual([10, 10, 10, 12, 12, 14]);
  });

  it("leaves ten blocks enough for a table of 25 comparisons in which no block disagrees", () => {
    const random = createRandom("ten blocks");
    const times = (scale: number) =>
      Array.from({ length: 10 }, () => scale * (1 + 0.05 * random.next()));
    const reference = times(64);
    const judged = judge(Array.from({ length: 25 }, () => comparePaired(reference, times(2))));
    expect(judged.every((one) => one?.verdict === "faster")).toBe(true);
  });

  it("is enough to call differences that show in every block, in a table of that size", () => {
    const random = createRandom("needed");
    for (const size of [1, 5, 11, 20]) {
      for (let round = 0; round < 50; round++) {
        const times = (scale: number) =>
          Array.from({ length: blocksNeeded(size) }, () => scale * (1 + 0.05 * random.next()));
        const reference = times(64);
        const judged = judge(
          Array.from({ length: size }, (_, i) => comparePaired(reference, times(1 + i))),
        );
        expect(judged.every((one) => one?.verdict === "faster"), `${size} comparisons`).toBe(true);
      }
    }
  });
});
