/**
 * hyperfine's export format (its `--export-json`), for the scripts that read it.
 *
 * Only cases with a valid result are written. `user` and `system` are means, as hyperfine has them, and
 * `null` where they were not measured. Parameters are text, and left out when there are none.
 */
import { max, mean, median, min, sampleStandardDeviation } from "simple-statistics";
import type { CaseResult, RunRecord, Sample, ScenarioResult } from "../record/schema.ts";
import { toJson } from "./json.ts";
import type { Exporter } from "./types.ts";

/** One benchmark as hyperfine writes it. */
interface HyperfineResult {
  command: string;
  mean: number;
  stddev: number | null;
  median: number;
  user: number | null;
  system: number | null;
  min: number;
  max: number;
  times: number[];
  memory_usage_byte?: number[];
  /** 128 + signal number for what a signal ended, in hyperfine as here. */
  exit_codes: number[];
  parameters?: Record<string, string>;
}

/** The values of all samples, or `undefined` when one lacks it. */
function all(samples: readonly Sample[], read: (sample: Sample) => number | undefined) {
  const values = samples.map(read).filter((value) => value !== undefined);
  return values.length === samples.length ? values : undefined;
}

function meanOf(values: number[] | undefined): number | null {
  return values === undefined ? null : mean(values);
}

function resultOf(record: RunRecord, scenario: ScenarioResult, c: CaseResult): HyperfineResult {
  const { samples } = c;
  const times = samples.map(({ wallS }) => wallS);
  const memory = all(samples, ({ maxRssKb }) => maxRssKb)?.map((kb) => kb * 1024);
  const params = Object.entries(c.params).map(([name, value]) => [name, String(value)] as const);
  return {
    // Variants of several scenarios may have one name.
    command: record.scenarios.length === 1 ? c.variant : `${scenario.name}/${c.variant}`,
    mean: mean(times),
    stddev: times.length > 1 ? sampleStandardDeviation(times) : null,
    median: median(times),
    user: meanOf(all(samples, ({ userS }) => userS)),
    system: meanOf(all(samples, ({ sysS }) => sysS)),
    min: min(times),
    max: max(times),
    times,
    ...(memory === undefined ? {} : { memory_usage_byte: memory }),
    exit_codes: samples.map(({ exitCode }) => exitCode),
    ...(params.length === 0 ? {} : { parameters: Object.fromEntries(params) }),
  };
}

/** Writes hyperfine's JSON. */
export const hyperfineExporter: Exporter = {
  format: "hyperfine",
  extensions: [".hyperfine.json"],
  render(record) {
    const results = record.scenarios.flatMap((scenario) =>
      scenario.cases
        .filter(({ status, samples }) => status === "ok" && samples.length > 0)
        .map((c) => resultOf(record, scenario, c))
    );
    return `${toJson({ results }, 2)}\n`;
  },
};
