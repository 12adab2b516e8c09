/** Makes the index again from the files that it is made from. */
import { transaction } from "./_database.ts";
import { syncHistory, type SyncProgress, type SyncResult } from "./sync.ts";
import type { History } from "./types.ts";

/**
 * Empties the index and reads every file again.
 *
 * @param history The index.
 * @param progress Called after each file.
 * @returns What was read.
 */
export function rebuildHistory(history: History, progress?: SyncProgress): SyncResult {
  transaction(history.db, () => {
    // Row by row the cascades would take as long as the reading; the order makes them unneeded.
    for (const table of ["samples", "summaries", "cases", "environment", "runs"]) {
      history.db.exec(`DELETE FROM ${table}`);
    }
    history.db.exec("DELETE FROM problems; DELETE FROM tags; DELETE FROM meta");
  });
  return syncHistory(history, progress);
}
