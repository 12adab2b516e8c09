/** The units of figures that programs print, and the endings of their names that say them. */
import type { MetricUnit } from "./types.ts";

/** Unit to ending, and the ending in words. The first that a name ends in is its unit. */
const ENDINGS: Record<Exclude<MetricUnit, "count">, readonly [ending: RegExp, example: string]> = {
  "/s": [/PerS$/, "lookupsPerS"],
  "%": [/Percent$/, "hitsPercent"],
  KiB: [/Kb$/, "peakKb"],
  B: [/Bytes$/, "sentBytes"],
  ns: [/Ns$/, "lookupNs"],
  us: [/Us$/, "lookupUs"],
  ms: [/Ms$/, "taskMs"],
  s: [/[a-z0-9]S$/, "taskS"],
};

/** All units. */
export const METRIC_UNITS = [...Object.keys(ENDINGS), "count"] as MetricUnit[];

/** Metrics that every sample has, or that are computed; programs can't print them. */
export const BUILT_IN_METRICS: readonly string[] = [
  "wallS",
  "cpuS",
  "userS",
  "sysS",
  "cpuPercent",
  "maxRssKb",
  "treeRssKb",
  "nsPerIteration",
];

/** The unit that a metric's name ends in. */
function unitOf(name: string): MetricUnit {
  const found = Object.entries(ENDINGS).find(([, [ending]]) => ending.test(name));
  return found === undefined ? "count" : found[0] as MetricUnit;
}

/**
 * Checks that a metric's name says its unit.
 *
 * @param name The name.
 * @param unit The unit it is said to have.
 * @returns What is wrong, or `undefined`.
 */
export function unitProblem(name: string, unit: MetricUnit): string | undefined {
  const said = unitOf(name);
  if (said === unit) return undefined;
  if (unit !== "count") return `found "${unit}", expected a name that ends so: ${ENDINGS[unit][1]}`;
  return `found "count", but the name says "${said}"`;
}
