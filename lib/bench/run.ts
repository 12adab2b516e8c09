/**
 * Runs a plan: build, verify, check growth, warm up, measure, memory; one stream of events.
 *
 * Nothing here prints or writes: progress line, terminal UI, journal and document read the events.
 */
import type { PlannedCase, RunEvent, RunOptions, RunStart } from "../record/events.ts";
import type { Environment, Sample } from "../record/schema.ts";
import { watchTreeMemory } from "../process/tree_memory.ts";
import { blocksNeeded } from "../stats/mod.ts";
import { buildVariant } from "./build.ts";
import { commandOf } from "./command.ts";
import { type Failure, runChecked, runHook, runTimed } from "./execute.ts";
import { checkGrowth } from "./growth.ts";
import { measure } from "./measure.ts";
import type {
  BenchCase,
  BenchHost,
  BenchPlan,
  BenchScenario,
  BuiltVariant,
  ReadyCase,
} from "./types.ts";
import { caseWarnings } from "./warnings.ts";

/** Outputs up to this size are checked in every sample, in bytes. */
const CHECK_EACH_BYTES = 64 * 1024;

/** A program that takes longer has its growth checked at a size that takes about so long, in seconds. */
const GROWTH_S = 0.3;

/**
 * A step that depends on the one before takes at least a clock cycle, 0.2 ns at 5 GHz. Loops that a
 * compiler has solved in part read 0.03 to 0.07 ns; their time still grows with n.
 */
const TOO_FAST_NS = 0.1;

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

/** A case that may be timed, or has been given up. */
interface Prepared {
  readonly bench: BenchCase;
  readonly ready: ReadyCase;
  verifyS: number;
  checkEach: boolean;
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
  if (candidates.every((c) => past.ended.has(c.planned.caseId)) && past.samples.size > 0) return;

  const prepared = yield* buildAll(scenario, candidates, plan, host, signal);
  const verified = yield* verifyAll(scenario, prepared, plan, host, signal);
  if (past.samples.size === 0) yield* growthAll(scenario, verified, plan, host, signal);
  if (signal?.aborted) return;

  for (const _ of verified) await runHook(host, "setup", scenario.hooks, signal);
  yield* warmUp(scenario, verified, plan, host, signal);
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
    const alive = verified.filter((p) => !failed.has(p.bench.planned.caseId));
    yield* memoryPass(scenario, alive, host, signal);
    for (const _ of verified) await runHook(host, "cleanup", scenario.hooks, signal);
  }
  for (const { bench: { planned } } of verified) {
    const of = { variant: planned.variant, samples: samples.get(planned.caseId) ?? [] };
    for (
      const warning of caseWarnings(of, planned.workers, environment, plan.options.confidence)
    ) {
      yield { type: "warning", scenario: scenario.planned.name, caseId: planned.caseId, warning };
    }
  }
}

/** Raises the least number of samples to what a verdict on so many cases needs, unless it is fixed. */
function enoughRuns(options: RunOptions, cases: number): RunOptions {
  if (options.minRuns === options.maxRuns) return options;
  const needed = Math.max(options.minRuns, blocksNeeded(cases - 1));
  return { ...options, minRuns: needed, maxRuns: Math.max(needed, options.maxRuns) };
}

/** What the journal says of this scenario. */
function pastOf(scenario: BenchScenario, earlier: readonly RunEvent[]): {
  samples: Map<string, Sample[]>;
  ended: Set<string>;
  failed: Set<string>;
} {
  const own = new Set(scenario.cases.map((c) => c.planned.caseId));
  const past = {
    samples: new Map<string, Sample[]>(),
    ended: new Set<string>(),
    failed: new Set<string>(),
  };
  for (const event of earlier) {
    if (!("caseId" in event) || event.caseId === undefined || !own.has(event.caseId)) continue;
    if (event.type === "sample") {
      past.samples.set(event.caseId, [...past.samples.get(event.caseId) ?? [], event.sample]);
    } else if (event.type === "case-end" && event.stop !== "interrupted") {
      past.ended.add(event.caseId);
    } else if (event.type === "case-status" && event.status !== "optimised-away") {
      past.failed.add(event.caseId);
    }
  }
  return past;
}

