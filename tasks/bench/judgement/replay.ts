import {
  blockOrder,
  comparePaired,
  createRandom,
  detectablePercent,
  judge,
  quantile,
  type Verdict,
} from "../../../lib/stats/mod.ts";
import { readAsHyperfine } from "./hyperfine.ts";
import { disturbed, independent, type Noise, none, ramp, randomWalk } from "./noise.ts";

/** How to replay. */
export interface ReplayOptions {
  /** Comparisons to make; 1,000 unless told. */
  comparisons?: number;
  /** Blocks of each comparison, an execution of A and one of B each; 30 unless told. */
  blocks?: number;
  /** The extra work of the slower program; 0.03 unless told. */
  extra?: number;
  /** Seed of the windows, the orders and the added drift. */
  seed?: number | string;
  /** What to add to the recording, by name; the four of {@linkcode DRIFTS} unless told. */
  drifts?: Readonly<Record<string, Noise>>;
}

/** How many comparisons, in percent, ended in some way. */
export interface ReplayedShares {
  /** A/A: identical programs that versus calls different, in percent. */
  falseDifferent: number;
  /** A/A: identical programs that it calls equivalent, in percent. */
  equivalent: number;
  /** A/A in hyperfine's order, read by its Welch script: called different, in percent. */
  hyperfineWelch: number;
  /** A/A in hyperfine's order, read by its summary line: called different, in percent. */
  hyperfineSummary: number;
  /** The program with more work: called slower by versus, in percent. */
  detected: number;
  /** The program with more work: called slower by hyperfine's Welch script, in percent. */
  hyperfineDetected: number;
  /** The smallest difference that nine of ten comparisons would find: the median over comparisons. */
  detectablePercent: number;
  /** The same at the 90th percentile: the recording's noisiest stretches. */
  detectablePercentNoisy: number;
}

/** What replaying a recording gave. */
export interface ReplayResult {
  /** Comparisons made under each drift. */
  comparisons: number;
  /** Blocks of each. */
  blocks: number;
  /** Executions in the recording. */
  recorded: number;
  /** Shares by the name of the drift that was added; "recorded" has none added. */
  byDrift: Record<string, ReplayedShares>;
}

/** What is added to a recording: nothing, and three kinds of drift that a longer recording would show. */
export const DRIFTS: Readonly<Record<string, Noise>> = {
  recorded: none,
  "ramp of 2 %": ramp(0.02),
  "random walk, 0.3 % a step": randomWalk(0.003),
  "noise of 2 %": independent(0.02),
};

/**
 * Replays a recorded series of one program's times as comparisons of the program with itself, and of the
 * program with a copy that does a little more. The same stretch of the recording is dealt out twice: in
 * versus's order (blocks, reversed in pairs) and in hyperfine's (all of A, then all of B).
 *
 * @param times of consecutive executions, in seconds
 * @param options how many comparisons of which size, and what drift to add
 * @returns the share of wrong and of right answers for each kind of drift
 * @throws {RangeError} if the recording is shorter than one comparison
 */
export function replayJudgement(
  times: readonly number[],
  options: ReplayOptions = {},
): ReplayResult {
  const { comparisons = 1000, blocks = 30, extra = 0.03, seed = 1, drifts = DRIFTS } = options;
  const length = 2 * blocks;
  if (times.length < length) {
    throw new RangeError(`Expected at least ${length} recorded times, found ${times.length}`);
  }
  const byDrift: Record<string, ReplayedShares> = {};
  for (const [name, noise] of Object.entries(drifts)) {
    const outcomes = Array.from({ length: comparisons }, (_, comparison) => {
      const random = createRandom(`${seed}:${name}:${comparison}`);
      const start = random.int(0, times.length - length);
      const window = disturbed(times.slice(start, start + length), noise, random);
      return replayOne(window, `${seed}:${comparison}`, extra);
    });
    byDrift[name] = shares(outcomes);
  }
  return { comparisons, blocks, recorded: times.length, byDrift };
}

/** What one stretch of the recording led to. */
interface Outcome {
  same: Verdict;
  slower: Verdict;
  welch: boolean;
  summary: boolean;
  welchSlower: boolean;
  detectable: number;
}

function replayOne(window: readonly number[], seed: string, extra: number): Outcome {
  const { a, b } = dealInBlocks(window, seed);
  const same = compare(a, b);
  const half = window.length / 2;
  const [first, second] = [window.slice(0, half), window.slice(half)];
  const hyperfine = readAsHyperfine(first, second);
  const more = readAsHyperfine(first, second.map((time) => time * (1 + extra)));
  return {
    same: same.verdict,
    slower: compare(a, b.map((time) => time * (1 + extra))).verdict,
    welch: hyperfine.welchDifferent,
    summary: hyperfine.summaryDifferent,
    welchSlower: more.welchDifferent && more.ratio > 1,
    detectable: detectablePercent(same) ?? Infinity,
  };
}

/**
 * Deals consecutive executions out to A and B as versus would have executed them.
 *
 * @param window of consecutive times, an even number
 * @param seed of the order
 * @returns A's and B's times by block
 */
export function dealInBlocks(
  window: readonly number[],
  seed: number | string,
): { a: number[]; b: number[] } {
  const cases: [number[], number[]] = [[], []];
  for (let block = 0; block < window.length / 2; block++) {
    blockOrder(2, block, seed).forEach((index, position) => {
      cases[index as 0 | 1].push(window[2 * block + position]!);
    });
  }
  return { a: cases[0], b: cases[1] };
}

function compare(a: readonly number[], b: readonly number[]) {
  const [judged] = judge([comparePaired(a, b)]);
  if (judged === undefined) throw new RangeError("Expected times above zero in the recording");
  return judged;
}

function shares(outcomes: readonly Outcome[]): ReplayedShares {
  const percent = (holds: (outcome: Outcome) => boolean) =>
    100 * outcomes.filter(holds).length / outcomes.length;
  const detectable = outcomes.map((outcome) => outcome.detectable).filter(Number.isFinite);
  return {
    falseDifferent: percent(({ same }) => same === "faster" || same === "slower"),
    equivalent: percent(({ same }) => same === "equivalent"),
    hyperfineWelch: percent(({ welch }) => welch),
    hyperfineSummary: percent(({ summary }) => summary),
    detected: percent(({ slower }) => slower === "slower"),
    hyperfineDetected: percent(({ welchSlower }) => welchSlower),
    detectablePercent: quantile(detectable, 0.5),
    detectablePercentNoisy: quantile(detectable, 0.9),
  };
}
