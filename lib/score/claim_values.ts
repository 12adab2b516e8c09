/** Finds the figures of a claim in the runs. */
import { valuesByBlock } from "../bench/compare.ts";
import type { CaseResult, RunRecord, ScenarioResult } from "../record/schema.ts";
import { comparePaired } from "../stats/mod.ts";
import type { ClaimValue, RatioCheck, Side, ValueCheck } from "./claim_types.ts";
import { shortName } from "./claim_words.ts";

/** Metrics that belong to a case, not to its samples: they have one value and no interval. */
const OF_CASES = {
  buildS: (c: CaseResult) => c.build === undefined ? undefined : c.build.seconds ?? 0,
  artifactBytes: (c: CaseResult) => c.build?.artifactBytes,
  linesOfCode: (c: CaseResult) => c.linesOfCode,
  filesOpened: (c: CaseResult) => c.footprint?.opened.unique,
  onDiskBytes: (c: CaseResult) => c.footprint?.bytes.onDisk,
  packagesOpened: (c: CaseResult) => c.footprint?.packages.filter((p) => p.opened).length,
} as const;

/** A figure with the ends of its interval; the same when it has none. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A figure of a run. */
export interface Measured extends Figure {
  /** The run. */
  readonly runId: string;
  /** How many executions it rests on, where it rests on several. */
  readonly count?: number;
  /** Whether they are enough for a verdict. */
  readonly sufficient: boolean;
}

/** Why there is no figure. */
export interface Absent {
  /** In words. */
  readonly reason: string;
  /** Whether a program that should have run failed. */
  readonly failed: boolean;
}

/** Tells an absent figure from a measured one. */
export function isAbsent(found: object): found is Absent {
  return "reason" in found;
}

/**
 * Gives the number that a parameter's value stands for.
 *
 * @param value A value; text may be `cores` or `2 * cores`.
 * @param cores Processors that programs may use.
 */
export function resolveValue(value: ClaimValue, cores: number): ClaimValue {
  const match = typeof value === "string" ? /^(?:(\d+) \* )?cores$/.exec(value) : null;
  return match === null ? value : Number(match[1] ?? 1) * cores;
}

/** Values of parameters on this machine. */
export function resolveValues(
  params: Readonly<Record<string, ClaimValue>>,
  cores: number,
): Record<string, ClaimValue> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, resolveValue(value, cores)]),
  );
}

/** Whether a case has parameters. */
function matches(c: CaseResult, params: Readonly<Record<string, ClaimValue>>): boolean {
  return Object.entries(params).every(([name, value]) => c.params[name] === value);
}

/** The case of a variant, of several sizes the largest. */
function findCase(
  scenario: ScenarioResult,
  variant: string,
  params: Readonly<Record<string, ClaimValue>>,
): CaseResult | undefined {
  return scenario.cases.filter((c) => c.variant === variant && matches(c, params))
    .sort((a, b) => (b.iterations ?? 0) - (a.iterations ?? 0))[0];
}

/** The values of one metric of a case: by block, or one for all. */
function valuesOf(c: CaseResult, metric: string): (number | undefined)[] | number | undefined {
  if (metric in OF_CASES) return OF_CASES[metric as keyof typeof OF_CASES](c);
  const values = valuesByBlock(c, metric, c.iterations);
  return values.some((value) => value !== undefined) ? values : undefined;
}

type Values = (number | undefined)[] | number;