function phase(
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

function status(planned: PlannedCase, failure: Failure): RunEvent {
  return { type: "case-status", caseId: planned.caseId, ...failure };
}

async function* buildAll(
  scenario: BenchScenario,
  candidates: readonly BenchCase[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, Prepared[]> {
  const prepared: Prepared[] = [];
  const outcomes = new Map<string, Awaited<ReturnType<typeof buildVariant>>>();
  for (const bench of candidates) {
    if (signal?.aborted) break;
    const { variant } = bench.case;
    if (bench.toolchain === undefined) {
      prepared.push(prepare(bench, undefined, plan, host));
      continue;
    }
    let outcome = outcomes.get(variant.name);
    if (outcome === undefined) {
      yield phase(host, scenario, "build", bench.planned);
      outcome = await buildVariant(bench.case, bench.toolchain, host.launcher, signal);
      outcomes.set(variant.name, outcome);
    }
    if (signal?.aborted) break;
    if (outcome.ok) {
      yield { type: "build", caseId: bench.planned.caseId, build: outcome.built.build };
      prepared.push(prepare(bench, outcome.built, plan, host));
    } else {
      yield {
        type: "case-status",
        caseId: bench.planned.caseId,
        status: "unavailable",
        reason: outcome.reason,
      };
    }
  }
  return prepared;
}

function prepare(
  bench: BenchCase,
  built: BuiltVariant | undefined,
  plan: BenchPlan,
  host: BenchHost,
): Prepared {
  const command = commandOf(bench, built);
  const specFor: ReadyCase["specFor"] = (params) => ({
    argv: command.argv(params),
    env: command.env,
    ...(built === undefined ? {} : { cwd: host.scratch }),
    timeoutMs: plan.options.timeoutS * 1000,
    ...(plan.options.cpus === undefined ? {} : { cpus: plan.options.cpus }),
  });
  const ready = { bench, spec: specFor(bench.planned.params), specFor };
  return { bench, ready, verifyS: 0, checkEach: false };
}

async function* verifyAll(
  scenario: BenchScenario,
  prepared: readonly Prepared[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, Prepared[]> {
  const verified: Prepared[] = [];
  for (const one of prepared) {
    if (signal?.aborted) break;
    const { planned } = one.bench;
    yield phase(host, scenario, "verify", planned);
    await runHook(host, "prepare", scenario.hooks, signal);
    const ignore = plan.options.ignoreFailure ?? false;
    const outcome = await runChecked(host, one.ready, planned.params, ignore, signal);
    if (signal?.aborted) break;
    if (!outcome.ok) {
      yield status(planned, outcome.failure);
      continue;
    }
    one.verifyS = outcome.execution.wallS;
    one.checkEach = planned.expected !== undefined && outcome.outputBytes <= CHECK_EACH_BYTES;
    verified.push(one);
    if (planned.expected === undefined && one.bench.toolchain !== undefined) {
      yield {
        type: "warning",
        scenario: scenario.planned.name,
        caseId: planned.caseId,
        warning: {
          code: "unchecked",
          message:
            `The scenario says no expected result for ${planned.variant} at these parameters`,
          advice: "Add a rule or a result under expect, so that wrong programs are not ranked",
        },
      };
    }
  }
  return verified;
}

async function* growthAll(
  scenario: BenchScenario,
  verified: Prepared[],
  plan: BenchPlan,
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  const { loop } = scenario.planned;
  const parameter = scenario.cases[0]?.case.scenario.parameters.find((p) => p.name === loop);
  if (loop === undefined || parameter === undefined) return;
  const range = { min: parameter.min ?? 1, max: parameter.max ?? Number.MAX_SAFE_INTEGER };
  for (const one of [...verified]) {
    if (signal?.aborted) return;
    const { planned } = one.bench;
    yield phase(host, scenario, "growth", planned);
    const own = Number(planned.params[loop]);
    const shrunk = Math.max(range.min, Math.round(own * GROWTH_S / one.verifyS));
    const params = one.verifyS > GROWTH_S ? { ...planned.params, [loop]: shrunk } : planned.params;
    const growth = await checkGrowth(params, loop, range, async (at) => {
      const outcome = await runChecked(host, one.ready, at, plan.options.ignoreFailure, signal);
      return outcome.ok ? outcome.execution.wallS : outcome.failure;
    });
    if (signal?.aborted) return;
    if (growth.verdict === "failed") {
      yield status(planned, growth.failure);
      verified.splice(verified.indexOf(one), 1);
    } else if (growth.verdict === "optimised-away") {
      yield {
        type: "case-status",
        caseId: planned.caseId,
        status: "optimised-away",
        reason: growth.reason,
      };
    } else if (growth.verdict === "grows" && growth.slopeNs * planned.workers < TOO_FAST_NS) {
      yield {
        type: "warning",
        scenario: scenario.planned.name,
        caseId: planned.caseId,
        warning: {
          code: "too-fast",
          message: `An iteration of ${planned.variant} takes ${
            growth.slopeNs.toFixed(3)
          } ns, less than one dependent instruction: its compiler may have solved the loop`,
          advice: "Look at the machine code before you quote this figure",
        },
      };
    } else if (growth.verdict === "unknown") {
      yield {
        type: "warning",
        scenario: scenario.planned.name,
        caseId: planned.caseId,
        warning: {
          code: "growth-unknown",
          message: `Whether ${planned.variant} runs its loop cannot be told: ${growth.reason}`,
          advice: `Raise the largest value of ${loop} in the scenario`,
        },
      };
    }
  }
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
