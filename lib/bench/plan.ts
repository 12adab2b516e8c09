/** Resolves what was asked for against this machine: cases, toolchains, what is missing. */
import { VersusError } from "../error.ts";
import type { PlannedCase, PlannedScenario, RunOptions } from "../record/events.ts";
import type { PublishedValue } from "../record/schema.ts";
import { expectedOutput, publishedFor, workersOf } from "../scenario/mod.ts";
import type { Case, Scenario } from "../scenario/types.ts";
import { findToolchain, isMissing } from "../toolchain/mod.ts";
import type { MissingToolchain, Toolchain, ToolchainName } from "../toolchain/types.ts";
import type { BenchCase, BenchPlan, BenchScenario } from "./types.ts";

/** One scenario as asked for. */
export interface PlanItem {
  /** The scenario. */
  readonly scenario: Scenario;
  /** Its cases, as `expandCases` makes them. */
  readonly cases: readonly Case[];
  /** Whether the user named the variants or languages, so that a missing toolchain is an error. */
  readonly named: boolean;
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
}

/** A plan, and what of it was named by the user and can't run. */
export interface PlanResult {
  /** The plan. */
  readonly plan: BenchPlan;
  /** Cases that were asked for by name and have no toolchain. */
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

/** The figures that documents published for a case's variant, one entry a metric. */
function publishedValues(c: Case): PublishedValue[] {
  return publishedFor(c).flatMap(({ figure: { source, metrics, params, note } }) =>
    Object.entries(metrics).map(([metric, value]) => ({
      source,
      metric,
      value,
      unit: UNITS[metric] ?? "",
      params: { ...params },
      ...(note === undefined ? {} : { note }),
    }))
  );
}

function planCase(c: Case, found: Toolchain | MissingToolchain): BenchCase {
  const expected = expectedOutput(c.scenario, c.variant, c.params);
  const published = publishedValues(c);
  const planned: PlannedCase = {
    caseId: c.caseId,
    variant: c.variant.name,
    ...(c.variant.title === undefined ? {} : { title: c.variant.title }),
    language: c.variant.language,
    params: { ...c.params },
    workers: workersOf(c),
    ...(expected === undefined ? {} : { expected: expected.stdout }),
    ...(published.length === 0 ? {} : { published }),
  };
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

/** The description of a scenario that journal and document keep. */
export function plannedScenario(
  scenario: Scenario,
  cases: readonly BenchCase[],
): PlannedScenario {
  return {
    name: scenario.name,
    kind: scenario.kind,
    title: scenario.title,
    file: scenario.file,
    ...(scenario.loop === undefined ? {} : { loop: scenario.loop }),
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
 * @throws {VersusError} If a case is asked for twice.
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
  const missingNamed: PlannedCase[] = [];
  const scenarios: BenchScenario[] = [];
  const seen = new Set<string>();
  for (const { scenario, cases: wanted, named, options } of request.items) {
    const cases = await Promise.all(
      wanted.map(async (c) => planCase(c, await lookUp(c.variant.toolchain, c.variant.requires))),
    );
    const twice = wanted.find((c) => seen.has(c.caseId));
    if (twice !== undefined) {
      throw new VersusError(`${twice.caseId} is asked for twice`, {
        hint: "Name each scenario once, or with other parameters",
      });
    }
    for (const c of wanted) seen.add(c.caseId);
    if (named) missingNamed.push(...cases.map((c) => c.planned).filter((p) => p.missing));
    scenarios.push({
      planned: plannedScenario(scenario, cases),
      cases,
      ...(options === undefined ? {} : { options }),
    });
  }
  return { plan: { options: request.options, seed: request.seed, scenarios }, missingNamed };
}
