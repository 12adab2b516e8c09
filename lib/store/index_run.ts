/** Puts a run that has just ended into the history. */
import { join } from "node:path";
import { stateFolder } from "../record/home.ts";
import { lookAt } from "./_sources.ts";
import { type HistoryOptions, openStored } from "./_stored.ts";
import { machineId } from "./machine.ts";
import { indexOne } from "./sync.ts";
import type { HistoryRecord } from "./types.ts";

/**
 * Puts a run that has just ended into the history. Whatever else is newer than the index is left to the
 * next `versus history`.
 *
 * @param record The run.
 * @param options Folder and wait.
 * @returns Why it could not be written, for a person; `undefined` when it was. The run is not lost: its
 * journal is there, and read by the next `versus history`.
 */
export function indexRun(record: HistoryRecord, options: HistoryOptions = {}): string | undefined {
  const folder = options.folder ?? stateFolder();
  try {
    const source = lookAt(folder, `runs/${record.id}.jsonl`);
    if (source === undefined) return `its journal is not in ${join(folder, "runs")}`;
    using history = openStored({ ...options, folder });
    indexOne(history, { record, machine: machineId(folder), ...source });
    return undefined;
  } catch (error) {
    // A run has been measured, whatever its index says.
    return error instanceof Error ? error.message : String(error);
  }
}
