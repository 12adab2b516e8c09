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
export {
  dominantExitCode,
  EXIT,
  type ExitCode,
  VersusError,
  type VersusErrorOptions,
} from "./lib/error.ts";
export * from "./lib/process/mod.ts";
export * from "./lib/toolchain/mod.ts";
export * from "./lib/scenario/mod.ts";
export * from "./lib/stats/mod.ts";
export { benchCommands, runScenario, type ScriptOptions } from "./lib/bench/script.ts";
export type { GivenOptions } from "./lib/bench/options.ts";
export type { Hooks } from "./lib/bench/types.ts";
export { recordOf } from "./lib/bench/record.ts";
export type * from "./lib/record/event_types.ts";
export { type JournalContent, readJournal } from "./lib/record/journal.ts";
export type * from "./lib/record/types.ts";
export * from "./lib/report/mod.ts";
export * from "./lib/footprint/mod.ts";
export { readDeps } from "./lib/footprint/deps.ts";
export type { DepsBinary, DepsDocument, DepsManifest, DepsPackage } from "./lib/record/deps.ts";
export {
  footprintCsv,
  footprintCycloneDx,
  type FootprintExporter,
  footprintExporterFor,
  footprintMarkdown,
  type FootprintTextOptions,
  type NamedFootprint,
  renderFootprint,
  renderFootprintDiff,
  renderFootprintTable,
} from "./lib/report/footprint.ts";
export * from "./lib/probe/mod.ts";
export {
  probeCsv,
  type ProbeExporter,
  probeExporterFor,
  probeJunit,
  probeMarkdown,
  probePrometheus,
  type ProbeTextOptions,
  renderProbe,
} from "./lib/report/probe.ts";
export * from "./lib/score/mod.ts";
export { renderScore, type ScoreTableOptions } from "./lib/report/score.ts";
export { renderClaims } from "./lib/report/claims.ts";
export * from "./lib/store/mod.ts";
