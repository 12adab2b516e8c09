/** What the stages of a run share: a case on its way, and the events that all of them send. */
import type { PlannedCase, RunEvent } from "../record/events.ts";
import type { Warning } from "../record/schema.ts";
import { largestFitting } from "../scenario/bounds.ts";
import { findParameter } from "../scenario/parameters.ts";
import type { Failure } from "./execute.ts";
import type { BenchCase, BenchHost, BenchScenario, BuiltVariant, ReadyCase } from "./types.ts";

/** A case that may be timed, or has been given up. */
export interface Prepared {
  bench: BenchCase;
  ready: ReadyCase;
  /** Where its sources and its build are; absent for commands. */
  readonly built?: BuiltVariant;
  /** What the verifying execution took, in seconds. */
  verifyS: number;
  /** Whether its output is small enough to be checked in every sample. */
  checkEach: boolean;
}

/** Says that a stage begins, for a scenario or one of its cases. */
export function phase(
  host: BenchHost,
  scenario: BenchScenario,
  name: Extract<RunEvent, { type: "phase" }>["phase"],
  planned?: PlannedCase,
): RunEvent {
  return {
    type: "phase",
    at: host.date().toISOString(),
    scenario: scenario.planned.name,
    ...(planned === undefined ? {} : { caseId: planned.caseId }),
    phase: name,
  };
}

/** Says why a case can't go on. */
export function status(planned: PlannedCase, failure: Failure): RunEvent {
  return { type: "case-status", caseId: planned.caseId, ...failure };
}

/** Says what must be known of a case. */
export function caseWarning(
  scenario: BenchScenario,
  planned: PlannedCase,
  warning: Warning,
): RunEvent {
  return { type: "warning", scenario: scenario.planned.name, caseId: planned.caseId, warning };
}

/**
 * The values that a case may give a parameter: from the parameter's range what its types and the free
 * memory allow.
 */
export function rangeOf(
  host: BenchHost,
  { case: { scenario, variant }, planned: { params } }: BenchCase,
  name: string,
): { min: number; max: number } {
  const { min = 1, max = Number.MAX_SAFE_INTEGER } = findParameter(scenario, name);
  const one = { scenario, variant, params };
  return { min, max: largestFitting(one, name, max, host.freeMemory?.()) ?? min };
}
