/**
 * What a program drags in: the files that it opens, to whom they belong, what was declared and what is
 * installed.
 *
 * {@linkcode traceProgram} runs a program under strace and adds up its calls while the log grows, in
 * bounded memory; {@linkcode footprintOf} looks at the files and makes the document. A file is known by
 * the path that the program used, made absolute and normalised in the text; links are not followed. See
 * `trace/` for how, `attribution/` for the owners, `manifest/` for declarations, `binary/` for what is
 * inside an executable.
 *
 * @module
 */
export {
  type Attribution,
  type Attributor,
  type AttributorOptions,
  createAttributor,
  type PackageRef,
} from "./attribution/mod.ts";
export { type Declarations, readManifests } from "./manifest/mod.ts";
export { attributorFor } from "./trace/attribute.ts";
export { type BudgetVerdict, checkBudget, type FootprintBudget } from "./trace/budget.ts";
export { declaredIn, type FolderDeclarations, projectOf, type Started } from "./trace/declared.ts";
export { countDependencies, type DependencyCounts } from "./trace/dependencies.ts";
export { type DetectOptions, detectTracer, type Tracer } from "./trace/detect.ts";
export { diffFootprints } from "./trace/diff.ts";
export {
  type DocumentOptions,
  type FileAttributor,
  type FileOwner,
  footprintOf,
} from "./trace/document.ts";
export type { Doubt, Ledger, LedgerProcess, OpenedFile } from "./trace/_ledger.ts";
export type { Misses } from "./trace/_misses.ts";
export type { Ranges } from "./trace/_ranges.ts";
export { readFootprint } from "./trace/read_document.ts";
export { type EndReason, type TraceOptions, traceProgram, type TraceRun } from "./trace/trace.ts";
export { timeUntraced, type Untraced, type UntracedOptions } from "./trace/untraced.ts";
export type * from "./types.ts";
