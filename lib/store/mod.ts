/**
 * The history: every run, found again, shared, compared.
 *
 * The truth is files in the state folder: a journal of each run of this machine (`runs/ID.jsonl`), runs
 * from elsewhere (`imported/NAME.json`), the tags that the user gave (`tags.jsonl`) and the machine's
 * random identifier (`machine`). `history.sqlite3` is an index of them that can be made again at any time,
 * and is where it is damaged. Whatever is newer than the index is read when the history is next opened.
 *
 * `node:sqlite` is loaded when the history is opened.
 *
 * @module
 */
export { compareRuns, type CompareRunsOptions } from "./compare.ts";
export {
  type ComparedCase,
  type CompareDocument,
  type CompareSide,
  type EnvironmentDifference,
  type HistoryDocument,
  type TrendChange,
  type TrendDocument,
  type TrendPoint,
} from "./documents.ts";
export { environmentDiff } from "./environment_diff.ts";
export type { Envelope } from "./envelope.ts";
export { type Anonymizer, exportRun } from "./export.ts";
export { findRun, type FindRunOptions, loadRun, requireRun } from "./find.ts";
export { type ImportResult, keepRuns, type ReadRun, readRuns } from "./import.ts";
export { indexRun } from "./index_run.ts";
export { countRuns, describeRun, listProblems, listRuns } from "./list.ts";
export { machineId } from "./machine.ts";
export { type MergeRead, readHistory } from "./merge.ts";
export type { HistoryOptions } from "./_stored.ts";
export { useHistory } from "./open.ts";
export { choosePrune, prune, type PruneItem, type PruneRule } from "./prune.ts";
export { rebuildHistory } from "./rebuild.ts";
export type { SyncProgress, SyncResult } from "./sync.ts";
export { readTags, requireTag, type TagChange, writeTags } from "./tags.ts";
export {
  type SessionSpread,
  sessionSpread,
  type SpreadQuery,
  widenBySessions,
} from "./sessions.ts";
export { findCase, trendOf, type TrendOptions } from "./trend.ts";
export { writeLines } from "./write_lines.ts";
export type { Database, SqlRow, SqlValue, Statement } from "./_sqlite.ts";
export { withHistory } from "./with_history.ts";
export type {
  History,
  HistoryFilter,
  HistoryProblem,
  HistoryRecord,
  HistoryRun,
  ImportedFrom,
  Measured as HistoryMeasured,
  RunStatus,
  Side as HistorySide,
} from "./types.ts";
