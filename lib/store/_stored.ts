/** Opens the index on the disk, or in memory. */
import { join } from "node:path";
import { stateFolder } from "../record/home.ts";
import { openDatabase } from "./_database.ts";
import type { History } from "./types.ts";

/** How the history is opened. */
export interface HistoryOptions {
  /** The state folder; the user's by default. */
  readonly folder?: string;
  /** How long to wait for others that write, in milliseconds; 3,000 by default. */
  readonly waitMs?: number;
  /** Tells a person that something is not as it should be, one line each. */
  readonly tell?: (line: string) => void;
  /** Called after each file that was read into the index. */
  readonly progress?: (done: number, of: number) => void;
}

const WAIT_MS = 3000;

/** The path of the index in a state folder. */
export function indexPath(folder: string): string {
  return join(folder, "history.sqlite3");
}

/**
 * Opens an index.
 *
 * @param path Its file, or `:memory:`.
 * @param folder The state folder.
 * @param waitMs How long to wait for others that write, in milliseconds.
 */
export function asHistory(path: string, folder: string, waitMs: number): History {
  const db = openDatabase(path, waitMs);
  return {
    folder,
    db,
    stored: path !== ":memory:",
    [Symbol.dispose]: () => db.close(),
  };
}

/**
 * Opens the index on the disk.
 *
 * @param options Folder and wait.
 * @throws If it can't be used; see `faultOf`.
 */
export function openStored(options: HistoryOptions = {}): History {
  const { folder = stateFolder(), waitMs = WAIT_MS } = options;
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return asHistory(indexPath(folder), folder, waitMs);
}
