/** Takes a run out of the index. */
import type { Database } from "./_sqlite.ts";
import type { Sample } from "../record/types.ts";
import type { HistoryRecord } from "./types.ts";

/** Columns of the table of samples, and their names in documents, in the order of a document. */
const COLUMNS = [
  ["number", "index"],
  ["block", "block"],
  ["place", "order"],
  ["started_at", "startedAt"],
  ["wall_s", "wallS"],
  ["cpu_s", "cpuS"],
  ["user_s", "userS"],
  ["sys_s", "sysS"],
  ["max_rss_kb", "maxRssKb"],
  ["max_rss_bound", "maxRssBound"],
  ["method", "method"],
  ["exit_code", "exitCode"],
  ["signal", "signal"],
  ["minor_faults", "minorFaults"],
  ["major_faults", "majorFaults"],
  ["voluntary_switches", "voluntarySwitches"],
  ["involuntary_switches", "involuntarySwitches"],
] as const;

type SampleRow = Record<string, string | number | null>;

function sampleOf(row: SampleRow): Sample {
  const sample: Record<string, unknown> = {};
  for (const [column, name] of COLUMNS) {
    if (row[column] !== null) sample[name] = row[column];
  }
  if (row["more"] !== null) Object.assign(sample, JSON.parse(String(row["more"])));
  return sample as unknown as Sample;
}

/**
 * Reads a run with all its samples.
 *
 * @param db The index.
 * @param id The run's identifier.
 * @returns The document as it was indexed; `undefined` when there is none.
 */
export function readRun(db: Database, id: string): HistoryRecord | undefined {
  const run = db.prepare("SELECT no, document FROM runs WHERE id = ?").get(id);
  if (run === undefined) return undefined;
  const record = JSON.parse(String(run["document"])) as HistoryRecord;
  const cases = record.scenarios.flatMap((scenario) => scenario.cases);
  const numbers = db.prepare("SELECT no FROM cases WHERE run = ? ORDER BY position").all(
    run["no"]!,
  );
  const samples = db.prepare("SELECT * FROM samples WHERE case_no = ? ORDER BY position");
  numbers.forEach(({ no }, i) => {
    cases[i]!.samples = samples.all(no!).map((row) => sampleOf(row as SampleRow));
  });
  return record;
}
