/** The metrics of a sample by name, and their summaries. */
import type { PlannedScenario } from "../record/events.ts";
import type { MetricSummaries, MetricSummary, Sample } from "../record/schema.ts";
import type { Parameters } from "../scenario/types.ts";
import { summarise } from "../stats/mod.ts";

/** Short names that `--metric` accepts. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  wall: "wallS",
  cpu: "cpuS",
  rss: "maxRssKb",
};

/**
 * Resolves a metric's name as a person types it.
 *
 * @param name `wall`, `cpu`, `rss` or the full name of any metric.
 * @returns The name as it stands in documents: `wallS`.
 */
export function metricName(name: string): string {
  return SHORT_NAMES[name] ?? name;
}

/** Iterations of a case's loop, if its scenario names the parameter. */
export function loopCount(
  scenario: Pick<PlannedScenario, "loop">,
  params: Parameters,
): number | undefined {
  const value = scenario.loop === undefined ? undefined : params[scenario.loop];
  return typeof value === "number" && value > 0 ? value : undefined;
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
