/** What was asked of `versus run`, as the journal keeps it, and the scenarios that it names. */
import { completeOptions, type GivenOptions } from "../lib/bench/options.ts";
import { metricName } from "../lib/bench/metrics.ts";
import type { Hooks } from "../lib/bench/types.ts";
import type { PlanItem } from "../lib/bench/plan.ts";
import type { RunOptions } from "../lib/record/events.ts";
import { dataPath } from "../lib/runtime/mod.ts";
import { expandCases, expandSuite, findTarget, parseSweep } from "../lib/scenario/mod.ts";
import type { Suite, SuiteOptions, SuiteRun } from "../lib/scenario/types.ts";
import type { Language } from "../lib/toolchain/types.ts";
import { parsePercent, parseSeconds } from "./values.ts";

/** A `versus run`, with everything that decides what it measures. */
export interface RunRequest {
  readonly command: "run";
  /** Scenarios and suites: names, or absolute paths. */
  readonly names: readonly string[];
  readonly variants?: readonly string[];
  readonly languages?: readonly string[];
  readonly params: Readonly<Record<string, string>>;
  readonly sweep: readonly string[];
  readonly toolchains: Readonly<Record<string, string>>;
  readonly options: RunOptions;
  /** The options that were said, in the place of a suite's. */
  readonly given?: GivenOptions;
  readonly seed: number;
}

/** A `versus bench`, with everything that decides what it measures. */
export interface BenchRequest {
  readonly command: "bench";
  readonly commands: readonly string[];
  readonly hooks: Hooks;
  readonly options: RunOptions;
  readonly seed: number;
  /** The folder that the commands were started in. */
  readonly cwd: string;
}

/** The options of a suite's run, with what the command line says in the place of what it says itself. */
function suiteOptions(own: SuiteOptions, said: GivenOptions = {}): RunOptions {
  const { runs, precision, warmup, maxTime, timeout, metric, target } = own;
  // A number of samples and a precision exclude each other, whoever says which.
  const stops = said.runs !== undefined || said.precision !== undefined;
  const given: GivenOptions = {
    runs: stops ? undefined : runs,
    warmup,
    precision: stops || precision === undefined
      ? undefined
      : parsePercent("precision", precision) / 100,
    maxTimeS: maxTime === undefined ? undefined : parseSeconds("maxTime", maxTime),
    timeoutS: timeout === undefined ? undefined : parseSeconds("timeout", timeout),
    primaryMetric: metric === undefined ? undefined : metricName(metric),
    targetS: target === undefined ? undefined : parseSeconds("target", target),
  };
  const wins = Object.entries(said).filter(([, value]) => value !== undefined);
  return completeOptions({ ...given, ...Object.fromEntries(wins) });
}

/** A suite with what the command line says in the place of what it says itself. */
function overridden(suite: Suite, request: RunRequest): Suite {
  const { variants, languages, params, sweep } = request;
  return {
    ...suite,
    runs: suite.runs.map((run): SuiteRun => ({
      ...run,
      ...(variants === undefined ? {} : { variants }),
      // Names of languages are checked against the scenario when its cases are made.
      ...(languages === undefined ? {} : { languages: languages as Language[] }),
      params: { ...run.params, ...params },
      sweep: sweep.length === 0
        ? run.sweep
        : Object.fromEntries(sweep.map(parseSweep).map(({ name, values }) => [name, values])),
    })),
  };
}

/**
 * Finds what a request names. The command line wins over what a suite says.
 *
 * @param request What was asked for.
 * @returns Scenarios with the cases wanted of each.
 * @throws {VersusError} If a name is unknown or a file is invalid.
 */
export async function resolveItems(request: RunRequest): Promise<PlanItem[]> {
  const { variants, languages, params, sweep } = request;
  const named = variants !== undefined || languages !== undefined;
  const roots = [dataPath("scenarios")];
  const given = [...Object.keys(params), ...sweep.map((text) => parseSweep(text).name)];
  const items: PlanItem[] = [];
  for (const name of request.names) {
    const target = await findTarget(name, roots);
    if (target.kind === "scenario") {
      const { scenario } = target;
      const cases = expandCases(scenario, {
        params,
        sweep: sweep.map(parseSweep),
        ...(variants === undefined ? {} : { variants }),
        ...(languages === undefined ? {} : { languages }),
      });
      items.push({ scenario, cases, named, given });
      continue;
    }
    for (
      const { run, scenario, cases } of await expandSuite(overridden(target.suite, request), roots)
    ) {
      const options = suiteOptions(run.options, request.given);
      items.push({ scenario, cases, named, given, options });
    }
  }
  return items;
}
