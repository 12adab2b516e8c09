/** What an error of SQLite means for the index. Deno gives SQLite's message and no number. */

/** What is the matter with the index. */
export type IndexFault = "damaged" | "newer" | "locked" | "full" | "unwritable";

/** The index was written by a newer version of versus. */
export class NewerIndex extends Error {
  /** The name by which the error is told apart. */
  override name = "NewerIndex";
  /**
   * @param found The version of its tables.
   * @param known The newest that this program knows.
   */
  constructor(readonly found: number, readonly known: number) {
    super(`The history's index has version ${found}, this versus knows up to ${known}`);
  }
}

const FAULTS: readonly (readonly [RegExp, IndexFault])[] = [
  [/not a database|malformed|file is encrypted|unsupported file format|no such table/i, "damaged"],
  [/no such column|has no column|UNIQUE constraint failed: meta|already exists/i, "damaged"],
  [/is locked|is busy|locking protocol/i, "locked"],
  [/is full|no space left/i, "full"],
  [/readonly|read-only|unable to open|disk i\/o|not authorized|out of memory/i, "unwritable"],
];

/**
 * Tells what an error says of the index.
 *
 * @param error Anything that was thrown.
 * @returns What is the matter; `undefined` when the error is not the index's.
 */
export function faultOf(error: unknown): IndexFault | undefined {
  if (error instanceof NewerIndex) return "newer";
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") {
    return undefined;
  }
  return FAULTS.find(([pattern]) => pattern.test(error.message))?.[1] ?? "unwritable";
}
