import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { createRandom } from "../../lib/stats/mod.ts";
import { readAsHyperfine, welchP } from "../../tasks/bench/judgement/hyperfine.ts";
import {
  buildBusyProgram,
  judgeLive,
  recordBlocks,
  recordSeries,
  replayJudgement,
} from "../../tasks/bench/judgement/mod.ts";
import { independent, randomWalk, together } from "../../tasks/bench/judgement/noise.ts";

describe("Welch's t-test as hyperfine's script computes it", () => {
  it("agrees with SciPy", () => {
    // scipy 1.17.1: ttest_ind(x, y, equal_var=False).
    const x = [30.02, 29.99, 30.11, 29.97, 30.01, 29.99];
    const y = [29.89, 29.93, 29.72, 29.98, 30.02, 29.98];
    expect(welchP(x, y)).toBeCloseTo(0.09077332428566112, 10);
    const depression = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    expect(welchP(depression, after)).toBeCloseTo(0.24588283853317094, 10);
    expect(welchP([1, 1, 1], [1, 1, 1])).toBe(1);
  });

  it("reads the summary line as its ratio less its deviation", () => {
    // Means 1 and 1.1, both with a deviation of 1 %: 1.10 ± 0.02.
    const first = [0.99, 1, 1.01];
    const apart = readAsHyperfine(first, first.map((time) => 1.1 * time));
    expect(apart.ratio).toBeCloseTo(1.1, 12);
    expect(apart).toMatchObject({ welchDifferent: true, summaryDifferent: true });
    const near = readAsHyperfine(first, first.map((time) => 1.01 * time));
    expect(near).toMatchObject({ welchDifferent: false, summaryDifferent: false });
  });
});

describe("replayJudgement", () => {
  const random = createRandom("series");
  const noise = together(randomWalk(0.002), independent(0.005))(600, random);
  const series = noise.map((change) => 0.05 * Math.exp(change));

  it("counts what either order would have called", () => {
    const result = replayJudgement(series, { comparisons: 200, seed: "test" });
    expect(result).toMatchObject({ comparisons: 200, blocks: 30, recorded: 600 });
    const recorded = result.byDrift.recorded!;
    expect(recorded.falseDifferent).toBeLessThanOrEqual(2);
    expect(recorded.equivalent).toBeGreaterThan(90);
    expect(recorded.hyperfineWelch).toBeGreaterThan(40);
    expect(recorded.detected).toBeGreaterThanOrEqual(99);
    expect(recorded.detectablePercent).toBeLessThanOrEqual(recorded.detectablePercentNoisy);
    expect(result.byDrift["ramp of 2 %"]!.hyperfineWelch).toBeGreaterThan(60);
  });

  it("gives the same figures for the same seed", () => {
    const options = { comparisons: 50, seed: 3 };
    expect(replayJudgement(series, options)).toEqual(replayJudgement(series, options));
  });

  it("sees no difference where there is none at all, and finds one that is certain", () => {
    const { byDrift } = replayJudgement(new Array(100).fill(0.05), {
      comparisons: 20,
      drifts: { none: (count) => new Array<number>(count).fill(0) },
    });
    expect(byDrift.none).toMatchObject({ falseDifferent: 0, equivalent: 100, detected: 100 });
  });

  it("refuses a recording shorter than one comparison", () => {
    expect(() => replayJudgement(series.slice(0, 59))).toThrow(
      "Expected at least 60 recorded times, found 59",
    );
  });
});

describe("judgeLive", () => {
  const random = createRandom("live");
  const blocksS = Array.from({ length: 120 }, () => {
    const level = 0.05 * (1 + 0.02 * random.next());
    return [1, 1, 1.03].map((work) => level * work * (1 + 0.005 * random.next()));
  });
  const recording = { works: [1, 1, 1.03], blocksS };

  it("judges each stretch of blocks", () => {
    const [same, more] = judgeLive(recording);
    expect(same).toMatchObject({ work: 1, comparisons: 4 });
    expect(same!.verdicts.equivalent).toBe(4);
    expect(more).toMatchObject({ work: 1.03, comparisons: 4 });
    expect(more!.verdicts.slower).toBe(4);
    expect(more!.medianRatio).toBeCloseTo(1 / 1.03, 2);
    expect(more!.outcomes.length).toBe(4);
    for (const { verdict, ratio, detectablePercent } of more!.outcomes) {
      expect(verdict).toBe("slower");
      expect(ratio).toBeCloseTo(1 / 1.03, 2);
      expect(detectablePercent).toBeLessThan(2);
    }
  });

  it("makes more comparisons that overlap", () => {
    expect(judgeLive(recording, 30, 10)[0]!.comparisons).toBe(10);
    expect(() => judgeLive(recording, 30, 15)).toThrow("Expected an even stride above 0, found 15");
    expect(() => judgeLive(recording, 121)).toThrow(RangeError);
  });
});

describe("recording", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await Deno.makeTempDir();
  });
  afterAll(async () => {
    await Deno.remove(folder, { recursive: true });
  });

  it("builds a program whose work is as long as asked, and runs it", async () => {
    const program = await buildBusyProgram(folder, 0.002);
    expect(program.steps).toBeGreaterThan(10_000);
    expect(program.argv(1.03).at(-1)).toBe(String(Math.round(program.steps * 1.03)));
    const series = await recordSeries(program, 3);
    expect(series.timesS.length).toBe(3);
    expect(series.timesS.every((seconds) => seconds > 0.001)).toBe(true);
  });

  it("runs the cases of a block through the launcher, each once", async () => {
    const ran: string[] = [];
    const program = {
      kind: "c" as const,
      steps: 100,
      argv: (work = 1) => ["busy", String(100 * work)],
    };
    const launch = (argv: readonly string[]) => {
      ran.push(argv[1]!);
      return Promise.resolve(Number(argv[1]) / 1000);
    };
    const { blocksS, works } = await recordBlocks(program, 4, [1, 2, 3], { launch });
    expect(works).toEqual([1, 2, 3]);
    expect(blocksS).toEqual([0, 1, 2, 3].map(() => [0.1, 0.2, 0.3]));
    for (let block = 0; block < 4; block++) {
      expect(ran.slice(3 * block, 3 * block + 3).sort()).toEqual(["100", "200", "300"]);
    }
    expect(ran.slice(3, 6)).toEqual(ran.slice(0, 3).reverse());
  });

  it("ends with its signal", async () => {
    const program = await buildBusyProgram(folder, 0.002);
    const controller = new AbortController();
    const recording = recordSeries(program, 1_000_000, {
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 2) controller.abort();
      },
    });
    await expect(recording).rejects.toThrow();
    expect(controller.signal.aborted).toBe(true);
  });
});
