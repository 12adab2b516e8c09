/** Measures what claims need, scenario by scenario, within a time. */
import { openHost } from "../bench/host.ts";
import { completeOptions } from "../bench/options.ts";
import { planRun } from "../bench/plan.ts";
import { recordOf } from "../bench/record.ts";
import { runBench } from "../bench/run.ts";
import type { BenchPlan } from "../bench/types.ts";
import { VersusError } from "../error.ts";
import type { RunEvent, RunOptions } from "../record/events.ts";
import { newRunId } from "../record/journal.ts";
import type { RunRecord } from "../record/schema.ts";
import { expandCases } from "../scenario/mod.ts";
import type { Case, Scenario } from "../scenario/types.ts";
import { VERSION } from "../version.ts";
import { neededBy, type ScenarioNeed } from "./claim_needs.ts";
import type { Claim } from "./claim_types.ts";
import { resolveValues } from "./claim_values.ts";

/** How claims are measured. */
export interface MeasureClaimsOptions {
  /** Seconds that all of it may take. */
  readonly budgetS: number;
  /** Finds a scenario that a claim names, and makes sure that it may be run. */
  readonly find: (nameOrPath: string) => Promise<Scenario>;
  /** The seed of all orders. */
  readonly seed: number;
  /** Stops; what was measured stands. */
  readonly signal?: AbortSignal;
}

/** What happens while claims are measured. */
export type ClaimEvent =
  | {
    /** A scenario begins. */
    readonly type: "scenario";
    readonly name: string;
    /** Its number, from 1, of how many. */
    readonly number: number;
    readonly of: number;
    /** Seconds that it may take. */
    readonly shareS: number;
  }
  | { readonly type: "event"; readonly event: RunEvent }
  | { readonly type: "record"; readonly record: RunRecord }
  | {
    /** A scenario can't be measured. */
    readonly type: "hindered";
    readonly name: string;
    readonly reason: string;
  };

/** Blocks that a verdict takes, the executions before them, and as much again for a busy machine. */
const EXECUTIONS = 24;
/** The share of a scenario's time that samples are taken in; the rest is for builds and checks. */
const SAMPLING = 0.6;
/** No execution is longer than it takes for start-up not to count. */
const LONGEST_S = 2;
const SHORTEST_S = 0.05;

/**
 * Chooses how a scenario is measured in a given time.
 *
 * @param need What claims read of it.
 * @param cases How many cases there are.
 * @param shareS Seconds for all of it.
 * @returns Options: one sample where only builds and sources are compared; a size that is found for each
 * case where times of an iteration are.
 */
export function optionsFor(
  need: Pick<ScenarioNeed, "timed" | "perIteration">,
  cases: number,
  shareS: number,
): RunOptions {
  if (!need.timed) return completeOptions({ runs: 1, warmup: 0, timeoutS: Math.max(10, shareS) });
  const maxTimeS = SAMPLING * shareS;
  // It stands in the names of the cases: two digits will do.
  const eachS = Number((maxTimeS / Math.max(1, cases) / EXECUTIONS).toPrecision(2));
  return completeOptions({
    maxTimeS,
    timeoutS: Math.max(10, shareS),
    targetS: need.perIteration ? Math.min(LONGEST_S, Math.max(SHORTEST_S, eachS)) : undefined,
  });
}

/** The cases that a need stands for, each once. */
function casesOf(scenario: Scenario, need: ScenarioNeed, cores: number): Case[] {
  const cases = new Map<string, Case>();
  for (const { variants, params } of need.selections) {
    for (const c of expandCases(scenario, { variants, params: resolveValues(params, cores) })) {
      if (!cases.has(c.caseId)) cases.set(c.caseId, c);
    }
  }
  return [...cases.values()];
}

/** A scenario that claims need, with its cases. */
interface Wanted {
  readonly need: ScenarioNeed;
  readonly scenario: Scenario;
  readonly cases: readonly Case[];
}

/** The steps of the longest build: what installs packages takes minutes when it is built first. */
function buildSteps({ cases }: Wanted): number {
  return Math.max(0, ...cases.map(({ variant }) => variant.build.length));
}

async function planFor(
  { need, scenario, cases }: Wanted,
  options: MeasureClaimsOptions,
  shareS: number,
): Promise<BenchPlan> {
  const canCalibrate = (scenario.calibrate ?? scenario.loop) !== undefined;
  const perIteration = need.perIteration && canCalibrate;
  const { plan } = await planRun({
    items: [{ scenario, cases, named: false }],
    options: optionsFor({ ...need, perIteration }, cases.length, shareS),
    seed: options.seed,
  }, options.signal);
  return plan;
}

/** What a problem with one scenario leaves to the others. */
async function hindrance<T>(action: () => Promise<T>): Promise<T | { readonly reason: string }> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof VersusError)) throw error;
    // The list of all names helps who typed one; a claim says nothing wrong.
    return { reason: error.message.replace(/, expected "[^]*$/, "") };
  }
}

/**
 * Measures what claims need: one run a scenario, its cases interleaved, with a fair share of the time
 * that is left.
 *
 * @param claims The claims.
 * @param options How.
 * @yields Events of the runs and their documents; a scenario that does not exist, or has no time left, is
 * told and left out.
 */
export async function* measureClaims(
  claims: readonly Claim[],
  options: MeasureClaimsOptions,
): AsyncGenerator<ClaimEvent> {
  await using open = await openHost();
  const cores = open.environment.affinity.length;
  const endMs = open.host.now() + 1000 * options.budgetS;
  const leftS = () => (endMs - open.host.now()) / 1000;
  const wanted: Wanted[] = [];
  for (const need of neededBy(claims)) {
    const found = await hindrance(async () => {
      const scenario = await options.find(need.scenario);
      return { need, scenario, cases: casesOf(scenario, need, cores) };
    });
    if ("reason" in found) yield { type: "hindered", name: need.scenario, ...found };
    else wanted.push(found);
  }
  wanted.sort((a, b) => buildSteps(a) - buildSteps(b));
  for (const [i, each] of wanted.entries()) {
    if (options.signal?.aborted) return;
    const name = each.need.scenario;
    if (leftS() < 1) {
      yield {
        type: "hindered",
        name,
        reason: "the budget was used up before it could be measured",
      };
      continue;
    }
    const shareS = leftS() / (wanted.length - i);
    const plan = await hindrance(() => planFor(each, options, shareS));
    if ("reason" in plan) {
      yield { type: "hindered", name, ...plan };
      continue;
    }
    yield { type: "scenario", name, number: i + 1, of: wanted.length, shareS };
    // Builds are not bounded by the share, but nothing may take longer than there is time in all.
    const late = AbortSignal.timeout(Math.ceil(1000 * leftS()));
    const signal = options.signal === undefined ? late : AbortSignal.any([options.signal, late]);
    const identity = { id: newRunId(), version: VERSION, environment: open.environment };
    const events: RunEvent[] = [];
    for await (const event of runBench(plan, open.host, identity, signal)) {
      events.push(event);
      yield { type: "event", event };
    }
    const record = recordOf(events);
    // One's own scenario is known by its path, as claims name it.
    const scenarios = record.scenarios.map((scenario) => ({ ...scenario, name }));
    yield { type: "record", record: { ...record, scenarios } };
    if (late.aborted) {
      yield { type: "hindered", name, reason: "the budget was used up while it was measured" };
    }
  }
}