function combine(all: readonly Values[], by: (values: readonly number[]) => number): Values {
  if (all.every((values) => typeof values === "number")) return by(all as number[]);
  const lists = all.map((values) => typeof values === "number" ? undefined : values);
  const length = Math.max(...lists.map((list) => list?.length ?? 0));
  return Array.from({ length }, (_, block) => {
    const at = all.map((values) => typeof values === "number" ? values : values[block]);
    return at.some((value) => value === undefined) ? undefined : by(at as number[]);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The values of a side, or why there are none. */
function sideValues(
  scenario: ScenarioResult,
  side: Side,
  shared: Readonly<Record<string, ClaimValue>>,
  metric: string,
  cores: number,
): Values | Absent {
  function of(params: Readonly<Record<string, ClaimValue>>): Values | Absent {
    const all: Values[] = [];
    for (const variant of side.variants) {
      const c = findCase(scenario, variant, resolveValues({ ...shared, ...params }, cores));
      if (c === undefined) {
        return {
          reason: `no run has ${shortName(scenario.name)}/${variant} with these parameters`,
          failed: false,
        };
      }
      const thrownAway = c.status === "optimised-away" && side.unused;
      if (c.status !== "ok" && !thrownAway) {
        return {
          reason: `${c.caseId} is ${c.status}${c.reason === undefined ? "" : `: ${c.reason}`}`,
          failed: ["failed", "timeout", "wrong-output"].includes(c.status),
        };
      }
      const values = valuesOf(c, metric);
      if (values === undefined) {
        return { reason: `${c.caseId} has no ${metric}`, failed: false };
      }
      all.push(values);
    }
    return combine(all, mean);
  }
  const own = of(side.params);
  if (side.per === undefined || isAbsentValues(own)) return own;
  const per = of({ ...side.params, ...side.per });
  if (isAbsentValues(per)) return per;
  return combine([own, per], ([a, b]) => a! / b!);
}

function isAbsentValues(values: Values | Absent): values is Absent {
  return typeof values === "object" && !Array.isArray(values);
}

/** Looks through runs, newest first; tells the first reason that says most. */
export function inRuns<T extends object>(
  runs: readonly RunRecord[],
  scenario: string,
  look: (run: RunRecord, scenario: ScenarioResult) => T | Absent,
): T | Absent {
  let why: Absent | undefined;
  for (const run of runs) {
    const result = run.scenarios.find((s) => s.name === scenario);
    if (result === undefined) continue;
    const found = look(run, result);
    if (!isAbsent(found)) return found;
    why ??= found;
  }
  return why ?? { reason: `${shortName(scenario)} was not run`, failed: false };
}

/** The median of values by block, with its range as interval where there are few. */
function middle(values: readonly (number | undefined)[]): number {
  const there = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const half = there.length / 2;
  return there.length % 2 === 1 ? there[Math.floor(half)]! : (there[half - 1]! + there[half]!) / 2;
}

/** How many workers the sides of a check have at most. */
function workersOf({ params, over, under }: RatioCheck, cores: number): number {
  const said = [params, over.params, under.params].map((of) => of["workers"] ?? 1);
  return Math.max(...said.map((value) => Number(resolveValue(value, cores))));
}

/**
 * Measures the ratio of a check in the newest run that has both sides.
 *
 * Both sides come from one run and are paired by blocks, so that whatever the machine did hits both.
 *
 * @param check The check.
 * @param runs Runs, newest first.
 * @returns The ratio with its interval, or why there is none.
 */
export function measureRatio(check: RatioCheck, runs: readonly RunRecord[]): Measured | Absent {
  return inRuns(runs, check.scenario, (run, scenario): Measured | Absent => {
    const { metric, over, under, params, perCore } = check;
    const cores = run.environment.affinity.length;
    const a = sideValues(scenario, over, params, metric, cores);
    if (isAbsentValues(a)) return a;
    const b = sideValues(scenario, under, params, metric, cores);
    if (isAbsentValues(b)) return b;
    const share = perCore ? Math.min(workersOf(check, cores), cores) : 1;
    if (typeof a === "number" && typeof b === "number") {
      const value = a / b / share;
      return Number.isFinite(value)
        ? { value, low: value, high: value, runId: run.id, sufficient: true }
        : { reason: `${metric} of ${under.variants.join(", ")} is 0`, failed: false };
    }
    const list = (values: Values, like: Values) =>
      typeof values === "number" ? (like as unknown[]).map(() => values) : values;
    const compared = comparePaired(list(a, b), list(b, a), { confidence: run.confidence });
    if (compared === undefined) {
      return { reason: `the two sides have no block of run ${run.id} in common`, failed: false };
    }
    const { ratio, low, high, sufficient, count } = compared;
    return {
      value: ratio / share,
      low: low / share,
      high: high / share,
      runId: run.id,
      count,
      sufficient,
    };
  });
}

/** Measures the figure of a check in the newest run that has it. */
export function measureValue(check: ValueCheck, runs: readonly RunRecord[]): Measured | Absent {
  return inRuns(runs, check.scenario, (run, scenario): Measured | Absent => {
    const { metric, of, params } = check;
    const cores = run.environment.affinity.length;
    const values = sideValues(scenario, of, params, metric, cores);
    if (isAbsentValues(values)) return values;
    if (typeof values === "number") {
      return { value: values, low: values, high: values, runId: run.id, sufficient: true };
    }
    const c = findCase(
      scenario,
      of.variants[0]!,
      resolveValues({ ...params, ...of.params }, cores),
    );
    const summary = of.variants.length === 1 && of.per === undefined
      ? c?.summary[metric]
      : undefined;
    const there = values.filter((value) => value !== undefined);
    const [low, high] = summary === undefined
      ? [Math.min(...there), Math.max(...there)]
      : [summary.low, summary.high];
    return {
      value: summary?.median ?? middle(values),
      low,
      high,
      runId: run.id,
      count: there.length,
      sufficient: there.length >= 6,
    };
  });
}

/** Finds the cases of variants with an ok or a thrown-away result. */
export function findVariants(
  scenario: ScenarioResult,
  variants: readonly string[],
): CaseResult[] | Absent {
  const found: CaseResult[] = [];
  for (const variant of variants) {
    const c = findCase(scenario, variant, {});
    if (c === undefined) {
      return { reason: `no run has ${shortName(scenario.name)}/${variant}`, failed: false };
    }
    if (c.status !== "ok" && c.status !== "optimised-away") {
      return {
        reason: `${c.caseId} is ${c.status}${c.reason === undefined ? "" : `: ${c.reason}`}`,
        failed: c.status !== "unavailable",
      };
    }
    found.push(c);
  }
  return found;
}
