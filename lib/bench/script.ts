/** Runs for scripts: one call from a scenario's name to its document. */
import { VersusError } from "../error.ts";
import type { RunEvent, RunOptions } from "../record/events.ts";
import { newRunId } from "../record/journal.ts";
import type { RunRecord } from "../record/schema.ts";
import { dataPath } from "../runtime/mod.ts";
import { expandCases, findScenario, parseSweep } from "../scenario/mod.ts";
import type { ParameterValue } from "../scenario/types.ts";
import { VERSION } from "../version.ts";
import { planCommands } from "./adhoc.ts";
import { openHost } from "./host.ts";
import { completeOptions, type GivenOptions } from "./options.ts";
import { planRun } from "./plan.ts";
import { recordOf } from "./record.ts";
import { runBench } from "./run.ts";
import type { BenchPlan, Hooks } from "./types.ts";

/** What to measure, and how. */
export interface ScriptOptions extends GivenOptions {
  /** Variants by name; all by default. */
  readonly variants?: readonly string[];
  /** Languages; all by default. */
  readonly languages?: readonly string[];
  /** Values of parameters; the rest has its default. */
  readonly params?: Readonly<Record<string, ParameterValue>>;
  /** Parameters that go through several values: `["workers=1..8"]`. */
  readonly sweep?: readonly string[];
  /** Executables in the place of those that would be found, by toolchain. */
  readonly toolchains?: Readonly<Record<string, string>>;
  /** The seed of all orders; random by default. */
  readonly seed?: number;
  /** Commands around those of `benchCommands`. */
  readonly hooks?: Hooks;
  /** Stops the run; what was measured stands. */
  readonly signal?: AbortSignal;
  /** Sees every event as it comes. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Agrees that a scenario of one's own runs its commands. */
  readonly trust?: boolean;
}

/** The options of the run alone, without what chooses the cases. */
function runOptions(options: ScriptOptions): RunOptions {
  const {
    variants: _v,
    languages: _l,
    params: _p,
    sweep: _s,
    toolchains: _t,
    seed: _seed,
    hooks: _h,
    signal: _signal,
    onEvent: _e,
    trust: _trust,
    ...given
  } = options;
  return completeOptions(given);
}

function seedOf(options: ScriptOptions): number {
  return options.seed ?? crypto.getRandomValues(new Uint32Array(1))[0]!;
}

async function runPlan(plan: BenchPlan, options: ScriptOptions): Promise<RunRecord> {
  await using open = await openHost();
  const identity = { id: newRunId(), version: VERSION, environment: open.environment };
  const events: RunEvent[] = [];
  for await (const event of runBench(plan, open.host, identity, options.signal)) {
    events.push(event);
    options.onEvent?.(event);
  }
  return recordOf(events);
}

/**
 * Measures a scenario: builds, verifies, times and compares its variants.
 *
 * @example One scenario in two languages
 * ```ts no-run
 * import { runScenario } from "@versus/versus";
 *
 * const record = await runScenario("flipsum", { languages: ["go", "c"], params: { n: 1e7 } });
 * console.log(record.scenarios[0]?.cases.map((c) => c.summary["wallS"]?.median));
 * ```
 *
 * @param nameOrPath A bundled scenario's name, or the path of a `scenario.yaml`.
 * @param options What to measure, and how.
 * @returns The run document. Nothing is written to the history.
 * @throws {VersusError} If the scenario, a variant, a language or a parameter is unknown or invalid, a
 * value is too large for the machine, or a scenario of one's own is run without `trust`.
 */
export async function runScenario(
  nameOrPath: string,
  options: ScriptOptions = {},
): Promise<RunRecord> {
  const scenario = await findScenario(nameOrPath, [dataPath("scenarios")]);
  if (!scenario.bundled && !options.trust) {
    throw new VersusError(`The scenario ${scenario.name} is not trusted`, {
      hint: "Read what it runs, then pass { trust: true }",
    });
  }
  const { variants, languages, params, sweep = [], toolchains } = options;
  const cases = expandCases(scenario, {
    ...(variants === undefined ? {} : { variants }),
    ...(languages === undefined ? {} : { languages }),
    ...(params === undefined ? {} : { params }),
    sweep: sweep.map(parseSweep),
  });
  const { plan } = await planRun({
    items: [{
      scenario,
      cases,
      named: false,
      given: [...Object.keys(params ?? {}), ...sweep.map((text) => parseSweep(text).name)],
    }],
    ...(toolchains === undefined ? {} : { toolchains }),
    options: runOptions(options),
    seed: seedOf(options),
  }, options.signal);
  return await runPlan(plan, options);
}

/**
 * Measures commands, interleaved and compared; the first is the reference.
 *
 * @example Two commands
 * ```ts
 * import { benchCommands } from "@versus/versus";
 *
 * const record = await benchCommands(["true", "sleep 0.01"], { runs: 10 });
 * const slower = record.scenarios[0]?.cases[1]?.relative;
 * console.assert(slower?.verdict === "slower");
 * ```
 *
 * @param commands As typed in a shell; one that uses the shell's syntax is run by `/bin/sh`.
 * @param options How to measure; hooks are shell commands.
 * @returns The run document. Nothing is written to the history.
 * @throws {VersusError} If there is no command, or one is given twice.
 */
export async function benchCommands(
  commands: readonly string[],
  options: ScriptOptions = {},
): Promise<RunRecord> {
  const plan = planCommands(commands, options.hooks ?? {}, runOptions(options), seedOf(options));
  return await runPlan(plan, options);
}
