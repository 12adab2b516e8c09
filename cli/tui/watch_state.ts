/** What a run's events have said so far: the Lab draws it. */
import type { Phase, PlannedCase, RunEvent } from "../../lib/record/event_types.ts";
import type { MetricSummary, Warning } from "../../lib/record/types.ts";

/** A case that is being measured. */
export interface WatchedCase {
  /** As planned. */
  readonly planned: PlannedCase;
  /** The scenario that it belongs to. */
  readonly scenario: string;
  /** The primary metric of each sample, oldest first. */
  readonly values: readonly number[];
  /** The same in five numbers. */
  readonly summary?: MetricSummary;
  /** How it stands. */
  readonly status: string;
  /** Why it is not well. */
  readonly reason?: string;
}

/** A run that is watched. */
export interface WatchState {
  /** What was asked for, after `versus`. */
  readonly args: readonly string[];
  /** The run, once it has one. */
  readonly runId?: string;
  /** What cases are ranked by. */
  readonly metric: string;
  /** The confidence of intervals. */
  readonly confidence: number;
  /** The cases, in the order of the plan. */
  readonly cases: readonly WatchedCase[];
  /** What it does at the moment. */
  readonly phase?: Phase;
  /** Seconds since the timing began, and until it probably ends. */
  readonly elapsedS?: number;
  /** See `elapsedS`. */
  readonly leftS?: number;
  /** What is to be known of it. */
  readonly warnings: readonly Warning[];
  /** How it stands. */
  readonly state: "starting" | "running" | "cancelling" | "ended" | "interrupted" | "failed";
  /** What it said on its way out, when it failed. */
  readonly message?: string;
}

/** A run that was just asked for. */
export function startWatch(args: readonly string[]): WatchState {
  return { args, metric: "wallS", confidence: 0.95, cases: [], warnings: [], state: "starting" };
}

/** Phases in which programs are timed: the screen must be quiet. */
const TIMED: ReadonlySet<Phase> = new Set(["growth", "calibrate", "warmup", "measure", "memory"]);

/** Whether samples are being timed, or may be at any moment. */
export function isTiming(watch: WatchState | undefined): boolean {
  if (watch === undefined) return false;
  if (watch.state === "starting") return true;
  return isRunning(watch) && (watch.phase === undefined || TIMED.has(watch.phase));
}

/** Whether the run is still under way. */
export function isRunning(watch: WatchState | undefined): boolean {
  return watch?.state === "starting" || watch?.state === "running" ||
    watch?.state === "cancelling";
}

function change(
  watch: WatchState,
  caseId: string,
  update: (watched: WatchedCase) => Partial<WatchedCase>,
): WatchState {
  const cases = watch.cases.map((watched) =>
    watched.planned.caseId === caseId ? { ...watched, ...update(watched) } : watched
  );
  return { ...watch, cases };
}

/** The value of a sample that its case is ranked by. */
function valueOfSample(
  sample: Extract<RunEvent, { type: "sample" }>["sample"],
  metric: string,
): number | undefined {
  const own = (sample as unknown as Record<string, unknown>)[metric];
  if (typeof own === "number") return own;
  return sample.metrics?.[metric] ?? sample.counters?.[metric] ?? sample.wallS;
}

/**
 * Takes the next event of a run.
 *
 * @param watch What was known before.
 * @param event The event.
 * @returns What is known now.
 */
export function watchEvent(watch: WatchState, event: RunEvent): WatchState {
  switch (event.type) {
    case "run-start":
      return {
        ...watch,
        runId: event.id,
        metric: event.scenarios[0]?.primaryMetric ?? event.options.primaryMetric,
        confidence: event.options.confidence,
        state: watch.state === "cancelling" ? "cancelling" : "running",
        cases: event.scenarios.flatMap((scenario) =>
          scenario.cases.map((planned): WatchedCase => ({
            planned,
            scenario: scenario.name,
            values: [],
            status: planned.missing === undefined ? "waiting" : "unavailable",
            ...(planned.missing === undefined ? {} : { reason: planned.missing.reason }),
          }))
        ),
      };
    case "phase": {
      const next = { ...watch, phase: event.phase };
      return event.caseId === undefined
        ? next
        : change(next, event.caseId, () => ({ status: event.phase }));
    }
    case "verified":
      return change(watch, event.caseId, () => ({ status: "verified" }));
    case "case-status":
      return change(watch, event.caseId, () => ({
        status: event.status,
        ...(event.reason === undefined ? {} : { reason: event.reason }),
      }));
    case "sample": {
      const value = valueOfSample(event.sample, watch.metric);
      return value === undefined ? watch : change(watch, event.caseId, ({ values }) => ({
        values: [...values, value],
        status: "measure",
      }));
    }
    case "progress": {
      const { leftS: _, ...rest } = watch;
      return {
        ...rest,
        phase: event.phase,
        elapsedS: event.elapsedS,
        ...(event.leftS === undefined ? {} : { leftS: event.leftS }),
      };
    }
    case "warning":
      return { ...watch, warnings: [...watch.warnings, event.warning] };
    case "case-end":
      return change(watch, event.caseId, ({ status }) => ({
        status: status === "measure" ? event.stop : status,
      }));
    case "run-end": {
      const { leftS: _, ...rest } = watch;
      return { ...rest, state: event.interrupted === undefined ? "ended" : "interrupted" };
    }
    default:
      return watch;
  }
}
