/** What the history holds, as types. */
import type { Environment, RunRecord } from "../record/types.ts";
import type { Database } from "./_sqlite.ts";

/** Where a run that versus did not measure comes from. */
export interface ImportedFrom {
  /** Who wrote it. */
  readonly format: "hyperfine";
  /** The file. */
  readonly file: string;
}

/** A run as the history keeps it: one that hyperfine measured does not tell its machine. */
export interface HistoryRecord extends Omit<RunRecord, "environment"> {
  /** The machine; absent where nobody told. */
  readonly environment?: Environment;
  /** Who measured it, where versus did not. Its samples have no blocks in common with any other's. */
  readonly imported?: ImportedFrom;
}

/**
 * How a run ended: `failed` when a case printed a wrong result, crashed or took too long; `unfinished`
 * when its end was not written, since it is still going on or was killed.
 */
export type RunStatus = "ok" | "failed" | "interrupted" | "unfinished";

/** A run in a list. */
export interface HistoryRun {
  /** The run. */
  readonly id: string;
  /** When it started, RFC 3339 in UTC. */
  readonly startedAt: string;
  /** Names of its scenarios, in the order of the run. */
  readonly scenarios: string[];
  /** Languages of its cases. */
  readonly languages: string[];
  /** The identifier of the machine; `unknown` for files that do not tell it. */
  readonly machine: string;
  /** The machine's name, where it is known. Not in documents. */
  readonly host?: string;
  /** Words that the user gave it. */
  readonly tags: string[];
  /** How it ended. */
  readonly status: RunStatus;
  /** How many cases it planned. */
  readonly cases: number;
  /** How many samples it holds. */
  readonly samples: number;
  /** Whether it came from another machine or program. */
  readonly imported: boolean;
}

/** Which runs are wanted; all of what is given must hold. */
export interface HistoryFilter {
  /** With any of these identifiers. */
  readonly ids?: readonly string[];
  /** With any of these scenarios. */
  readonly scenarios?: readonly string[];
  /** With any of these languages. */
  readonly languages?: readonly string[];
  /** Started at this time or later, RFC 3339 in UTC. */
  readonly since?: string;
  /** Started before this time. */
  readonly until?: string;
  /** From a machine: its identifier, the beginning of it, or its name. */
  readonly machine?: string;
  /** With all of these tags. */
  readonly tags?: readonly string[];
  /** The latest so many. */
  readonly limit?: number;
}

/** A run with the machine that it was measured on. */
export interface Measured {
  /** The run. */
  readonly record: HistoryRecord;
  /** The machine's identifier; `unknown` where nobody told. */
  readonly machine: string;
}

/** One side of a comparison: a run, or one variant of it. */
export interface Side extends Measured {
  /** The variant; all by default. */
  readonly variant?: string;
}

/** An open index of the history. */
export interface History extends Disposable {
  /** The state folder. */
  readonly folder: string;
  /** The index. */
  readonly db: Database;
  /** Whether it is the one on the disk; else it was made in memory, for this process only. */
  readonly stored: boolean;
}

/** A file that could not be indexed, or not wholly. */
export interface HistoryProblem {
  /** Its path in the state folder. */
  readonly source: string;
  /** What is wrong with it. */
  readonly reason: string;
}
