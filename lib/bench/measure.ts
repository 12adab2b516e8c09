/**
 * Times the cases of a scenario in interleaved, seeded blocks.
 *
 * A block holds one sample of each live case; the order within a block is shuffled and the next
 * block has it reversed (ABBA), so that drift of the machine falls on all cases alike. A case leaves
 * at its own stop. Nothing is measured again because it looked noisy.
 */
import type { RunEvent, RunOptions } from "../record/events.ts";
import type { PlannedScenario } from "../record/events.ts";
import type { Sample } from "../record/schema.ts";
import { blockOrder, halfWidth, shouldStop, summarise } from "../stats/mod.ts";
import { runHook, runTimed } from "./execute.ts";
import { loopCount, metricOf, summariseSamples } from "./metrics.ts";
import type { BenchHost, Hooks, ReadyCase } from "./types.ts";
import type { Execution } from "../process/types.ts";

/** Fewer samples than this have no interval at 95 %. */
const MIN_FOR_WIDTH = 6;

type StopReason = Extract<RunEvent, { type: "case-end" }>["stop"];

/** A case that is being timed. */
interface Live {
  readonly ready: ReadyCase;
  readonly samples: Sample[];
  /** Values of the primary metric, where it was measured. */
  readonly values: number[];
  /** Relative half-width of the interval at the last look. */
  halfWidth: number | undefined;
  checkEach: boolean;
  stopped: boolean;
}

/** What the measuring of one scenario needs. */
export interface MeasureInput {
  /** The scenario. */
  readonly scenario: PlannedScenario;
  /** The cases that passed their checks; `checkEach` when the output is small enough. */
  readonly ready: readonly { readonly ready: ReadyCase; readonly checkEach: boolean }[];
  /** When to stop. */
  readonly options: RunOptions;
  /** The seed of the orders. */
  readonly seed: number;
  /** Commands around the measured ones. */
  readonly hooks?: Hooks;
  /** Samples of an earlier session of this run, by case. */
  readonly earlier: ReadonlyMap<string, readonly Sample[]>;
  /** Cases that had ended in an earlier session. */
  readonly ended: ReadonlySet<string>;
  /** When the timing began, on the host's clock; checks and warm-up come before. */
  readonly startedMs: number;
}

/** Makes the sample of an execution. */
export function sampleOf(
  execution: Execution,
  place: { index: number; block: number; order: number },
  metrics: Readonly<Record<string, number>> = {},
): Sample {
  const { stdout: _out, stderr: _err, ended: _ended, leftBehind: _left, ...rest } = execution;
  const { counters, ...costs } = rest;
  return {
    ...place,
    ...costs,
    ...(counters === undefined ? {} : { counters: { ...counters } }),
    ...(Object.keys(metrics).length === 0 ? {} : { metrics: { ...metrics } }),
  };
}

/** Mean wall time of a case's last samples, in seconds. */
function recentMean(samples: readonly Sample[]): number {
  const recent = samples.slice(-10);
  return recent.reduce((sum, s) => sum + s.wallS, 0) / Math.max(1, recent.length);
}

/** How many more samples a case needs: the half-width shrinks with the root of their number. */
function samplesLeft(live: Live, options: RunOptions): number {
  const n = live.samples.length;
  const least = Math.max(0, options.minRuns - n);
  if (live.halfWidth === undefined || options.precision <= 0) {
    return options.precision <= 0 ? options.maxRuns - n : least;
  }
  const needed = Math.ceil(n * (live.halfWidth / options.precision) ** 2);
  return Math.min(options.maxRuns - n, Math.max(least, needed - n));
}

/**
 * Times all cases until each has reached its stop.
 *
 * @param host Launcher and clock.
 * @param input What to time.
 * @param signal Stops at once; what was measured stands.
 * @yields `sample`, `case-status` when one fails, `warning`, `case-end` and `progress` events.
 */
