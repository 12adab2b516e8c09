/** The rows of a scenario: labels, order, who is the reference, what was published. */
import type {
  CaseResult,
  MetricSummary,
  PublishedValue,
  RunRecord,
  ScenarioResult,
} from "../record/schema.ts";
import type { Parameters } from "../scenario/types.ts";
import { metricInfo } from "./metrics.ts";

/** A figure of a document that stands beside a measured one. */
export interface PublishedFigure {
  /** The figure itself. */
  readonly value: PublishedValue;
  /** The reference's published value ÷ this one, when the same document has both. */
  readonly ratio?: number;
}

/** A case as a row. */
export interface Row {
  readonly case: CaseResult;
  /** The variant with the parameters that differ between its own cases. */
  readonly label: string;
  /** The primary metric; absent for what is not ranked. */
  readonly value?: MetricSummary;
  /** Whether others are compared with it. */
  readonly reference: boolean;
  readonly published?: PublishedFigure;
}

/** The rows of a scenario in the order in which they are shown. */
export interface ScenarioRows {
  /** Best first. */
  readonly ranked: readonly Row[];
  /** Without a valid result, in the order of the run. */
  readonly unranked: readonly Row[];
  /** Parameters that tell no rows apart. */
  readonly common: Parameters;
  /** Variants that others are compared with. */
  readonly references: readonly string[];
  /** Documents whose figures stand in the rows. */
  readonly sources: readonly string[];
}

/** The values of a parameter in some cases, without repeats. */
function valuesOf(cases: readonly CaseResult[], name: string): Parameters[string][] {
  return [...new Set(cases.flatMap(({ params }) => params[name] ?? []))];
}

/** The parameters that differ between cases of one variant: they tell its rows apart. */
function varying(cases: readonly CaseResult[], variant: string): Set<string> {
  const own = cases.filter((c) => c.variant === variant);
  return new Set(
    Object.keys(own[0]?.params ?? {}).filter((name) => valuesOf(own, name).length > 1),
  );
}

/**
 * The parameters that tell no rows apart. One that variants fix for themselves (one worker for those
 * without parallelism) has all its values.
 */
function commonParams(cases: readonly CaseResult[]): Record<string, Parameters[string]> {
  const different = new Set(
    [...new Set(cases.map((c) => c.variant))].flatMap((variant) => [...varying(cases, variant)]),
  );
  return Object.fromEntries(
    Object.keys(cases[0]?.params ?? {})
      .filter((name) => !different.has(name))
      .map((name) => [name, valuesOf(cases, name).join(" or ")]),
  );
}

/**
 * Writes parameters as `n=1000000, workers=4`.
 *
 * @param params The parameters.
 * @param without Names to leave out.
 */
export function paramsText(params: Parameters, without: Parameters = {}): string {
  return Object.entries(params)
    .filter(([name]) => !Object.hasOwn(without, name))
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
}

function labels(cases: readonly CaseResult[]): string[] {
  const plain = cases.map((c) => {
    const shown = varying(cases, c.variant);
    const own = paramsText(
      Object.fromEntries(Object.entries(c.params).filter(([name]) => shown.has(name))),
    );
    return own === "" ? c.variant : `${c.variant} ${own}`;
  });
  const counts = new Map<string, number>();
  for (const label of plain) counts.set(label, (counts.get(label) ?? 0) + 1);
  // The same variant may have run on two toolchains.
  return plain.map((label, i) => {
    const version = cases[i]!.toolchain?.version;
    return version !== undefined && counts.get(label)! > 1 ? `${label} (${version})` : label;
  });
}

/** Whether two figures were published for the same work: parameters that both name are equal. */
function sameWork(a: PublishedValue, b: PublishedValue): boolean {
  return Object.entries(a.params ?? {}).every(([name, value]) => {
    const other = b.params?.[name];
    return other === undefined || other === value;
  });
}

function publishedFor(
  c: CaseResult,
  reference: CaseResult | undefined,
  metric: string,
): PublishedFigure | undefined {
  const value = c.published?.find((figure) => figure.metric === metric);
  if (value === undefined) return undefined;
  const base = reference?.published?.find((figure) =>
    figure.metric === metric && figure.source === value.source && figure.unit === value.unit &&
    sameWork(figure, value)
  );
  const ratio = base === undefined || reference === c || value.value === 0
    ? undefined
    : base.value / value.value;
  return { value, ...(ratio === undefined ? {} : { ratio }) };
}

function valueOf(c: CaseResult, metric: string): MetricSummary | undefined {
  return c.status === "ok" ? c.summary[metric] : undefined;
}

/**
 * Puts the cases of a scenario in order.
 *
 * @param scenario The scenario.
 * @param metric The primary metric.
 * @returns Cases with a valid result, best first, and the others.
 */
export function scenarioRows(scenario: ScenarioResult, metric: string): ScenarioRows {
  const { cases } = scenario;
  const byId = new Map(cases.map((c) => [c.caseId, c]));
  const common = commonParams(cases);
  const targets = new Set(cases.flatMap(({ relative }) => relative ? [relative.toCaseId] : []));
  // Published figures are compared even where no measured comparison was possible.
  const [onlyTarget] = targets;
  const names = labels(cases);
  const nameOf = new Map(cases.map((c, i) => [c.caseId, names[i]!]));
  const rows = cases.map((c, i): Row => {
    const target = byId.get(c.relative?.toCaseId ?? onlyTarget ?? "");
    const published = publishedFor(c, target, metric);
    const value = valueOf(c, metric);
    return {
      case: c,
      label: names[i]!,
      reference: targets.has(c.caseId),
      ...(value === undefined ? {} : { value }),
      ...(published === undefined ? {} : { published }),
    };
  });
  const sign = metricInfo(metric).better === "lower" ? 1 : -1;
  const ranked = rows.filter((row) => row.value !== undefined)
    .sort((a, b) => sign * (a.value!.median - b.value!.median));
  return {
    ranked,
    unranked: rows.filter((row) => row.value === undefined),
    common,
    references: [...new Set([...targets].flatMap((id) => nameOf.get(id) ?? []))],
    sources: [...new Set(ranked.flatMap(({ published }) => published?.value.source ?? []))],
  };
}

/** A run's primary metric, with how it is shown. */
export function primaryOf(record: RunRecord): { name: string } & ReturnType<typeof metricInfo> {
  return { name: record.primaryMetric, ...metricInfo(record.primaryMetric) };
}
