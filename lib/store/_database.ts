/** Opens the index: write-ahead log, a wait for others, tables brought up to date. */
import { type Database, openFile } from "./_sqlite.ts";
import { faultOf, NewerIndex } from "./_errors.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "./_schema.ts";

/** Runs in one transaction that waits for its turn to write; undone when something is thrown. */
export function transaction<T>(db: Database, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    db.exec("COMMIT");
    return value;
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function versionOf(db: Database): number {
  return Number(db.prepare("PRAGMA user_version").get()!["user_version"]);
}

/** Brings the tables up to date; another process may be doing the same. */
function migrate(db: Database): void {
  if (versionOf(db) === SCHEMA_VERSION) return;
  transaction(db, () => {
    const from = versionOf(db);
    if (from > SCHEMA_VERSION) throw new NewerIndex(from, SCHEMA_VERSION);
    for (const step of MIGRATIONS.slice(from)) step(db);
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  });
}

/** How long to wait before the log is asked for again, in milliseconds. */
const PAUSE_MS = 20;

/**
 * Switches to the write-ahead log, which a database keeps from then on. SQLite does not wait for others
 * here: of two processes that make the database at once, one is told that it is locked.
 */
function useLog(db: Database, waitMs: number): void {
  const until = performance.now() + waitMs;
  while (db.prepare("PRAGMA journal_mode").get()!["journal_mode"] !== "wal") {
    try {
      db.exec("PRAGMA journal_mode = WAL");
      // Some file systems have no log; the index works without one.
      return;
    } catch (error) {
      if (faultOf(error) !== "locked" || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

/**
 * Opens an index, or makes it.
 *
 * The write-ahead log lets others read while one writes. What a power cut takes from it is read from the
 * journals again, so nothing here waits for the disk.
 *
 * @param path The file, or `:memory:`.
 * @param waitMs How long to wait for others that write, in milliseconds.
 * @throws If it can't be opened, is damaged or newer; see `faultOf`.
 */
export function openDatabase(path: string, waitMs: number): Database {
  const db = openFile(path, waitMs);
  try {
    db.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
    if (versionOf(db) > SCHEMA_VERSION) throw new NewerIndex(versionOf(db), SCHEMA_VERSION);
    if (path !== ":memory:") useLog(db, waitMs);
    db.exec("PRAGMA cache_size = -16000");
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
