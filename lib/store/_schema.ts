/**
 * The tables of the index, by version. Each entry of {@linkcode MIGRATIONS} takes a database from its own
 * version to the next; a new database goes through all of them, so that there is one way only.
 *
 * An entry is never changed once it is out: a change is a new entry, with a database of the version
 * before it under `tests/store/fixtures`.
 */
import type { Database } from "./_sqlite.ts";
import { summariesFromDocuments } from "./_summaries.ts";

/**
 * Version 1. `runs.document` is the run document with its samples taken out; a run's source is the file
 * that it can be read from again, with the size and time that the file had. Tags belong to identifiers
 * and not to rows, since rows are made again.
 */
const VERSION_1 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL,
  modified REAL NOT NULL,
  started_at TEXT NOT NULL,
  status TEXT NOT NULL,
  machine TEXT NOT NULL,
  imported INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX runs_by_time ON runs (started_at, id);
CREATE TABLE environment (
  run INTEGER PRIMARY KEY REFERENCES runs (no) ON DELETE CASCADE,
  os TEXT NOT NULL,
  kernel TEXT NOT NULL,
  hostname TEXT,
  cpu_model TEXT NOT NULL,
  cores INTEGER NOT NULL,
  mem_total_kb INTEGER NOT NULL,
  runtime TEXT NOT NULL
);
CREATE TABLE cases (
  no INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  scenario TEXT NOT NULL,
  variant TEXT NOT NULL,
  language TEXT NOT NULL,
  toolchain TEXT,
  toolchain_version TEXT,
  status TEXT NOT NULL
);
CREATE INDEX cases_by_run ON cases (run, position);
CREATE TABLE samples (
  case_no INTEGER NOT NULL REFERENCES cases (no) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,
  block INTEGER NOT NULL,
  place INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  wall_s REAL NOT NULL,
  cpu_s REAL,
  user_s REAL,
  sys_s REAL,
  max_rss_kb INTEGER,
  max_rss_bound TEXT,
  method TEXT NOT NULL,
  exit_code INTEGER NOT NULL,
  signal TEXT,
  minor_faults INTEGER,
  major_faults INTEGER,
  voluntary_switches INTEGER,
  involuntary_switches INTEGER,
  more TEXT,
  PRIMARY KEY (case_no, position)
) WITHOUT ROWID;
CREATE TABLE tags (
  run_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (run_id, tag)
) WITHOUT ROWID;
`;

/**
 * Version 2. A trend reads one median of each run: without them it read every sample of every run (a
 * second for a million). Files that can't be read are remembered, so that they are not read again each time.
 */
const VERSION_2 = `
CREATE TABLE summaries (
  case_no INTEGER NOT NULL REFERENCES cases (no) ON DELETE CASCADE,
  metric TEXT NOT NULL,
  median REAL NOT NULL,
  low REAL NOT NULL,
  high REAL NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  PRIMARY KEY (case_no, metric)
) WITHOUT ROWID;
CREATE INDEX cases_by_id ON cases (case_id, run);
CREATE TABLE problems (
  source TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  modified REAL NOT NULL,
  reason TEXT NOT NULL
) WITHOUT ROWID;
`;

/** Takes a database from the version of its place (0 for an empty one) to the next. */
export const MIGRATIONS: readonly ((db: Database) => void)[] = [
  (db) => db.exec(VERSION_1),
  (db) => {
    db.exec(VERSION_2);
    summariesFromDocuments(db);
  },
];

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;
