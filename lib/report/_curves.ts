/** Which curves a scenario has: of what was swept, one for the primary metric and one for memory. */
import type { CaseResult, RunRecord, Scaling, ScenarioResult } from "../record/schema.ts";
import type { Look } from "./_notes.ts";
import { primaryOf, titleOf, varying } from "./_rows.ts";
import { symbols } from "./_symbols.ts";
import { hasTree } from "./_wording.ts";
import { type CurveSeries, drawCurves } from "./curve.ts";
import { metricInfo } from "./metrics.ts";
import { formatQuantity, type Quantity } from "./units.ts";

/** Fewer places than this are no curve. */
const MIN_PLACES = 3;

/** Peak memory that grows by less over a sweep is none of its subjects. */
const MEMORY_GROWTH = 2;

/**
 * Finds the parameter that a scenario was swept over.
 *
 * @param scenario The scenario.
 * @returns The only parameter in which cases of a variant differ, if it is numeric and has at least three
 * values.
 */
export function sweptParameter(scenario: ScenarioResult): string | undefined {
  const variants = new Set(scenario.cases.map((c) => c.variant));
  const names = new Set([...variants].flatMap((variant) => [...varying(scenario, variant)]));
  const [name] = names;
  if (names.size !== 1 || name === undefined) return undefined;
  const values = new Set(scenario.cases.map((c) => c.params[name]));
  return values.size >= MIN_PLACES && [...values].every((value) => typeof value === "number")
    ? name
    : undefined;
}

function seriesOf(
  scenario: ScenarioResult,
  name: string,
  value: (c: CaseResult) => number | undefined,
): CurveSeries[] {
  const measured = scenario.cases.filter((c) => c.status === "ok");
  return [...Map.groupBy(measured, (c) => c.variant)].flatMap(([label, cases]) => {
    const points = cases.flatMap((c) => {
      const y = value(c);
      return y === undefined ? [] : [{ x: Number(c.params[name]), y }];
    });
    return points.length === 0 ? [] : [{ label, points }];
  });
}

function isCurve(series: readonly CurveSeries[]): boolean {
  return series.some(({ points }) => points.length >= MIN_PLACES);
}

/** Writes a round value without the zeros that a measured one has. */
function round(value: number, quantity: Quantity, look: Look): string {
  return formatQuantity(value, quantity, symbols(look.ascii)).replace(/(\.\d*?)0+(?!\d)/, "$1")
    .replace(/\.(?!\d)/, "");
}

/** Draws one curve a variant. Sizes are drawn in their unit, since 10 MB are no round number of bytes. */
function draw(
  series: readonly CurveSeries[],
  quantity: Quantity,
  titles: { readonly xTitle: string; readonly yTitle: string },
  look: Look,
): string[] {
  if (quantity !== "size") {
    return drawCurves(series, {
      ...look,
      ...titles,
      formatY: (value) => round(value, quantity, look),
    });
  }
  const largest = Math.max(...series.flatMap(({ points }) => points.map(({ y }) => y)));
  const power = Math.max(0, Math.min(4, Math.floor(Math.log(largest) / Math.log(1024))));
  const unit = ["B", "KB", "MB", "GB", "TB"][power]!;
  const scaled = series.map((one) => ({
    ...one,
    points: one.points.map(({ x, y }) => ({ x, y: y / 1024 ** power })),
  }));
  return drawCurves(scaled, { ...look, ...titles, formatY: (value) => `${value} ${unit}` });
}

function memoryOf(c: CaseResult): number | undefined {
  const kb = hasTree(c) ? c.summary["treeRssKb"] : c.summary["maxRssKb"];
  return kb === undefined ? undefined : kb.median * 1024;
}

function grows({ points }: CurveSeries): boolean {
  const values = points.map(({ y }) => y);
  return points.length >= MIN_PLACES && Math.max(...values) >= MEMORY_GROWTH * Math.min(...values);
}

/** The curve of what more workers gave; lines are Amdahl's law where it was fitted. */
function speedupLines(scaling: readonly Scaling[], look: Look): string[] {
  const series = scaling.map(({ variant, points, amdahl }): CurveSeries => {
    const base = points[0]!.workers;
    const s = amdahl?.serialFraction;
    const time = (p: number) => s! + (1 - s!) / p;
    return {
      label: variant,
      points: points.map(({ workers, speedup }) => ({ x: workers, y: speedup })),
      ...(s === undefined ? {} : { law: (p: number) => time(base) / time(p) }),
    };
  });
  if (!isCurve(series)) return [];
  const least = Math.min(...scaling.map(({ points }) => points[0]!.workers));
  return drawCurves(series, {
    ...look,
    xTitle: "workers",
    yTitle: series.some(({ law }) => law !== undefined)
      ? "speed-up, with Amdahl's law as line"
      : "speed-up",
    guide: { label: "as many times as workers", at: (p) => p / least },
  });
}

/**
 * Draws the curves of a scenario that was swept over one parameter: speed-up where that is the number
 * of workers, else the primary metric; and peak memory where it at least doubles.
 *
 * @param record The run.
 * @param scenario One of its scenarios.
 * @param look Width, colours, signs.
 * @returns Lines; none where nothing was swept.
 */
export function curveLines(record: RunRecord, scenario: ScenarioResult, look: Look): string[] {
  const name = sweptParameter(scenario);
  if (name === undefined) return [];
  const metric = primaryOf(record, scenario);
  const { quantity, factor } = metricInfo(metric);
  const speedup = speedupLines(scenario.scaling ?? [], look);
  const primary = seriesOf(scenario, name, (c) => {
    const median = c.summary[metric]?.median;
    return median === undefined ? undefined : median * factor;
  });
  const memory = metric === "maxRssKb" ? [] : seriesOf(scenario, name, memoryOf);
  const drawn = [
    speedup,
    speedup.length > 0 || !isCurve(primary)
      ? []
      : draw(primary, quantity, { xTitle: name, yTitle: titleOf(scenario, metric) }, look),
    !memory.some(grows)
      ? []
      : draw(memory, "size", { xTitle: name, yTitle: metricInfo("maxRssKb").title }, look),
  ].filter((lines) => lines.length > 0);
  return drawn.flatMap((lines, i) => i === 0 ? lines : ["", ...lines]);
}
