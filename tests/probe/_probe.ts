/** Probes in tests: one answer, or all events. */
import type { ProbeSample, ProbeSampleEvent } from "../../lib/probe/events.ts";
import { probe, type ProbePlan } from "../../lib/probe/run.ts";
import { parseTarget } from "../../lib/probe/target.ts";
import type { Expectation, Protocol } from "../../lib/probe/types.ts";

/** How one attempt ended. */
export interface Answer<Result> {
  readonly sample: ProbeSample;
  readonly result: Result | undefined;
  /** The error's code; nothing when it was answered. */
  readonly code: string | undefined;
}

/** Takes all samples of a plan. */
export async function samplesOf<Options, Result>(
  plan: ProbePlan<Options, Result>,
  signal?: AbortSignal,
): Promise<ProbeSampleEvent<Result>[]> {
  const events = await Array.fromAsync(probe(plan, signal));
  return events.filter((event) => event.type === "sample");
}

/** Probes one target once. */
export async function ask<Options, Result>(
  protocol: Protocol<Options, Result>,
  target: string,
  options: Options,
  { timeoutMs = 5000, expectations = [] as Expectation<Result>[], variables = {} } = {},
): Promise<Answer<Result>> {
  const parsed = parseTarget(target);
  const [event] = await samplesOf({
    protocol,
    options,
    targets: [{ ...parsed, variables: { ...parsed.variables, ...variables } }],
    settings: { timeoutMs },
    expectations,
  });
  const { sample, result } = event!;
  return { sample, result, code: sample.error?.code };
}
