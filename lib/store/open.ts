/** Opens the history, whatever state its index is in. */
import { join } from "node:path";
import { stateFolder } from "../record/home.ts";
import { faultOf, type IndexFault } from "./_errors.ts";
import { asHistory, type HistoryOptions, indexPath, openStored } from "./_stored.ts";
import { syncHistory } from "./sync.ts";
import type { History } from "./types.ts";

/** What is said when the index on the disk can't be used. */
const WORDS: Readonly<Record<IndexFault, string>> = {
  damaged: "The history's index is damaged",
  newer: "The history's index was written by a newer versus, which is left as it is",
  locked: "The history's index is locked by another process",
  full: "The disk is full, so the history's index can't be brought up to date",
  unwritable: "The history's index can't be written",
};

/**
 * The files of the index: the log, the log's map, the database. The database goes last: a log that was left
 * beside a new database would be taken for its own.
 */
const PARTS = ["-wal", "-shm", ""];

/** Which file is at the index's path: another one after somebody has put it aside. */
function fileNumber(folder: string): number | null {
  try {
    return Deno.statSync(indexPath(folder)).ino;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Not there yet, or not to be reached: opening it will tell.
    return null;
  }
}

/**
 * Puts a damaged index aside. Of several processes that find it damaged one does so.
 *
 * @param folder The state folder.
 * @param damaged The number of the file that was found damaged.
 * @returns The name that it has now; `undefined` when another process was first.
 */
function setAside(folder: string, damaged: number | null): string | undefined {
  const path = indexPath(folder);
  using lock = Deno.openSync(join(folder, "history.lock"), { write: true, create: true });
  lock.lockSync(true);
  if (fileNumber(folder) !== damaged) return undefined;
  const aside = `${path}.damaged-${new Date().toISOString().replace(/[-:.]/g, "")}`;
  for (const part of PARTS) {
    try {
      Deno.renameSync(path + part, aside + part);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return aside;
}

function attempt<T>(options: HistoryOptions, use: (history: History) => T): T {
  using history = openStored(options);
  syncHistory(history, options.progress);
  return use(history);
}

function inMemory<T>(options: HistoryOptions, use: (history: History) => T): T {
  using history = asHistory(":memory:", options.folder ?? stateFolder(), 0);
  syncHistory(history, options.progress);
  return use(history);
}

function fault(error: unknown): IndexFault | undefined {
  const known = faultOf(error);
  if (known !== undefined) return known;
  const denied = error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists ||
    error instanceof Error && /read-only file system|no space left/i.test(error.message);
  return denied ? "unwritable" : undefined;
}

/**
 * Reads from the history. The index is brought up to date before. One that is damaged is put aside and made
 * again from the journals; where it can't be used (locked, full disk, read-only, of a newer versus) one is
 * made in memory for this once. Either way a line says so, and nothing is lost.
 *
 * @param use Reads; it may be called again after a failure, so it changes nothing but the index.
 * @param options Folder, wait, where to tell.
 * @returns What `use` returned.
 */
export function useHistory<T>(use: (history: History) => T, options: HistoryOptions = {}): T {
  const { folder = stateFolder(), tell = () => {} } = options;
  let found: IndexFault | undefined;
  for (let turn = 0; turn < 2; turn++) {
    const file = fileNumber(folder);
    try {
      return attempt(options, use);
    } catch (error) {
      found = fault(error);
      if (found === undefined) throw error;
      if (found !== "damaged") break;
      const aside = setAside(folder, file);
      if (aside !== undefined) {
        tell(
          `The history's index was damaged; it is kept as ${aside} and made again from the journals`,
        );
      }
    }
  }
  tell(`${WORDS[found ?? "unwritable"]}; it is made again from the journals for this once`);
  return inMemory(options, use);
}
