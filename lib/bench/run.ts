/**
 * Runs a plan: build, verify, check growth, calibrate, warm up, measure, memory; one stream of events.
 *
 * Nothing here prints or writes: progress line, terminal UI, journal and document read the events.
 */
import type { RunEvent, RunOptions, RunStart } from "../record/events.ts";
import type { Environment, Sample } from "../record/schema.ts";
import { watchTreeMemory } from "../process/tree_memory.ts";
import { blocksNeeded } from "../stats/mod.ts";
import { buildAll } from "./_build_stage.ts";
import { calibrateAll } from "./_calibrate_stage.ts";
import { runHook, runTimed } from "./execute.ts";
import { growthAll } from "./_growth_stage.ts";
import { measure } from "./measure.ts";
import { PER_ITERATION } from "./metrics.ts";
import { pastOf } from "./_past.ts";
import { phase, type Prepared } from "./_stage.ts";
import type { BenchHost, BenchPlan, BenchScenario } from "./types.ts";
import { verifyAll } from "./_verify_stage.ts";
import { caseWarnings } from "./warnings.ts";

/** What a run is called and where it is made. */
export interface RunIdentity {
  /** The run's identifier. */
  readonly id: string;
  /** The program's version. */
  readonly version: string;
  /** The machine. */
  readonly environment: Environment;
  /** What was asked for, kept for `--resume`. */
  readonly request?: unknown;
}

/** What an earlier session of the same run left. */
export interface EarlierEvents {
  /** All its events. */
  readonly events: readonly RunEvent[];
}

function startEvent(plan: BenchPlan, identity: RunIdentity, at: string): RunStart {
  return {
    type: "run-start",
    schema: "versus.events/1",
    id: identity.id,
    at,
    seed: plan.seed,
    version: identity.version,
    options: plan.options,
    environment: identity.environment,
    scenarios: plan.scenarios.map((s) => s.planned),
    ...(identity.request === undefined ? {} : { request: identity.request }),
  };
}

/** How a signal is told in the document. */
function interruption(
  signal: AbortSignal | undefined,
): "SIGINT" | "SIGTERM" | "SIGHUP" | undefined {
  if (!signal?.aborted) return undefined;
  const { reason } = signal;
  return reason === "SIGTERM" || reason === "SIGHUP" ? reason : "SIGINT";
}

/**
 * Measures everything in a plan.
 *
 * @param plan What to measure, resolved.
 * @param host Launcher, clock and scratch folder.
 * @param identity Names the run.
 * @param signal Stops it; what was measured stands.
 * @param earlier What an earlier session of this run left, for `--resume`.
 * @yields The events of the run; the first is `run-start` (or `resume`), the last `run-end`.
 */
export async function* runBench(
  plan: BenchPlan,
  host: BenchHost,
  identity: RunIdentity,
  signal?: AbortSignal,
  earlier?: EarlierEvents,
): AsyncGenerator<RunEvent> {
  const at = host.date().toISOString();
  yield earlier === undefined
    ? startEvent(plan, identity, at)
    : { type: "resume", at, version: identity.version };
  for (const scenario of plan.scenarios) {
    if (signal?.aborted) break;
    const own = scenario.options === undefined ? plan : { ...plan, options: scenario.options };
    yield* runScenario(scenario, own, host, identity.environment, signal, earlier?.events ?? []);
  }
  const interrupted = interruption(signal);
  yield {
    type: "run-end",
    at: host.date().toISOString(),
    ...(interrupted === undefined ? {} : { interrupted }),
  };
}