export async function* measure(
  host: BenchHost,
  input: MeasureInput,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { scenario, options, seed } = input;
  const all = input.ready.map(({ ready, checkEach }): Live => {
    const iterations = loopCount(scenario, ready.bench.planned.params);
    const samples = [...input.earlier.get(ready.bench.planned.caseId) ?? []];
    return {
      ready,
      samples,
      values: samples.flatMap((s) => metricOf(s, options.primaryMetric, iterations) ?? []),
      halfWidth: undefined,
      checkEach,
      stopped: input.ended.has(ready.bench.planned.caseId),
    };
  });
  const budgetMs = options.maxTimeS * 1000;
  let block = 1 + Math.max(-1, ...all.flatMap((l) => l.samples.map((s) => s.block)));

  function end(live: Live, stop: StopReason): RunEvent {
    live.stopped = true;
    const { caseId, params } = live.ready.bench.planned;
    return {
      type: "case-end",
      at: host.date().toISOString(),
      caseId,
      samples: live.samples.length,
      stop,
      summary: summariseSamples(live.samples, options.confidence, loopCount(scenario, params)),
    };
  }

  function progress(): RunEvent {
    const live = all.filter((l) => !l.stopped);
    const elapsedMs = host.now() - input.startedMs;
    const needS = live.reduce((s, l) => s + samplesLeft(l, options) * recentMean(l.samples), 0);
    const widths = live.flatMap((l) => l.halfWidth ?? []);
    return {
      type: "progress",
      scenario: scenario.name,
      phase: "measure",
      elapsedS: elapsedMs / 1000,
      leftS: Math.max(0, Math.min(needS, (budgetMs - elapsedMs) / 1000)),
      casesDone: all.length - live.length,
      cases: all.length,
      samples: all.reduce((sum, l) => sum + l.samples.length, 0),
      ...(widths.length === 0 ? {} : { halfWidth: Math.max(...widths) }),
    };
  }

  while (all.some((l) => !l.stopped)) {
    const blockStart = host.now();
    const order = blockOrder(all.length, block, seed).filter((i) => !all[i]!.stopped);
    for (const [position, index] of order.entries()) {
      const live = all[index]!;
      await runHook(host, "prepare", input.hooks, signal);
      const outcome = await runTimed(
        host,
        live.ready,
        live.checkEach,
        options.ignoreFailure ?? false,
        signal,
      );
      if (signal?.aborted) {
        for (const other of all) if (!other.stopped) yield end(other, "interrupted");
        return;
      }
      const { caseId, params, variant } = live.ready.bench.planned;
      if (!outcome.ok) {
        yield { type: "case-status", caseId, ...outcome.failure };
        yield end(live, "failed");
        continue;
      }
      const sample = sampleOf(outcome.execution, {
        index: live.samples.length,
        block,
        order: position,
      }, outcome.metrics);
      live.samples.push(sample);
      const value = metricOf(sample, options.primaryMetric, loopCount(scenario, params));
      if (value !== undefined) live.values.push(value);
      yield { type: "sample", caseId, sample };
      if (outcome.execution.leftBehind > 0 && live.samples.length === 1) {
        yield leftBehindWarning(scenario.name, caseId, variant, outcome.execution.leftBehind);
      }
    }
    block++;
    const elapsed = host.now() - input.startedMs;
    const outOfTime = elapsed + (host.now() - blockStart) > budgetMs;
    for (const live of all) {
      if (live.stopped) continue;
      const stop = stopOf(live, options, outOfTime);
      if (stop !== undefined) yield end(live, stop);
    }
    yield progress();
  }
}

/** Whether a case has reached its stop after a block. */
function stopOf(live: Live, options: RunOptions, outOfTime: boolean): StopReason | undefined {
  const n = live.samples.length;
  if (n >= options.maxRuns) return "max-runs";
  if (live.values.length >= MIN_FOR_WIDTH) {
    live.halfWidth = halfWidth(summarise(live.values, options.confidence));
  }
  const { precision, minRuns, maxRuns, confidence } = options;
  const rule = { minRuns, maxRuns, confidence, ...(precision > 0 ? { precision } : {}) };
  if (shouldStop({ values: live.values }, rule).stop) return "precision";
  return outOfTime ? "max-time" : undefined;
}

function leftBehindWarning(
  scenario: string,
  caseId: string,
  variant: string,
  count: number,
): RunEvent {
  return {
    type: "warning",
    scenario,
    caseId,
    warning: {
      code: "left-behind",
      message: `${variant} left ${count} process${
        count === 1 ? "" : "es"
      } running, which were ended`,
      advice: "Its time and memory leave out what they did; let it wait for its children",
    },
  };
}
