/** How much a case varies from one run to another, which no number of samples of one run shows. */
import { errorFunction, median, probit } from "simple-statistics";
import type { Comparison } from "../stats/mod.ts";
import type { History } from "./types.ts";

/** What earlier runs say of a case. */
export interface SessionSpread {
  /** Runs that it rests on. */
  readonly runs: number;
  /** Standard deviation of the logarithm of the median from run to run. */
  readonly deviation: number;
}

/** Fewer runs than this say too little of how they vary. */
const MIN_RUNS = 10;

/** The latest so many runs are looked at. */
const MAX_RUNS = 100;

/** From the median of absolute values to the standard deviation, for a normal distribution. */
const NORMAL = 1.4826;

/** Which runs of a case are alike but for their time. */
export interface SpreadQuery {
  /** The case. */
  readonly caseId: string;
  /** The metric's full name. */
  readonly metric: string;
  /** The machine's identifier. */
  readonly machine: string;
  /** Runs that are compared, and so are no evidence. */
  readonly without: readonly string[];
}

/**
 * Estimates from a machine's earlier runs how much the median of a case varies from run to run. It is taken
 * from differences between neighbours, of which the median is not moved by some real changes (the
 * idea of von Neumann et al., "The mean square successive difference", Annals of Mathematical
 * Statistics 12, 1941, made robust).
 *
 * @param history The history.
 * @param query Which case, where.
 * @returns The spread; `undefined` with fewer than ten runs.
 */
export function sessionSpread({ db }: History, query: SpreadQuery): SessionSpread | undefined {
  const { caseId, metric, machine, without } = query;
  const rows = db.prepare(
    `SELECT runs.id, summaries.median FROM cases JOIN runs ON runs.no = cases.run
      JOIN summaries ON summaries.case_no = cases.no AND summaries.metric = ?
    WHERE cases.case_id = ? AND cases.status = 'ok' AND runs.machine = ? AND runs.imported = 0
    ORDER BY runs.started_at DESC LIMIT ?`,
  ).all(metric, caseId, machine, MAX_RUNS);
  const values = rows.filter(({ id }) => !without.includes(String(id)))
    .map((row) => Number(row["median"])).filter((value) => value > 0).map(Math.log);
  if (values.length < MIN_RUNS) return undefined;
  const steps = values.slice(1).map((value, i) => Math.abs(value - values[i]!));
  return { runs: values.length, deviation: NORMAL * median(steps) / Math.SQRT2 };
}

/**
 * Widens an unpaired comparison by how much its two runs may differ without the programs doing so:
 * the variance of two runs is added to that of the samples, on the logarithmic scale.
 *
 * @param comparison From the samples alone.
 * @param spread How much the case varies from run to run.
 * @param confidence Of the interval.
 * @returns The same ratio with a wider interval and a larger p.
 */
export function widenBySessions(
  comparison: Comparison,
  { deviation }: SessionSpread,
  confidence: number,
): Comparison {
  const { ratio, low, high } = comparison;
  if (!(low > 0 && ratio > 0 && deviation > 0)) return comparison;
  const z = probit((1 + confidence) / 2);
  const between = Math.SQRT2 * deviation;
  const half = (side: number) => Math.hypot(Math.log(side / ratio), z * between);
  const error = (half(low) + half(high)) / 2 / z;
  const p = 1 - errorFunction(Math.abs(Math.log(ratio)) / error / Math.SQRT2);
  return {
    ...comparison,
    low: ratio * Math.exp(-half(low)),
    high: ratio * Math.exp(half(high)),
    p: Math.min(1, Math.max(comparison.p, p)),
  };
}
