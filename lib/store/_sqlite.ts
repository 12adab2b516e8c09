/**
 * As much of `node:sqlite` as the index needs. Its types are written down here: where a package brings
 * older types of Node's modules with it, those hide the ones that Deno has.
 */
import process from "node:process";

/** What a column can hold; counts of rows are numbers up to 2^53. */
export type SqlValue = string | number | bigint | null;

/** A row by the names of its columns. */
export type SqlRow = Record<string, SqlValue>;

/** A prepared statement. */
export interface Statement {
  /** The first row; `undefined` when there is none. */
  get(...values: SqlValue[]): SqlRow | undefined;
  /** All rows. */
  all(...values: SqlValue[]): SqlRow[];
  /** Runs it for what it changes. */
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
}

/** An open database. */
export interface Database {
  /** Whether a transaction is open. */
  readonly isTransaction: boolean;
  /** Runs statements without values. */
  exec(sql: string): void;
  /** Prepares a statement. */
  prepare(sql: string): Statement;
  /** Closes the database. */
  close(): void;
}

interface SqliteModule {
  readonly DatabaseSync: new (path: string, options?: { timeout?: number }) => Database;
}

interface Builtin {
  getBuiltinModule(name: "node:sqlite"): SqliteModule;
}

/**
 * Opens a database file.
 *
 * @param path The file, or `:memory:`.
 * @param waitMs How long to wait for others that write, in milliseconds.
 */
export function openFile(path: string, waitMs: number): Database {
  const { DatabaseSync } = (process as unknown as Builtin).getBuiltinModule("node:sqlite");
  return new DatabaseSync(path, { timeout: waitMs });
}