async function* runScenario(
  scenario: BenchScenario,
  plan: BenchPlan,
  host: BenchHost,
  environment: Environment,
  signal: AbortSignal | undefined,
  earlier: readonly RunEvent[],
): AsyncGenerator<RunEvent> {
  const past = pastOf(scenario, earlier);
  const candidates = scenario.cases.filter((c) =>
    c.planned.missing === undefined && !past.failed.has(c.planned.caseId)
  );
  const tracing = scenario.planned.kind === "footprint";
  const done = tracing ? past.traced : past.ended;
  if (candidates.every((c) => done.has(c.planned.caseId)) && past.samples.size > 0) return;
  // What knows of files and packages is loaded only for scenarios that need it.
  const footprint = tracing ? await import("./footprint.ts") : undefined;
  const tracer = footprint && (yield* footprint.findTracer(scenario, candidates, signal));
  if (tracing && tracer === undefined) return;

  const prepared = yield* buildAll(scenario, candidates, plan, host, signal);
  const verified = yield* verifyAll(scenario, prepared, plan, host, signal, past.verified);
  if (past.samples.size === 0) yield* growthAll(scenario, verified, plan, host, signal);
  yield* calibrateAll(scenario, verified, plan, host, signal, past.calibrated);
  if (signal?.aborted) return;

  for (const _ of verified) await runHook(host, "setup", scenario.hooks, signal);
  yield* sizesDiffer(scenario, plan);
  const open = verified.filter((p) => !past.ended.has(p.bench.planned.caseId));
  yield* warmUp(scenario, open, plan, host, signal);
  if (signal?.aborted) return;
  yield phase(host, scenario, "measure");
  const samples = new Map<string, Sample[]>(
    [...past.samples].map(([caseId, list]) => [caseId, [...list]]),
  );
  const failed = new Set<string>();
  for await (
    const event of measure(host, {
      scenario: scenario.planned,
      ready: verified,
      options: enoughRuns(plan.options, verified.length),
      seed: plan.seed,
      ...(scenario.hooks === undefined ? {} : { hooks: scenario.hooks }),
      earlier: past.samples,
      ended: past.ended,
      startedMs: host.now(),
    }, signal)
  ) {
    if (event.type === "sample") {
      const list = samples.get(event.caseId);
      if (list === undefined) samples.set(event.caseId, [event.sample]);
      else list.push(event.sample);
    }
    if (event.type === "case-status") failed.add(event.caseId);
    yield event;
  }
  if (!signal?.aborted) {
    const alive = verified.filter(({ bench: { planned: { caseId } } }) =>
      !failed.has(caseId) && !past.measured.has(caseId)
    );
    yield* memoryPass(scenario, alive, host, signal);
    if (footprint !== undefined && tracer !== undefined) {
      const open = verified.filter(({ bench: { planned: { caseId } } }) =>
        !failed.has(caseId) && !past.traced.has(caseId)
      );
      yield* footprint.traceAll(
        { scenario, open, samples, tracer, options: plan.options },
        host,
        signal,
      );
    }
    for (const _ of verified) await runHook(host, "cleanup", scenario.hooks, signal);
  }
  // Advice on sizes and precision is not for times that only stand beside what was opened.
  if (tracing) return;
  for (const { bench: { planned } } of verified) {
    const of = { variant: planned.variant, samples: samples.get(planned.caseId) ?? [] };
    for (
      const warning of caseWarnings(of, planned.workers, environment, plan.options.confidence)
    ) {
      yield { type: "warning", scenario: scenario.planned.name, caseId: planned.caseId, warning };
    }
  }
}

/** Only the time of an iteration is of the same work, where each case has a size of its own. */
function* sizesDiffer(scenario: BenchScenario, plan: BenchPlan): Generator<RunEvent> {
  const { name, calibrated } = scenario.planned;
  const { primaryMetric } = plan.options;
  if (calibrated === undefined || primaryMetric === PER_ITERATION) return;
  yield {
    type: "warning",
    scenario: name,
    warning: {
      code: "sizes-differ",
      message:
        `Each variant has a ${calibrated.parameter} of its own, so that ${primaryMetric} is not ` +
        "of the same work",
      advice: "Leave --metric out to compare by the time of an iteration",
    },
  };
}

/** Raises the least number of samples to what a verdict on so many cases needs, unless it is fixed. */
function enoughRuns(options: RunOptions, cases: number): RunOptions {
  if (options.minRuns === options.maxRuns) return options;
  const needed = Math.max(options.minRuns, blocksNeeded(cases - 1));
  return { ...options, minRuns: needed, maxRuns: Math.max(needed, options.maxRuns) };
}

async function* warmUp(
  scenario: BenchScenario,
  verified: readonly Prepared[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  if (plan.options.warmup === 0) return;
  yield phase(host, scenario, "warmup");
  for (let i = 0; i < plan.options.warmup; i++) {
    for (const { ready } of verified) {
      if (signal?.aborted) return;
      await runHook(host, "prepare", scenario.hooks, signal);
      // A failure here shows itself again in the first block, where it is told.
      await runTimed(host, ready, false, true, signal);
    }
  }
}

/** One untimed execution of each case with the memory of its whole process tree sampled. */
async function* memoryPass(
  scenario: BenchScenario,
  verified: readonly Prepared[],
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  const several = verified.filter((p) => p.bench.planned.workers > 1);
  if (several.length === 0) return;
  yield phase(host, scenario, "memory");
  for (const { bench, ready } of several) {
    if (signal?.aborted) return;
    const watch = watchTreeMemory();
    if (watch === undefined) return;
    await runHook(host, "prepare", scenario.hooks, signal);
    await runTimed(host, ready, false, true, signal);
    const value = watch.stop();
    if (value !== undefined) {
      yield { type: "measured", caseId: bench.planned.caseId, metric: "treeRssKb", value };
    }
  }
}
