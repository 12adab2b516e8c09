/** Opens the history with as little as it takes. */
import { changesOf, isUpToDate } from "./_changes.ts";
import { faultOf } from "./_errors.ts";
import { type HistoryOptions, openStored } from "./_stored.ts";
import type { History } from "./types.ts";

/** Reads where the index is in order and up to date; `undefined` where it is not. */
function attempt<T>(
  use: (history: History) => T,
  options: HistoryOptions,
): { value: T } | undefined {
  try {
    using history = openStored(options);
    return isUpToDate(changesOf(history)) ? { value: use(history) } : undefined;
  } catch (error) {
    // Whatever else is the matter with the folder is told by who opens it with all means.
    if (faultOf(error) === undefined && !(error instanceof Error && "code" in error)) throw error;
    return undefined;
  }
}

/**
 * Reads from the history as `useHistory` does. What reads journals, and all that goes with it, is loaded
 * only where there is something to read: most often a list is asked for of runs that are indexed.
 *
 * @param use Reads; it may be called again after a failure, so it changes nothing but the index.
 * @param options Folder, wait, where to tell.
 * @returns What `use` returned.
 */
export async function withHistory<T>(
  use: (history: History) => T,
  options: HistoryOptions = {},
): Promise<T> {
  const found = attempt(use, options);
  if (found !== undefined) return found.value;
  const { useHistory } = await import("./open.ts");
  return useHistory(use, options);
}
