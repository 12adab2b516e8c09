/** Brings the index up to date with the files that it is made from. */
import { changesOf } from "./_changes.ts";
import { transaction } from "./_database.ts";
import { readSource } from "./_read_source.ts";
import { lookAt, type Source } from "./_sources.ts";
import { type SourcedRun, writeRun } from "./_write_run.ts";
import { machineId } from "./machine.ts";
import { readTags } from "./tags.ts";
import type { History } from "./types.ts";

/** What was done. */
export interface SyncResult {
  /** Files that were read. */
  readonly read: number;
  /** Files that are gone. */
  readonly gone: number;
}

/** Called after each file that was read. */
export type SyncProgress = (done: number, of: number) => void;

function forget({ db }: History, source: string): void {
  db.prepare("DELETE FROM runs WHERE source = ?").run(source);
  db.prepare("DELETE FROM problems WHERE source = ?").run(source);
}

function note({ db }: History, { source, bytes, modified }: Source, reason: string): void {
  db.prepare("INSERT INTO problems VALUES (?, ?, ?, ?)").run(source, bytes, modified, reason);
}

/** Whether another file holds the same run already. */
function holderOf({ db }: History, id: string, source: string): string | undefined {
  const row = db.prepare("SELECT source FROM runs WHERE id = ? AND source <> ?").get(id, source);
  return row === undefined ? undefined : String(row["source"]);
}

/**
 * Indexes one run in a transaction of its own.
 *
 * @param history The index.
 * @param run The run and its file.
 * @param problem What is wrong with the file, if something is.
 */
export function indexOne(history: History, run: SourcedRun, problem?: string): void {
  const { record, source } = run;
  transaction(history.db, () => {
    forget(history, source);
    const holder = holderOf(history, record.id, source);
    if (holder !== undefined) {
      note(history, run, `it holds the same run as ${holder}`);
      return;
    }
    writeRun(history.db, run);
    if (problem !== undefined) note(history, run, problem);
  });
}

function indexSource(history: History, listed: Source, machine: string): void {
  // The file may grow while it is read: with the size from before, it is read again the next time.
  const source = lookAt(history.folder, listed.source);
  if (source === undefined) return;
  const { record, problem, machine: from } = readSource(history.folder, source.source);
  if (record !== undefined) {
    indexOne(history, { record, ...source, machine: from ?? machine }, problem);
    return;
  }
  transaction(history.db, () => {
    forget(history, source.source);
    // A journal that holds nothing yet is no problem, but need not be read again either.
    note(history, source, problem ?? "");
  });
}

function indexTags({ db, folder }: History, signature: string): void {
  const tags = readTags(folder);
  transaction(db, () => {
    db.exec("DELETE FROM tags");
    const insert = db.prepare("INSERT INTO tags VALUES (?, ?)");
    for (const [run, words] of tags) for (const word of words) insert.run(run, word);
    db.prepare("INSERT OR REPLACE INTO meta VALUES ('tags', ?)").run(signature);
  });
}

/**
 * Reads what is newer than the index: journals, runs from elsewhere, tags; takes out what is gone.
 * Where nothing has changed nothing is written, so that no other process is waited for.
 *
 * @param history The index.
 * @param progress Called after each file that was read.
 * @returns What was done.
 */
export function syncHistory(history: History, progress?: SyncProgress): SyncResult {
  const { changed, gone, tags } = changesOf(history);
  if (changed.length > 0) {
    const machine = machineId(history.folder);
    changed.forEach((source, i) => {
      indexSource(history, source, machine);
      progress?.(i + 1, changed.length);
    });
  }
  if (gone.length > 0) {
    transaction(history.db, () => gone.forEach((source) => forget(history, source)));
  }
  if (tags !== undefined) indexTags(history, tags);
  return { read: changed.length, gone: gone.length };
}
