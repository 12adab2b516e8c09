/** How often the programs of a scenario of kind footprint are timed. */
import type { RunOptions } from "../record/events.ts";
import { DEFAULT_OPTIONS } from "./options.ts";

/** Executions without tracing, of which the median stands beside the traced one. */
const UNTRACED_RUNS = 10;

/**
 * Chooses when to stop timing: a scenario of kind footprint is about files, and its times are shown, not
 * ranked, so that a fixed number of executions is enough unless another was asked for.
 *
 * @param options The run's options.
 * @returns The same with a number of samples.
 */
export function footprintOptions(options: RunOptions): RunOptions {
  const { precision, minRuns, maxRuns } = DEFAULT_OPTIONS;
  const asked = options.precision !== precision || options.minRuns !== minRuns ||
    options.maxRuns !== maxRuns;
  return asked
    ? options
    : { ...options, precision: 0, minRuns: UNTRACED_RUNS, maxRuns: UNTRACED_RUNS };
}
