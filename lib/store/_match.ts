/** Which case of one run is which of another. */
import type { CaseResult, ScenarioResult } from "../record/types.ts";
import type { HistoryRecord } from "./types.ts";

/** A case that both sides have. */
export interface MatchedCase {
  /** The case of A. */
  readonly a: CaseResult;
  /** The case of B. */
  readonly b: CaseResult;
  /** The scenario in B. */
  readonly scenario: ScenarioResult;
}

/** All cases of two sides. */
export interface Matching {
  /** Those that both have, in the order of B. */
  readonly matched: readonly MatchedCase[];
  /** Those that only A has. */
  readonly onlyA: readonly CaseResult[];
  /** Those that only B has. */
  readonly onlyB: readonly CaseResult[];
}

interface Sided {
  readonly record: HistoryRecord;
  readonly variant?: string;
}

/** A case with the scenario that it is in. */
interface Located {
  readonly scenario: ScenarioResult;
  readonly result: CaseResult;
}

function casesOf({ record, variant }: Sided): Located[] {
  return record.scenarios.flatMap((scenario) =>
    scenario.cases
      .filter((c) => variant === undefined || c.variant === variant)
      .map((result) => ({ scenario, result }))
  );
}

/** How many parameters two cases have in common. */
function likeness(a: CaseResult, b: CaseResult): number {
  return Object.keys(a.params).filter((name) => a.params[name] === b.params[name]).length;
}

/** Another variant's case in the same scenario: the one whose parameters are most alike. */
function mostAlike(candidates: readonly Located[], wanted: Located): Located | undefined {
  const own = candidates.filter(({ scenario }) => scenario.name === wanted.scenario.name);
  return own.reduce<Located | undefined>(
    (best, c) =>
      best === undefined || likeness(c.result, wanted.result) > likeness(best.result, wanted.result)
        ? c
        : best,
    undefined,
  );
}

function sameWork(candidates: readonly Located[], { result }: Located): Located | undefined {
  const params = JSON.stringify(result.params);
  return candidates.find((c) => c.result.caseId === result.caseId) ??
    candidates.find((c) =>
      c.result.variant === result.variant && JSON.stringify(c.result.params) === params
    );
}

/**
 * Finds out which cases two runs have in common: by identifier, else by variant and parameters (a scenario
 * may have been renamed, and hyperfine has none). Where A is one variant and B is not that one, every case
 * of B is matched with A's of the same scenario whose parameters are most alike.
 *
 * @param a The reference.
 * @param b The other.
 */
export function matchCases(a: Sided, b: Sided): Matching {
  const [ofA, ofB] = [casesOf(a), casesOf(b)];
  const byVariant = a.variant !== undefined && a.variant !== b.variant;
  const isSameRun = a.record.id === b.record.id;
  const used = new Set<CaseResult>();
  const matched: MatchedCase[] = [];
  const onlyB: CaseResult[] = [];
  for (const wanted of ofB) {
    // A run beside one of its variants: that variant is what the others are compared with.
    if (byVariant && isSameRun && wanted.result.variant === a.variant) continue;
    const free = byVariant ? ofA : ofA.filter(({ result }) => !used.has(result));
    const found = byVariant ? mostAlike(free, wanted) : sameWork(free, wanted);
    if (found === undefined) {
      onlyB.push(wanted.result);
      continue;
    }
    used.add(found.result);
    matched.push({ a: found.result, b: wanted.result, scenario: wanted.scenario });
  }
  const onlyA = ofA.map(({ result }) => result).filter((result) => !used.has(result));
  return { matched, onlyA, onlyB };
}
