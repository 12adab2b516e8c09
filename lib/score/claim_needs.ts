/** What has to be run for claims: scenarios with variants and parameters. */
import type { Check, Claim, ClaimValue, Side } from "./claim_types.ts";
import { partsOf } from "./claim_types.ts";

/** Variants with the same parameters. */
export interface Selection {
  /** Variants by name. */
  readonly variants: readonly string[];
  /** Their parameters. */
  readonly params: Readonly<Record<string, ClaimValue>>;
}

/** What claims need of a scenario. */
export interface ScenarioNeed {
  /** Its name, or its path. */
  readonly scenario: string;
  /** The variants with their parameters. */
  readonly selections: readonly Selection[];
  /** Whether anything is timed, or read from samples at all. */
  readonly timed: boolean;
  /** Whether times of an iteration are compared, so that each case may have a size of its own. */
  readonly perIteration: boolean;
}

/** Metrics of sources, builds and footprints: no more than one sample is needed. */
const UNTIMED = [
  "buildS",
  "artifactBytes",
  "linesOfCode",
  "filesOpened",
  "onDiskBytes",
  "packagesOpened",
];

/** The selections of a side. */
function ofSide(side: Side, shared: Readonly<Record<string, ClaimValue>>): Selection[] {
  const { variants, params, per } = side;
  const own = { variants, params: { ...shared, ...params } };
  if (per === undefined) return [own];
  return [own, { variants, params: { ...own.params, ...per } }];
}

interface Collected {
  readonly selections: Selection[];
  timed: boolean;
  perIteration: boolean;
  /** Whether something is compared that grows with the size: all cases need the same one. */
  sized: boolean;
}

/** Takes what a metric needs: a sample, one that is long enough, or one of a given size. */
function take(need: Collected, metric: string): void {
  if (UNTIMED.includes(metric)) return;
  need.timed = true;
  // Memory is read at any size; times of one operation (operationUs, callNs) as those of an iteration.
  if (metric === "nsPerIteration" || /(Ns|Us)$/.test(metric)) need.perIteration = true;
  else if (metric !== "maxRssKb") need.sized = true;
}

/** Takes what the parts of a check need. */
function collect(check: Check, into: (scenario: string) => Collected): void {
  for (const part of partsOf(check)) {
    const need = into(part.scenario);
    if (part.kind === "observed" || part.kind === "linkage") {
      need.selections.push({ variants: Object.keys(part.expect), params: {} });
      continue;
    }
    const sides = part.kind === "ratio" ? [part.over, part.under] : [part.of];
    for (const side of sides) need.selections.push(...ofSide(side, part.params));
    take(need, part.metric);
  }
}

/**
 * Collects what claims need.
 *
 * @param claims The claims.
 * @returns One entry a scenario, in the order of the claims.
 */
export function neededBy(claims: readonly Claim[]): ScenarioNeed[] {
  const needs = new Map<string, Collected>();
  function into(scenario: string): Collected {
    const need = needs.get(scenario) ??
      { selections: [], timed: false, perIteration: false, sized: false };
    needs.set(scenario, need);
    return need;
  }
  for (const { check, shows, ratios } of claims) {
    collect(check, into);
    for (const { scenario, variant, metric } of shows) {
      const need = into(scenario);
      need.selections.push({ variants: [variant], params: {} });
      take(need, metric);
    }
    for (const { scenario, metric, over, under } of ratios) {
      const need = into(scenario);
      need.selections.push(...ofSide(over, {}), ...ofSide(under, {}));
      take(need, metric);
    }
  }
  return [...needs].map(([scenario, { selections, timed, perIteration, sized }]) => ({
    scenario,
    selections,
    timed,
    perIteration: perIteration && !sized,
  }));
}

/** The scenarios that claims read: names, and paths of people's own. */
export function scenariosOfClaims(claims: readonly Claim[]): Set<string> {
  return new Set(neededBy(claims).map(({ scenario }) => scenario));
}
