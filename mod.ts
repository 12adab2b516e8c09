/**
 * versus as a library: measure the same job in several languages from a script.
 *
 * Everything that the command line does is here: scenarios and their cases, the exact launcher, runs
 * as streams of events, run documents, statistics, tables and export formats.
 *
 * @example Measure two commands and print the table
 * ```ts
 * import { benchCommands, renderRun } from "@versus/versus";
 *
 * const record = await benchCommands(["true", "sleep 0.01"], { runs: 10 });
 * console.log(renderRun(record, { width: 80 }));
 * ```
 *
 * @module
 */
export { EXIT, type ExitCode, VersusError, type VersusErrorOptions } from "./lib/error.ts";
export * from "./lib/process/mod.ts";
export {
  findToolchain,
  isMissing,
  type Language,
  listToolchains,
  type MissingToolchain,
  type Toolchain,
  type ToolchainName,
  type ToolchainStatus,
} from "./lib/toolchain/mod.ts";
export {
  type Case,
  type CaseSelection,
  expandCases,
  findScenario,
  loadScenario,
  loadScenarios,
  newScenario,
  type Parameters,
  parseSweep,
  type Scenario,
  type Suite,
  type Variant,
} from "./lib/scenario/mod.ts";
export {
  comparePaired,
  compareUnpaired,
  type Comparison,
  holm,
  summarise,
  type Verdict,
  verdict,
} from "./lib/stats/mod.ts";
export { benchCommands, runScenario, type ScriptOptions } from "./lib/bench/script.ts";
export { recordOf } from "./lib/bench/record.ts";
export type { RunEvent, RunOptions } from "./lib/record/events.ts";
export { readJournal } from "./lib/record/journal.ts";
export type {
  CaseResult,
  Environment,
  MetricSummary,
  Relative,
  RunRecord,
  Sample,
  ScenarioResult,
  Warning,
} from "./lib/record/schema.ts";
export { exporterFor, renderRun, writeReport } from "./lib/report/mod.ts";
