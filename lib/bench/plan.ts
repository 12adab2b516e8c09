/** Resolves what was asked for against this machine: cases, toolchains, what is missing. */
import { VersusError } from "../error.ts";
import type { PlannedCase, PlannedScenario, RunOptions } from "../record/events.ts";
import type { PublishedValue } from "../record/schema.ts";
import { linesOfCode } from "../scenario/lines.ts";
import { expectedOutput, publishedFor, workersOf } from "../scenario/mod.ts";
import type { Case, PublishedFigure, Scenario } from "../scenario/types.ts";
import { findToolchain, isMissing } from "../toolchain/mod.ts";
import type { MissingToolchain, Toolchain, ToolchainName } from "../toolchain/types.ts";
import { footprintOptions } from "./_footprint_options.ts";
import { freeMemory } from "./free_memory.ts";
import { loopCount, PER_ITERATION, requireMetric } from "./metrics.ts";
import { refuse } from "./_refusals.ts";
import { calibrationOf, nameByTarget } from "./_target.ts";
import type { BenchCase, BenchPlan, BenchScenario } from "./types.ts";

/** One scenario as asked for. */
export interface PlanItem {
  /** The scenario. */
  readonly scenario: Scenario;
  /** Its cases, as `expandCases` makes them. */
  readonly cases: readonly Case[];
  /** Whether the user named the variants or languages, so that a missing toolchain is an error. */
  readonly named: boolean;
  /** Parameters that the user gave a value: what does not fit is an error then. */
  readonly given?: readonly string[];
  /** Options in the place of the request's, from a suite. */
  readonly options?: RunOptions;
}

/** What a plan is made from. */
export interface PlanRequest {
  /** The scenarios, in order. */
  readonly items: readonly PlanItem[];
  /** Executables given by the user, by toolchain. */
  readonly toolchains?: Readonly<Record<string, string>>;
  /** Options, complete. */
  readonly options: RunOptions;
  /** The seed of all orders. */
  readonly seed: number;
  /** Tells how much memory is free, in bytes; the machine by default. */
  readonly freeMemory?: () => number | undefined;
}

/** A plan, and what of it was named by the user and can't run. */
export interface PlanResult {
  /** The plan. */
  readonly plan: BenchPlan;
  /** The names of the cases that were asked for by variant, language or toolchain and can be built. */
  readonly named: readonly string[];
  /** Cases that were asked for so and have no toolchain. */
  readonly missingNamed: readonly PlannedCase[];
}

/** Units by metric name, as documents show them. */
const UNITS: Readonly<Record<string, string>> = {
  wallS: "s",
  processS: "s",
  cpuS: "s",
  maxRssKb: "KiB",
  cpuPercent: "%",
  nsPerIteration: "ns",
};

/** What `publishedValues` needs of how a scenario is run. */
type Shown = Pick<PlannedScenario, "loop" | "calibrated"> & { readonly metric: string };

/** The published time of an iteration, where a document has a time and a count and that is asked for. */
function perIteration({ metrics, params }: PublishedFigure, shown: Shown): number | undefined {
  const iterations = loopCount(shown, params);
  const { wallS, [PER_ITERATION]: known } = metrics;
  if (shown.metric !== PER_ITERATION || wallS === undefined || known !== undefined) {
    return undefined;
  }
  return iterations === undefined ? undefined : wallS * 1e9 / iterations;
}

/** The figures that documents published for a case's variant, one entry a metric. */
function publishedValues(c: Case, shown: Shown): PublishedValue[] {
  return publishedFor(c).flatMap(({ figure }) => {
    const { source, metrics, params, note } = figure;
    const computed = perIteration(figure, shown);
    const all = { ...metrics, ...(computed === undefined ? {} : { [PER_ITERATION]: computed }) };
    return Object.entries(all).map(([metric, value]) => ({
      source,
      metric,
      value,
      unit: UNITS[metric] ?? c.scenario.metrics?.find(({ name }) => name === metric)?.unit ?? "",
      params: { ...params },
      ...(note === undefined ? {} : { note }),
    }));
  });
}

function planCase(
  c: Case,
  found: Toolchain | MissingToolchain,
  shown: Shown,
  refused: string | undefined,
  lines: number | undefined,
): BenchCase {
  const expected = refused === undefined
    ? expectedOutput(c.scenario, c.variant, c.params)
    : undefined;
  const published = publishedValues(c, shown);
  const planned: PlannedCase = {
    caseId: c.caseId,
    variant: c.variant.name,
    ...(c.variant.title === undefined ? {} : { title: c.variant.title }),
    language: c.variant.language,
    params: { ...c.params },
    workers: workersOf(c),
    ...(lines === undefined ? {} : { linesOfCode: lines }),
    ...(expected === undefined ? {} : { expected: expected.stdout }),
    ...(published.length === 0 ? {} : { published }),
  };
  if (refused !== undefined) {
    return { case: c, planned: { ...planned, missing: { reason: refused } } };
  }
  if (isMissing(found)) {
    const { reason, install } = found;
    return {
      case: c,
      planned: { ...planned, missing: { reason, ...(install === undefined ? {} : { install }) } },
    };
  }
  const { name, version, path, realPath } = found;
  return {
    case: c,
    planned: { ...planned, toolchain: { name, version, path, realPath } },
    toolchain: found,
  };
}

