/** The summaries of an index of version 1, which has them in its documents only. */
import type { Database } from "./_sqlite.ts";
import type { MetricSummaries } from "../record/types.ts";
import type { HistoryRecord } from "./types.ts";

/**
 * Prepares to write the summaries of cases.
 *
 * @param db The index.
 * @returns Writes those of one case, by its number.
 */
export function summaryWriter(
  db: Database,
): (caseNo: number | bigint, summary: MetricSummaries) => void {
  const insert = db.prepare("INSERT INTO summaries VALUES (?, ?, ?, ?, ?, ?, ?)");
  return (caseNo, summary) => {
    for (const [metric, { median, low, high, min, max }] of Object.entries(summary)) {
      insert.run(caseNo, metric, median, low, high, min, max);
    }
  };
}

/**
 * Fills the table of summaries from the runs' documents.
 *
 * @param db An index with an empty table of summaries.
 */
export function summariesFromDocuments(db: Database): void {
  const write = summaryWriter(db);
  const cases = db.prepare("SELECT no FROM cases WHERE run = ? ORDER BY position");
  for (const { no, document } of db.prepare("SELECT no, document FROM runs").all()) {
    const record = JSON.parse(String(document)) as HistoryRecord;
    const all = record.scenarios.flatMap((scenario) => scenario.cases);
    cases.all(no!).forEach((row, i) => write(Number(row["no"]), all[i]!.summary));
  }
}
