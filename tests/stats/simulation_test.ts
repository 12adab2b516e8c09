/**
 * Seeded simulations of what the judgement promises. The figures in the comments are those of longer
 * simulations; the bounds leave room for the smaller number of rounds here.
 */
import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import {
  blockOrder,
  blocksNeeded,
  comparePaired,
  createRandom,
  judge,
  shouldStop,
  summarise,
} from "../../lib/stats/mod.ts";
import { readAsHyperfine } from "../../tasks/bench/judgement/hyperfine.ts";
import {
  autoregressive,
  disturbed,
  independent,
  type Noise,
  normalDeviate,
  periodicBursts,
  ramp,
  randomWalk,
  spikes,
  steps,
  together,
} from "../../tasks/bench/judgement/noise.ts";
import { dealInBlocks } from "../../tasks/bench/judgement/replay.ts";

const BLOCKS = 30;

const NOISES: Record<string, Noise> = {
  "independent 2 %": independent(0.02),
  "independent 10 %": independent(0.1),
  "autoregressive 0.5": autoregressive(0.5, 0.03),
  "autoregressive 0.9": autoregressive(0.9, 0.03),
  "ramp of 2 %": together(ramp(0.02), independent(0.005)),
  "random walk": together(randomWalk(0.003), independent(0.005)),
  "wild random walk": randomWalk(0.05),
  "steps": together(steps(0.05), independent(0.005)),
  "spikes": together(spikes, independent(0.005)),
  "bursts every 4": together(periodicBursts(4, 0.05), independent(0.01)),
  "bursts every 8": together(periodicBursts(8, 0.05), independent(0.01)),
};

describe("identical programs", () => {
  for (const [name, noise] of Object.entries(NOISES)) {
    it(`are seldom called different under ${name}, and the interval covers 1`, () => {
      // Longer simulations: at most 2.2 % called different, and 93.7 % or more covered.
      const random = createRandom(`identical:${name}`);
      const rounds = 600;
      let [different, covered] = [0, 0];
      for (let round = 0; round < rounds; round++) {
        const tape = disturbed(new Array<number>(2 * BLOCKS).fill(0.05), noise, random);
        const { a, b } = dealInBlocks(tape, round);
        const [judged] = judge([comparePaired(a, b)]);
        if (judged!.verdict === "faster" || judged!.verdict === "slower") different++;
        if (judged!.low <= 1 && judged!.high >= 1) covered++;
      }
      expect(different / rounds).toBeLessThanOrEqual(0.035);
      expect(covered / rounds).toBeGreaterThan(0.92);
    });
  }

  it("are called different in half of all cases by running one after the other", () => {
    // The same tapes, all of A and then all of B, read by Welch's t-test: 47 % at 2 % noise.
    const random = createRandom("one after the other");
    const noise = together(ramp(0.02), independent(0.02));
    let [blocks, order] = [0, 0];
    for (let round = 0; round < 400; round++) {
      const tape = disturbed(new Array<number>(2 * BLOCKS).fill(0.05), noise, random);
      const { a, b } = dealInBlocks(tape, round);
      if (judge([comparePaired(a, b)])[0]!.verdict.endsWith("er")) blocks++;
      if (readAsHyperfine(tape.slice(0, BLOCKS), tape.slice(BLOCKS)).welchDifferent) order++;
    }
    expect(order / 400).toBeGreaterThan(0.38);
    expect(blocks / 400).toBeLessThanOrEqual(0.035);
  });

  it("are seldom called different in a table of twelve that stops by itself", () => {
    // The adjusted p promises 5 %; longer simulations gave 0 to 4.8 %.
    const random = createRandom("tables");
    const cases = 12;
    let tables = 0;
    for (let round = 0; round < 300; round++) {
      const rows = measured(cases, 60, autoregressive(0.5, 0.03), `t${round}`, random);
      const judged = judge(rows.slice(1).map((row) => comparePaired(rows[0]!, row)));
      if (judged.some((one) => one!.verdict.endsWith("er"))) tables++;
    }
    expect(tables / 300).toBeLessThan(0.08);
  });
});

describe("a program with 3 % more work", () => {
  for (
    const [name, noise] of Object.entries({
      "independent 2.5 %": independent(0.025),
      "autoregressive 0.5": NOISES["autoregressive 0.5"]!,
      "random walk": NOISES["random walk"]!,
      "steps": NOISES["steps"]!,
      "ramp of 2 % and noise of 2 %": together(ramp(0.02), independent(0.02)),
    })
  ) {
    it(`is called slower in nine of ten comparisons of 30 blocks under ${name}`, () => {
      const random = createRandom(`slower:${name}`);
      let slower = 0;
      for (let round = 0; round < 300; round++) {
        const tape = disturbed(new Array<number>(2 * BLOCKS).fill(0.05), noise, random);
        const { a, b } = dealInBlocks(tape, round);
        const [judged] = judge([comparePaired(a, b.map((time) => 1.03 * time))]);
        if (judged!.verdict === "slower") slower++;
      }
      expect(slower / 300).toBeGreaterThanOrEqual(0.9);
    });
  }
});

describe("the stop rule", () => {
  it("costs the median's interval little of its coverage", () => {
    // Longer simulations: 91 to 94 %, after 41 to 59 samples on average for these two.
    for (const [deviation, precision] of [[0.03, 0.01], [0.05, 0.02]] as const) {
      const random = createRandom(`stop:${deviation}`);
      let covered = 0;
      for (let round = 0; round < 800; round++) {
        const values: number[] = [];
        do values.push(1 + deviation * normalDeviate(random)); while (
          !shouldStop({ values }, { precision, minRuns: 10, maxRuns: 1000 }).stop
        );
        const { low, high } = summarise(values);
        if (low <= 1 && high >= 1) covered++;
      }
      expect(covered / 800).toBeGreaterThan(0.89);
      expect(covered / 800).toBeLessThan(0.96);
    }
  });
});

/** Runs cases in versus's order over one tape of noise until each has stopped. */
function measured(
  cases: number,
  maxRuns: number,
  noise: Noise,
  seed: string,
  random: ReturnType<typeof createRandom>,
): (number | undefined)[][] {
  const tape = disturbed(new Array<number>(cases * maxRuns).fill(0.05), noise, random);
  const rows = Array.from({ length: cases }, () => [] as number[]);
  const live = new Set(rows.keys());
  const rule = { precision: 0.01, minRuns: blocksNeeded(cases - 1), maxRuns };
  for (let block = 0, at = 0; live.size > 0; block++) {
    for (const index of blockOrder(cases, block, seed)) {
      if (live.has(index)) rows[index]!.push(tape[at++]!);
    }
    for (const index of live) {
      if (shouldStop({ values: rows[index]! }, rule).stop) live.delete(index);
    }
  }
  return rows;
}