/** How a scenario is run, beyond its cases. */
export type ScenarioSettings = Pick<PlannedScenario, "calibrated" | "primaryMetric">;

/** The description of a scenario that journal and document keep. */
export function plannedScenario(
  scenario: Scenario,
  cases: readonly BenchCase[],
  settings: ScenarioSettings = {},
): PlannedScenario {
  const { tags, metrics, observe } = scenario;
  return {
    name: scenario.name,
    kind: scenario.kind,
    title: scenario.title,
    file: scenario.file,
    ...(scenario.loop === undefined ? {} : { loop: scenario.loop }),
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
    ...settings,
    ...(metrics === undefined ? {} : {
      metrics: Object.fromEntries(metrics.map(({ name, title, unit }) => [name, { title, unit }])),
    }),
    ...(observe === undefined ? {} : {
      observe: Object.fromEntries(observe.map(({ name, title }) => [name, title])),
    }),
    reference: scenario.reference,
    cases: cases.map((c) => c.planned),
  };
}

/**
 * Makes a plan: expands scenarios into cases and finds the toolchain of each.
 *
 * @param request What was asked for.
 * @param signal Ends the search for toolchains.
 * @returns The plan, with missing toolchains marked in their cases.
 * @throws {VersusError} If a case is asked for twice, does not fit the machine or its language's types
 * by a parameter that the user gave, or a scenario can't do what its options ask for.
 */
export async function planRun(request: PlanRequest, signal?: AbortSignal): Promise<PlanResult> {
  const found = new Map<string, Promise<Toolchain | MissingToolchain>>();
  function lookUp(name: ToolchainName, requires: string | undefined) {
    const key = `${name} ${requires ?? ""}`;
    const path = request.toolchains?.[name];
    const known = found.get(key) ?? findToolchain(name, {
      ...(path === undefined ? {} : { path }),
      ...(requires === undefined ? {} : { requires }),
      ...(signal === undefined ? {} : { signal }),
    });
    found.set(key, known);
    return known;
  }
  const namedCases: string[] = [];
  const missingNamed: PlannedCase[] = [];
  const scenarios: BenchScenario[] = [];
  const seen = new Set<string>();
  const free = (request.freeMemory ?? freeMemory)();
  for (const { scenario, cases: asked, named, given = [], options: own } of request.items) {
    const options = scenario.kind === "footprint" ? footprintOptions(own ?? request.options) : own;
    const { targetS, primaryMetric } = options ?? request.options;
    const calibrated = calibrationOf(scenario, targetS);
    requireMetric(scenario, primaryMetric, calibrated);
    const wanted = calibrated === undefined ? asked : nameByTarget(asked, calibrated);
    const refused = refuse(wanted, given, free);
    const settings: ScenarioSettings = {
      ...(calibrated === undefined ? {} : { calibrated }),
      ...(primaryMetric === request.options.primaryMetric ? {} : { primaryMetric }),
    };
    const { loop } = scenario;
    const shown = { ...settings, ...(loop === undefined ? {} : { loop }), metric: primaryMetric };
    const lines = new Map<string, Promise<number | undefined>>();
    const cases = await Promise.all(wanted.map(async (c) => {
      const { name, toolchain, requires } = c.variant;
      const found = await lookUp(toolchain, requires);
      const counted = lines.get(name) ?? linesOfCode(scenario, c.variant);
      lines.set(name, counted);
      return planCase(c, found, shown, refused.get(c.caseId), await counted);
    }));
    const twice = wanted.find((c) => seen.has(c.caseId));
    if (twice !== undefined) {
      throw new VersusError(`${twice.caseId} is asked for twice`, {
        hint: "Name each scenario once, or with other parameters",
      });
    }
    for (const c of wanted) seen.add(c.caseId);
    // Whoever says where a toolchain is has asked for it, and for what it runs.
    const chosen = cases
      .filter((c) => named || request.toolchains?.[c.case.variant.toolchain] !== undefined)
      .map((c) => c.planned);
    namedCases.push(...chosen.filter((c) => c.missing === undefined).map((c) => c.caseId));
    missingNamed.push(...chosen.filter((c) => c.missing && !refused.has(c.caseId)));
    scenarios.push({
      planned: plannedScenario(scenario, cases, settings),
      cases,
      ...(options === undefined ? {} : { options }),
    });
  }
  return {
    plan: { options: request.options, seed: request.seed, scenarios },
    named: namedCases,
    missingNamed,
  };
}
