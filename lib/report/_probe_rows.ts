/** What the views of a probe document have in common. */
import type { ProbeDocument, ProbeTargetResult } from "../probe/schema.ts";
import { phaseMedians, type ProbeSummary } from "../probe/summary.ts";

/** One line of a view: a target's cold or warm samples. */
export interface ProbeRow {
  readonly target: ProbeTargetResult;
  readonly connection: "cold" | "warm";
  readonly summary: ProbeSummary;
  /** The middle times of phases by name without unit: `connect`. */
  readonly phases: readonly (readonly [string, number])[];
}

/** Names of the times of a summary, in the order of every view. */
export const TIMES = ["minMs", "p50Ms", "p95Ms", "p99Ms", "maxMs", "jitterMs"] as const;

/** The rows of a document: one a target, and another one where it has warm samples. */
export function probeRows({ targets }: ProbeDocument): ProbeRow[] {
  return targets.flatMap((target) => {
    const row = (connection: "cold" | "warm", summary: ProbeSummary): ProbeRow => {
      const samples = target.samples.filter((sample) => sample.connection === connection);
      const phases = Object.entries(phaseMedians(samples))
        .map(([name, ms]) => [name.replace(/Ms$/, ""), ms] as const);
      return { target, connection, summary, phases };
    };
    const { summary, warm } = target;
    return [row("cold", summary), ...(warm === undefined ? [] : [row("warm", warm)])];
  });
}

/** Each error of a target once, with how often it came, the most frequent first. */
export function errorsOf(
  { samples }: ProbeTargetResult,
): { code: string; message: string; count: number }[] {
  const found = new Map<string, { code: string; message: string; count: number }>();
  for (const { error } of samples) {
    if (error === undefined) continue;
    const known = found.get(error.code);
    if (known === undefined) found.set(error.code, { ...error, count: 1 });
    else known.count++;
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
