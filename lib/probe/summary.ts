/** What many samples of one target come to. */
import type { ProbeSummary } from "./document_types.ts";
import { PHASES, type Phases } from "./phases.ts";

export type { ProbeSummary } from "./document_types.ts";

/** As much of a sample as is summarised. */
export interface Measured {
  /** Whether the answer came. */
  readonly ok: boolean;
  /** From the start of the attempt to the answer, in milliseconds. */
  readonly totalMs: number;
}

/** From how many answers on the 99th percentile is told. */
export const P99_LEAST = 100;

/**
 * Finds a percentile by nearest rank: the smallest value that at least so many percent of all
 * values don't exceed. It is always a value that was measured.
 *
 * @param ascending The values, the smallest first; at least one.
 * @param percent Above 0, at most 100.
 * @returns The value.
 */
export function percentile(ascending: readonly number[], percent: number): number {
  const rank = Math.ceil(percent / 100 * ascending.length);
  return ascending[Math.min(ascending.length, Math.max(1, rank)) - 1]!;
}

/**
 * Estimates the jitter as RFC 3550 does in section 6.4.1: J ← J + (|D| − J) / 16 for each answer, in
 * the order in which they were asked for, where D is the difference between its time and that of the
 * answer before it. The RFC takes one-way transit times; here they are the whole times of attempts.
 *
 * @param times Times of the answers in their order, in milliseconds.
 * @returns The jitter in milliseconds; nothing for fewer than two answers.
 */
export function jitter(times: readonly number[]): number | undefined {
  if (times.length < 2) return undefined;
  let estimate = 0;
  for (let i = 1; i < times.length; i++) {
    estimate += (Math.abs(times[i]! - times[i - 1]!) - estimate) / 16;
  }
  return estimate;
}

/**
 * Rounds down to microseconds, so that the sum of rounded phases stays at most their rounded total.
 *
 * @param ms Milliseconds.
 * @returns Milliseconds with three decimal places.
 */
export function toMicros(ms: number): number {
  return Math.floor(ms * 1000) / 1000;
}

/**
 * Summarises samples of one target.
 *
 * @param samples In the order in which they were taken.
 * @returns The summary; times are absent where nothing was answered.
 */
export function summariseSamples(samples: readonly Measured[]): ProbeSummary {
  const times = samples.filter(({ ok }) => ok).map(({ totalMs }) => totalMs);
  const sent = samples.length;
  const lost = sent - times.length;
  const counts = {
    sent,
    lost,
    lossPercent: sent === 0 ? 0 : Number((100 * lost / sent).toFixed(3)),
  };
  if (times.length === 0) return counts;
  const sorted = times.toSorted((a, b) => a - b);
  const spread = jitter(times);
  return {
    ...counts,
    minMs: sorted[0]!,
    p50Ms: percentile(sorted, 50),
    p95Ms: percentile(sorted, 95),
    ...(times.length < P99_LEAST ? {} : { p99Ms: percentile(sorted, 99) }),
    maxMs: sorted.at(-1)!,
    ...(spread === undefined ? {} : { jitterMs: toMicros(spread) }),
  };
}

/**
 * Finds the middle time of each phase.
 *
 * @param samples Of one target; those without an answer don't count.
 * @returns The 50th percentile of each phase that took place, in milliseconds, in their order.
 */
export function phaseMedians(
  samples: readonly { readonly ok: boolean; readonly phases: Phases }[],
): Phases {
  const answered = samples.filter(({ ok }) => ok);
  return Object.fromEntries(PHASES.flatMap((name) => {
    const times = answered.flatMap(({ phases }) => phases[name] ?? []).sort((a, b) => a - b);
    return times.length === 0 ? [] : [[name, percentile(times, 50)]];
  }));
}
