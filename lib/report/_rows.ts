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
  /** The metric of the published figures: the primary one where there are such. */
  readonly publishedMetric: string;
}

/** The metric that is compared however much work was done. */
const PER_ITERATION = "nsPerIteration";

type Cases = Pick<ScenarioResult, "cases" | "calibrated">;

/** The values of a parameter in some cases, without repeats. */
function valuesOf(cases: readonly CaseResult[], name: string): Parameters[string][] {
  return [...new Set(cases.flatMap(({ params }) => params[name] ?? []))];
}

/**
 * Finds the parameters that differ between cases of one variant: they tell its rows apart. One that was
 * calibrated differs by itself, and does not count.
 *
 * @param scenario The scenario.
 * @param variant The variant's name.
 */
export function varying({ cases, calibrated }: Cases, variant: string): Set<string> {
  const own = cases.filter((c) => c.variant === variant);
  return new Set(
    Object.keys(own[0]?.params ?? {}).filter((name) =>
      name !== calibrated?.parameter && valuesOf(own, name).length > 1
    ),
  );
}

/**
 * The parameters that tell no rows apart. One that variants fix for themselves (one worker for those
 * without parallelism) has all its values.
 */
function commonParams(scenario: Cases): Record<string, Parameters[string]> {
  const { cases, calibrated } = scenario;
  const variants = [...new Set(cases.map((c) => c.variant))];
  const different = new Set(variants.flatMap((variant) => [...varying(scenario, variant)]));
  if (calibrated !== undefined) different.add(calibrated.parameter);
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

function labels(scenario: Cases): string[] {
  const { cases } = scenario;
  const plain = cases.map((c) => {
    const shown = varying(scenario, c.variant);
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

/** How far parameters of a figure are from those of a case: sizes differ by their ratio. */
function distance(figure: PublishedValue, c: CaseResult): number {
  return Object.entries(figure.params ?? {}).reduce((sum, [name, value]) => {
    const own = c.params[name];
    if (own === value || own === undefined) return sum;
    const sizes = typeof own === "number" && typeof value === "number" && own > 0 && value > 0;
    return sum + (sizes ? Math.abs(Math.log(own / value)) : 1);
  }, 0);
}

/**
 * Finds what a document published for a case: the figure whose parameters are nearest. Where this very
 * run goes through a parameter and has a value that was published, figures stand at their own values
 * only.
 *
 * @param scenario The scenario.
 * @param c One of its cases.
 * @param metric The metric.
 */
export function publishedValue(
  scenario: Cases,
  c: CaseResult,
  metric: string,
): PublishedValue | undefined {
  const found = (c.published ?? []).filter((figure) => figure.metric === metric);
  const siblings = scenario.cases.filter(({ variant }) => variant === c.variant);
  const strict = [...varying(scenario, c.variant)].filter((name) => {
    const published = new Set(found.map(({ params }) => params?.[name]));
    return published.size > 1 || siblings.some(({ params }) => published.has(params[name]));
  });
  return found
    .filter(({ params }) => strict.every((name) => params?.[name] === c.params[name]))
    .sort((a, b) => distance(a, c) - distance(b, c))[0];
}

function publishedFor(
  scenario: Cases,
  c: CaseResult,
  reference: CaseResult | undefined,
  metric: string,
): PublishedFigure | undefined {
  const value = publishedValue(scenario, c, metric);
  if (value === undefined) return undefined;
  const base = reference === undefined ? undefined : publishedValue(scenario, reference, metric);
  const comparable = base !== undefined && reference !== c && value.value !== 0 &&
    base.source === value.source && base.unit === value.unit &&
    (metric === PER_ITERATION || sameWork(base, value));
  const ratio = comparable ? base.value / value.value : undefined;
  return { value, ...(ratio === undefined ? {} : { ratio }) };
}

function valueOf(c: CaseResult, metric: string): MetricSummary | undefined {
  return c.status === "ok" ? c.summary[metric] : undefined;
}

/**
 * Chooses the metric whose published figures stand in the rows: the primary one, else one that
 * programs print of themselves, else what is measured of every program.
 */
function publishedMetricOf({ cases, metrics = {} }: ScenarioResult, primary: string): string {
  const known = [
    primary,
    ...Object.keys(metrics),
    "wallS",
    PER_ITERATION,
    "maxRssKb",
    "cpuPercent",
  ];
  return known.find((metric) =>
    cases.some(({ published }) => published?.some((figure) => figure.metric === metric))
  ) ?? primary;
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
  const publishedMetric = publishedMetricOf(scenario, metric);
  const byId = new Map(cases.map((c) => [c.caseId, c]));
  const common = commonParams(scenario);
  const targets = new Set(cases.flatMap(({ relative }) => relative ? [relative.toCaseId] : []));
  // Published figures are compared even where no measured comparison was possible.
  const [onlyTarget] = targets;
  const names = labels(scenario);
  const nameOf = new Map(cases.map((c, i) => [c.caseId, names[i]!]));
  const rows = cases.map((c, i): Row => {
    const target = byId.get(c.relative?.toCaseId ?? onlyTarget ?? "");
    const published = publishedFor(scenario, c, target, publishedMetric);
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
    publishedMetric,
    common,
    references: [...new Set([...targets].flatMap((id) => nameOf.get(id) ?? []))],
  };
}

/**
 * Tells what a scenario is ranked by: a run of a suite may have a metric of its own.
 *
 * @param record The run.
 * @param scenario One of its scenarios.
 * @returns The metric's name.
 */
export function primaryOf(
  record: Pick<RunRecord, "primaryMetric">,
  scenario: Pick<ScenarioResult, "primaryMetric">,
): string {
  return scenario.primaryMetric ?? record.primaryMetric;
}

/**
 * Tells the title of the column with published figures.
 *
 * @param scenario The scenario.
 * @param rows Its rows.
 * @param primary The primary metric.
 * @returns `published`, with the metric's title where that is another than the primary one.
 */
export function publishedTitle(
  scenario: ScenarioResult,
  { publishedMetric }: ScenarioRows,
  primary: string,
): string {
  if (publishedMetric === primary) return "published";
  return `published ${titleOf(scenario, publishedMetric)}`;
}

/**
 * Tells what a metric is called: figures that programs print have their title from the scenario.
 *
 * @param scenario The scenario.
 * @param metric The metric's name.
 * @returns For example `task time`.
 */
export function titleOf({ metrics }: Pick<ScenarioResult, "metrics">, metric: string): string {
  const title = metrics?.[metric]?.title;
  if (title === undefined) return metricInfo(metric).title;
  // An abbreviation at the start stays as it is.
  return /^.[\p{Lu}\d]/u.test(title) ? title : title.slice(0, 1).toLowerCase() + title.slice(1);
}
