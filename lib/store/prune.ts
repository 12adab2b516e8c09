/** Removes runs for good: their files, and so their rows. */
import { join } from "node:path";
import { EXIT, printable, VersusError } from "../error.ts";
import type { History, HistoryRun } from "./types.ts";

/** Which runs go. */
export interface PruneRule {
  /** The latest so many stay. */
  readonly keep?: number;
  /** What started at this time or later stays, RFC 3339 in UTC. */
  readonly before?: string;
}

/** A run that would go. */
export interface PruneItem {
  /** The run. */
  readonly run: HistoryRun;
  /** Its file, in the state folder. */
  readonly source: string;
  /** The file's size. */
  readonly bytes: number;
}

/**
 * Chooses the runs that a rule lets go. Runs with tags stay: somebody gave them a name.
 *
 * @param history The history.
 * @param runs The runs to choose from, latest first.
 * @param rule Which go; both parts must let a run go.
 * @returns The runs, with their files.
 */
export function choosePrune(
  history: History,
  runs: readonly HistoryRun[],
  rule: PruneRule,
): PruneItem[] {
  const find = history.db.prepare("SELECT source, bytes FROM runs WHERE id = ?");
  return runs
    .filter((run, i) => i >= (rule.keep ?? 0) && run.tags.length === 0)
    .filter((run) => rule.before === undefined || run.startedAt < rule.before)
    .flatMap((run) => {
      const row = find.get(run.id);
      return row === undefined
        ? []
        : [{ run, source: String(row["source"]), bytes: Number(row["bytes"]) }];
    });
}

/** Removes a journal, unless it is being written. */
function removeFile(path: string): boolean {
  try {
    using file = Deno.openSync(path, { read: true, write: true });
    if (!file.tryLockSync(true)) return false;
    Deno.removeSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw new VersusError(`Cannot remove ${printable(path)}: ${(error as Error).message}`, {
      hint: "Look at the permissions of the folder",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
}

/**
 * Removes the files of runs.
 *
 * @param items The runs.
 * @param folder The state folder.
 * @returns Identifiers of the runs that are gone; those that are still being written stay.
 * @throws {VersusError} If a file can't be removed.
 */
export function prune(items: readonly PruneItem[], folder: string): string[] {
  return items.filter(({ source }) => removeFile(join(folder, source))).map(({ run }) => run.id);
}
