/** Makes the run document from the events of a run, live or read from a journal. */
import type { PlannedCase, PlannedScenario, RunEvent, RunStart } from "../record/events.ts";
import type { CaseResult, Gate, RunRecord, ScenarioResult, Warning } from "../record/schema.ts";
import { VersusError } from "../error.ts";
import { relatives } from "./compare.ts";
import { loopCount, summariseSamples } from "./metrics.ts";
import { scalingOf } from "./scaling.ts";

/** What the events said of one case so far. */
interface CaseState {
  planned: PlannedCase;
  result: CaseResult;
  measured: Map<string, number[]>;
}

function emptyCase(planned: PlannedCase): CaseResult {
  const { caseId, variant, language, toolchain, params, workers, linesOfCode } = planned;
  const { expected, published, missing } = planned;
  return {
    caseId,
    variant,
    language,
    ...(toolchain === undefined ? {} : { toolchain }),
    params,
    workers,
    ...(linesOfCode === undefined ? {} : { linesOfCode }),
    status: missing === undefined ? "ok" : "unavailable",
    ...(missing === undefined ? {} : { reason: missing.reason }),
    ...(expected === undefined ? {} : { expected }),
    samples: [],
    summary: {},
    ...(published === undefined ? {} : { published }),
    warnings: [],
  };
}

function single(
  values: readonly number[],
): { median: number; low: number; high: number; min: number; max: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const min = sorted[0]!;
  const max = sorted.at(-1)!;
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return { median, low: min, high: max, min, max };
}

/** Reads the events of one run, in order, and gives the document at any moment. */
export interface Recorder {
  /** Takes the next event. */
  add(event: RunEvent): void;
  /** Whether any sample was seen. */
  hasSamples(): boolean;
  /**
   * Makes the document from what has been seen.
   *
   * @throws {VersusError} If no `run-start` was seen.
   */
  record(): RunRecord;
}

/** Starts to read a run's events. */
export function createRecorder(): Recorder {
  let start: RunStart | undefined;
  let finishedAt: string | undefined;
  let interrupted: RunRecord["interrupted"];
  let gate: Gate | undefined;
  const cases = new Map<string, CaseState>();
  const warnings = new Map<string, Warning[]>();

  function warn(scenario: string, caseId: string | undefined, warning: Warning): void {
    const list = caseId === undefined
      ? warnings.get(scenario) ?? []
      : cases.get(caseId)?.result.warnings;
    if (list === undefined) return;
    const known = list.findIndex((w) => w.code === warning.code && w.message === warning.message);
    if (known < 0) list.push(warning);
    if (caseId === undefined) warnings.set(scenario, list);
  }

  function add(event: RunEvent): void {
    switch (event.type) {
      case "run-start":
        start = event;
        for (const scenario of event.scenarios) {
          for (const planned of scenario.cases) {
            cases.set(planned.caseId, { planned, result: emptyCase(planned), measured: new Map() });
          }
        }
        return;
      case "resume":
        finishedAt = undefined;
        interrupted = undefined;
        return;
      case "run-end":
        finishedAt = event.at;
        interrupted = event.interrupted;
        return;
      case "gate":
        gate = event.gate;
        return;
      case "warning":
        warn(event.scenario, event.caseId, event.warning);
        return;
      case "build":
        update(event.caseId, (state) => state.result.build = event.build);
        return;
      case "case-status":
        update(event.caseId, ({ result }) => {
          result.status = event.status;
          if (event.reason !== undefined) result.reason = event.reason;
          if (event.expected !== undefined) result.expected = event.expected;
          if (event.actual !== undefined) result.actual = event.actual;
        });
        return;
      case "observed":
        update(event.caseId, ({ result }) => {
          result.observed = event.observed;
          result.output = event.output;
        });
        return;
      case "calibrated":
        update(event.caseId, ({ result }) => {
          result.params = event.params;
          if (event.expected === undefined) delete result.expected;
          else result.expected = event.expected;
        });
        return;
      case "footprint":
        update(event.caseId, (state) => state.result.footprint = event.footprint);
        return;
      case "sample":
        update(event.caseId, (state) => state.result.samples.push(event.sample));
        return;
      case "measured":
        update(event.caseId, ({ measured }) => {
          measured.set(event.metric, [...measured.get(event.metric) ?? [], event.value]);
        });
        return;
    }
  }

  function update(caseId: string, change: (state: CaseState) => void): void {
    const state = cases.get(caseId);
    if (state !== undefined) change(state);
  }

  function finish(scenario: PlannedScenario, { options, environment }: RunStart): ScenarioResult {
    const { confidence } = options;
    const metric = scenario.primaryMetric ?? options.primaryMetric;
    const { tags, primaryMetric, metrics, observe, calibrated } = scenario;
    const results = scenario.cases.map((planned) => {
      const { result, measured } = cases.get(planned.caseId)!;
      const iterations = loopCount(scenario, result.params);
      const summary = summariseSamples(result.samples, confidence, iterations);
      for (const [name, values] of measured) summary[name] = single(values);
      return { ...result, ...(iterations === undefined ? {} : { iterations }), summary };
    });
    const compared = relatives(scenario, results, metric, confidence);
    const cores = environment.affinity.length;
    const scaling = scalingOf(scenario, results, { primaryMetric: metric, confidence }, cores);
    return {
      name: scenario.name,
      kind: scenario.kind,
      title: scenario.title,
      ...(tags === undefined ? {} : { tags }),
      ...(primaryMetric === undefined ? {} : { primaryMetric }),
      ...(metrics === undefined ? {} : { metrics }),
      ...(observe === undefined ? {} : { observe }),
      ...(calibrated === undefined ? {} : { calibrated }),
      warnings: warnings.get(scenario.name) ?? [],
      cases: results.map((result) => {
        const relative = compared.get(result.caseId);
        return relative === undefined ? result : { ...result, relative };
      }),
      ...(scaling.length === 0 ? {} : { scaling }),
    };
  }

  function record(): RunRecord {
    if (start === undefined) {
      throw new VersusError("These events hold no run: run-start is missing");
    }
    const { id, at, seed, version, options, environment, scenarios } = start;
    return {
      schema: "versus.run/1",
      id,
      startedAt: at,
      ...(finishedAt === undefined ? {} : { finishedAt }),
      ...(interrupted === undefined ? {} : { interrupted }),
      seed,
      version,
      primaryMetric: options.primaryMetric,
      confidence: options.confidence,
      environment,
      scenarios: scenarios.map((s) => finish(s, start!)),
      ...(gate === undefined ? {} : { gate }),
    };
  }

  function hasSamples(): boolean {
    return [...cases.values()].some(({ result }) => result.samples.length > 0);
  }

  return { add, hasSamples, record };
}

/**
 * Makes the run document from all events of a run.
 *
 * @param events The events, in order, from a runner or a journal.
 * @returns The document with summaries and comparisons computed from the samples.
 * @throws {VersusError} If the events do not begin with `run-start`.
 */
export function recordOf(events: Iterable<RunEvent>): RunRecord {
  const recorder = createRecorder();
  for (const event of events) recorder.add(event);
  return recorder.record();
}
