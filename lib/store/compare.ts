/** Compares two runs, or two variants of a run. */
import { valuesByBlock } from "../bench/compare.ts";
import { metricOf, PER_ITERATION } from "../bench/metrics.ts";
import type { CaseResult, Sample } from "../record/types.ts";
import {
  comparePaired,
  compareUnpaired,
  type Comparison,
  gateVerdict,
  judge,
} from "../stats/mod.ts";
import type { ComparedCase, CompareDocument, CompareSide } from "./documents.ts";
import { environmentDiff } from "./environment_diff.ts";
import { matchCases, type MatchedCase } from "./_match.ts";
import { type SessionSpread, widenBySessions } from "./sessions.ts";
import type { Side } from "./types.ts";
import { obstacleOf, toolchainDifference } from "./_obstacles.ts";
import { compareWarnings } from "./_compare_warnings.ts";

/** How runs are compared. */
export interface CompareRunsOptions {
  /** The metric's full name; what B is ranked by by default. */
  readonly metric?: string;
  /** Makes a gate: the slow-down that is allowed, in percent. */
  readonly maxRegressPercent?: number;
  /** Tells how much a case varies from run to run, where the history knows. */
  readonly spread?: (caseId: string, metric: string) => SessionSpread | undefined;
}

/** Two cases with what is compared of them. */
interface Pair extends MatchedCase {
  readonly metric: string;
  readonly obstacle?: string;
  readonly spread?: SessionSpread;
}

function sideOf({ record, machine, variant }: Side): CompareSide {
  return {
    id: record.id,
    startedAt: record.startedAt,
    machine,
    ...(record.imported === undefined ? {} : { imported: record.imported.format }),
    ...(variant === undefined ? {} : { variant }),
  };
}

/** Iterations of both cases, or none when one of them does not say. */
function iterationsOf({ a, b }: MatchedCase): [number | undefined, number | undefined] {
  return a.iterations === undefined || b.iterations === undefined
    ? [undefined, undefined]
    : [a.iterations, b.iterations];
}

function valuesOf(samples: readonly Sample[], metric: string, iterations?: number): number[] {
  return samples.flatMap((sample) => metricOf(sample, metric, iterations) ?? []);
}

/** Compares the values of a case; a ratio of A's to B's. */
function compareValues(pair: Pair, paired: boolean, confidence: number): Comparison | undefined {
  if (pair.obstacle !== undefined) return undefined;
  const { a, b, metric } = pair;
  const [ofA, ofB] = iterationsOf(pair);
  const name = metric === PER_ITERATION && ofA === undefined ? "wallS" : metric;
  if (paired) {
    return comparePaired(valuesByBlock(a, name, ofA), valuesByBlock(b, name, ofB), { confidence });
  }
  const [before, after] = [valuesOf(a.samples, name, ofA), valuesOf(b.samples, name, ofB)];
  const comparison = compareUnpaired(before, after, { confidence });
  return comparison === undefined || pair.spread === undefined
    ? comparison
    : widenBySessions(comparison, pair.spread, confidence);
}

function caseOf(pair: Pair, comparison: ReturnType<typeof judge>[number]): ComparedCase {
  const { a, b, metric, obstacle, spread } = pair;
  const differs = toolchainDifference(a, b);
  const base = {
    caseId: b.caseId,
    ...(a.caseId === b.caseId ? {} : { toCaseId: a.caseId }),
    metric,
    samples: { a: a.samples.length, b: b.samples.length },
    ...(differs.length === 0 ? {} : { differs }),
  };
  if (obstacle !== undefined || comparison === undefined) {
    const reason = obstacle ?? `the metric ${metric} was not measured on both sides`;
    return { ...base, verdict: "incomparable", reason };
  }
  const { ratio, low, high, pAdjusted, verdict, sufficient, count } = comparison;
  const few = sufficient ? {} : { reason: `only ${count} values in common, 10 are needed` };
  const sessions = spread === undefined ? {} : {
    sessions: { runs: spread.runs, percent: 100 * Math.expm1(spread.deviation) },
  };
  return { ...base, ratio, low, high, pAdjusted, verdict, ...sessions, ...few };
}

function gateOf(document: CompareDocument, limitPercent: number): CompareDocument["gate"] {
  const cases = document.cases.flatMap((c) => {
    if (c.ratio === undefined || !(c.low! > 0)) return [];
    // The slow-down is B's value by A's.
    const [ratio, low, high] = [1 / c.ratio, 1 / c.high!, 1 / c.low!];
    const enough = c.reason === undefined;
    const verdict = enough ? gateVerdict({ low, high }, limitPercent) : "undecided" as const;
    return [{ caseId: c.caseId, ratio, low, high, verdict }];
  });
  const verdicts = cases.map(({ verdict }) => verdict);
  const verdict = verdicts.includes("regressed")
    ? "regressed"
    : verdicts.length === 0 || verdicts.includes("undecided") ||
        cases.length < document.cases.length
    ? "undecided"
    : "passed";
  return { baseline: document.a.id, limitPercent, verdict, cases };
}

/** The metric that a case is ranked by, in B, or else in A. */
function primaryMetric({ scenario }: MatchedCase, b: Side): string {
  return scenario.primaryMetric ?? b.record.primaryMetric;
}

/**
 * Compares two runs case by case, with A as the reference.
 *
 * Values are paired by blocks only where a block is the same moment on both sides: that is in one run,
 * for two of its variants. Blocks of different runs have a number in common and nothing else, so their
 * values are compared unpaired (Mann–Whitney). That test takes each sample for an independent
 * look at its program. Between two runs the machine may have changed, for all samples alike, which no
 * number of samples shows: its interval is then too narrow. Where earlier runs tell how much a case varies
 * from run to run, the interval is widened by that; elsewhere a warning says what it misses.
 *
 * Where the difference between the environments would outweigh that of the programs (another
 * processor or operating system, another kind of toolchain, other work), there is a reason in the
 * place of the number.
 *
 * @param a The reference.
 * @param b What is compared with it.
 * @param options Metric and gate.
 * @returns The document.
 */
export function compareRuns(a: Side, b: Side, options: CompareRunsOptions = {}): CompareDocument {
  const { matched, onlyA, onlyB } = matchCases(a, b);
  const isSameRun = a.record.id === b.record.id;
  const paired = isSameRun && a.record.imported === undefined;
  const environment = isSameRun ? [] : environmentDiff(a, b);
  const pairs = matched.map((pair): Pair => {
    const metric = options.metric ?? primaryMetric(pair, b);
    const obstacle = obstacleOf(pair, environment);
    const spread = paired ? undefined : options.spread?.(pair.b.caseId, metric);
    return {
      ...pair,
      metric,
      ...(obstacle === undefined ? {} : { obstacle }),
      ...(spread === undefined ? {} : { spread }),
    };
  });
  const { confidence } = b.record;
  const judged = judge(pairs.map((pair) => compareValues(pair, paired, confidence)));
  const document: CompareDocument = {
    schema: "versus.compare/1",
    a: sideOf(a),
    b: sideOf(b),
    pairing: paired ? "blocks" : "unpaired",
    environmentDiff: environment,
    warnings: compareWarnings(a, b, paired, pairs.map(({ spread }) => spread !== undefined)),
    cases: pairs.map((pair, i) => caseOf(pair, judged[i])),
    only: { a: onlyA.map(idOf), b: onlyB.map(idOf) },
  };
  const { maxRegressPercent } = options;
  if (maxRegressPercent === undefined) return document;
  return { ...document, gate: gateOf(document, maxRegressPercent)! };
}

function idOf({ caseId }: CaseResult): string {
  return caseId;
}
