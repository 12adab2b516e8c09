/** The metrics of a sample by name, and their summaries. */
import { nearest, printable, VersusError } from "../error.ts";
import type { PlannedScenario } from "../record/events.ts";
import type { Calibration, MetricSummaries, MetricSummary, Sample } from "../record/schema.ts";
import type { Parameters, Scenario } from "../scenario/types.ts";
import { summarise } from "../stats/mod.ts";

/** Short names that `--metric` accepts. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  wall: "wallS",
  cpu: "cpuS",
  rss: "maxRssKb",
  iteration: "nsPerIteration",
};

/** The metric that cases with sizes of their own are compared by. */
export const PER_ITERATION = "nsPerIteration";

/**
 * Resolves a metric's name as a person types it.
 *
 * @param name `wall`, `cpu`, `rss`, `iteration` or the full name of any metric.
 * @returns The name as it stands in documents: `wallS`.
 */
export function metricName(name: string): string {
  return SHORT_NAMES[name] ?? name;
}

/** Counters of the processor, where the kernel gives them; `:u` is without the kernel's own. */
const COUNTERS = [
  "cycles",
  "instructions",
  "cache-references",
  "cache-misses",
  "branches",
  "branch-misses",
].flatMap((name) => [name, `${name}:u`]);

/**
 * Checks that a scenario can be ranked by a metric.
 *
 * @param scenario The scenario.
 * @param metric The metric's full name.
 * @param calibrated What is calibrated, if anything.
 * @throws {VersusError} If it has no such metric, with the nearest that it has.
 */
export function requireMetric(
  scenario: Pick<Scenario, "name" | "loop" | "metrics">,
  metric: string,
  calibrated?: Calibration,
): void {
  const loops = scenario.loop !== undefined || calibrated !== undefined;
  const known = [
    "wallS",
    "cpuS",
    "cpuPercent",
    "maxRssKb",
    ...(loops ? [PER_ITERATION] : []),
    ...(scenario.metrics ?? []).map(({ name }) => name),
  ];
  if (known.includes(metric) || COUNTERS.includes(metric)) return;
  const short = Object.values(SHORT_NAMES).slice(0, 3);
  const near = nearest(metric, [...Object.keys(SHORT_NAMES), ...known, ...COUNTERS]);
  const meant = near === undefined ? "" : `; did you mean ${near}?`;
  throw new VersusError(`${scenario.name} has no metric ${printable(metric)}${meant}`, {
    hint: `It has wall, cpu, rss, ${
      known.filter((name) => !short.includes(name)).join(", ")
    }, and counters such as cycles`,
  });
}

/**
 * Tells how many iterations a case does, if its scenario names the parameters that say so: that of its
 * loop, times the one that was calibrated where that is another.
 *
 * @param scenario The scenario.
 * @param params The case's parameters.
 * @returns The number; `undefined` when there is no such parameter, or it is zero.
 */
export function loopCount(
  scenario: Pick<PlannedScenario, "loop" | "calibrated">,
  params: Parameters,
): number | undefined {
  const names = new Set([scenario.loop, scenario.calibrated?.parameter]);
  names.delete(undefined);
  if (names.size === 0) return undefined;
  let count = 1;
  for (const name of names) count *= Number(params[name!]);
  return count > 0 && Number.isFinite(count) ? count : undefined;
}

/**
 * Reads one metric of one sample.
 *
 * @param sample The sample.
 * @param name The metric's full name.
 * @param iterations Iterations of its loop, for `nsPerIteration`.
 * @returns The value, or `undefined` when it was not measured.
 */
export function metricOf(sample: Sample, name: string, iterations?: number): number | undefined {
  switch (name) {
    case "wallS":
      return sample.wallS;
    case "cpuS":
      return sample.cpuS;
    case "cpuPercent":
      return sample.cpuS === undefined ? undefined : 100 * sample.cpuS / sample.wallS;
    case "maxRssKb":
      return sample.maxRssKb;
    case "nsPerIteration":
      return iterations === undefined ? undefined : sample.wallS * 1e9 / iterations;
    default:
      return sample.metrics?.[name] ?? sample.counters?.[name];
  }
}

/** All metrics that a sample may have, in the order of the document. */
function namesIn(samples: readonly Sample[], iterations?: number): string[] {
  const own = new Set<string>();
  for (const sample of samples) {
    for (const name in sample.metrics) own.add(name);
    for (const name in sample.counters) own.add(name);
  }
  return [
    "wallS",
    "cpuS",
    "cpuPercent",
    "maxRssKb",
    ...(iterations === undefined ? [] : ["nsPerIteration"]),
    ...own,
  ];
}

/**
 * Summarises every metric of a case; one that is not in all samples is left out.
 *
 * @param samples The samples of the case.
 * @param confidence Of the interval, for example 0.95.
 * @param iterations Iterations of its loop, if it has one.
 * @returns Median with its interval, and the extremes, by metric.
 */
export function summariseSamples(
  samples: readonly Sample[],
  confidence: number,
  iterations?: number,
): MetricSummaries {
  const summary: Record<string, MetricSummary> = {};
  if (samples.length === 0) return summary;
  for (const name of namesIn(samples, iterations)) {
    const values: number[] = [];
    for (const sample of samples) {
      const value = metricOf(sample, name, iterations);
      if (value !== undefined) values.push(value);
    }
    if (values.length !== samples.length) continue;
    const { median, low, high, min, max } = summarise(values, confidence);
    summary[name] = { median, low, high, min, max };
  }
  return summary;
}
