/** Limits that a script can set, checked against what was measured. */
import type { ProbeDocument, ProbeGate, ProbeTargetResult } from "./schema.ts";
import type { ProbeSummary } from "./summary.ts";
import type { Expectation } from "./types.ts";

/** Limits of the figures. */
export interface ProbeLimits {
  /** The most that the 95th percentile may be, in milliseconds. */
  readonly maxP95Ms?: number;
  /** The most that may be lost, in percent. */
  readonly maxLossPercent?: number;
}

/**
 * Checks limits.
 *
 * With warm samples the time is judged by those: that is what a kept connection is for. Loss is
 * judged over all attempts.
 *
 * @param document What was measured.
 * @param limits Limits of the figures.
 * @param answers Limits of the answers.
 * @returns A finding for each target and limit.
 */
export function checkGates<Result>(
  document: ProbeDocument,
  limits: ProbeLimits,
  answers: readonly Expectation<Result>[] = [],
): ProbeGate[] {
  return document.targets.flatMap((target) => [
    ...(limits.maxP95Ms === undefined ? [] : [p95Gate(target, limits.maxP95Ms)]),
    ...(limits.maxLossPercent === undefined ? [] : [lossGate(target, limits.maxLossPercent)]),
    ...answers.map((answer) => answerGate(target, answer)),
  ]);
}

function p95Gate({ target, summary, warm }: ProbeTargetResult, limit: number): ProbeGate {
  const { p95Ms }: ProbeSummary = warm ?? summary;
  const option = "--max-p95";
  if (p95Ms === undefined) return { target, option, passed: false, message: "no answer" };
  const passed = p95Ms <= limit;
  const message = `the 95th percentile is ${p95Ms.toFixed(3)} ms, the limit ${limit} ms`;
  return { target, option, passed, message };
}

function lossGate({ target, samples }: ProbeTargetResult, limit: number): ProbeGate {
  const lost = samples.filter(({ ok }) => !ok).length;
  const percent = 100 * lost / samples.length;
  const message = `${lost} of ${samples.length} were lost (${percent.toFixed(1)} %), ` +
    `the limit is ${limit} %`;
  return { target, option: "--max-loss", passed: percent <= limit, message };
}

function answerGate<Result>(
  { target, result }: ProbeTargetResult,
  { option, check }: Expectation<Result>,
): ProbeGate {
  if (result === undefined) return { target, option, passed: false, message: "no answer" };
  const found = check(result as Result);
  return { target, option, passed: found === undefined, message: found ?? "holds" };
}
