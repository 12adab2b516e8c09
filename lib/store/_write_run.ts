/** Puts a run into the index. */
import type { Database } from "./_sqlite.ts";
import type { Sample } from "../record/types.ts";
import { summaryWriter } from "./_summaries.ts";
import type { HistoryRecord, RunStatus } from "./types.ts";

/** A run with the file that it was read from. */
export interface SourcedRun {
  /** The run. */
  readonly record: HistoryRecord;
  /** The machine's identifier. */
  readonly machine: string;
  /** The file's path in the state folder, with `/`. */
  readonly source: string;
  /** The file's size. */
  readonly bytes: number;
  /** When the file was changed, in milliseconds since 1970. */
  readonly modified: number;
}

const FAILED = new Set(["failed", "timeout", "wrong-output"]);

/**
 * Tells how a run ended.
 *
 * @param record The run.
 */
export function statusOf(record: HistoryRecord): RunStatus {
  if (record.interrupted !== undefined) return "interrupted";
  if (record.finishedAt === undefined && record.imported === undefined) return "unfinished";
  const failed = record.scenarios.some((s) => s.cases.some((c) => FAILED.has(c.status)));
  return failed ? "failed" : "ok";
}

/** The document without the samples, which have a table of their own. */
function withoutSamples(record: HistoryRecord): string {
  return JSON.stringify({
    ...record,
    scenarios: record.scenarios.map((scenario) => ({
      ...scenario,
      cases: scenario.cases.map((c) => ({ ...c, samples: [] })),
    })),
  });
}

/** What few samples have, as text; `null` for none. */
function moreOf({ counters, metrics }: Sample): string | null {
  if (counters === undefined && metrics === undefined) return null;
  return JSON.stringify({ counters, metrics });
}

function sampleWriter(db: Database): (caseNo: number | bigint, samples: Sample[]) => void {
  const insert = db.prepare(`INSERT INTO samples VALUES (${Array(20).fill("?").join(", ")})`);
  return (caseNo, samples) => {
    samples.forEach((s, position) => {
      insert.run(
        caseNo,
        position,
        s.index,
        s.block,
        s.order,
        s.startedAt,
        s.wallS,
        s.cpuS ?? null,
        s.userS ?? null,
        s.sysS ?? null,
        s.maxRssKb ?? null,
        s.maxRssBound ?? null,
        s.method,
        s.exitCode,
        s.signal ?? null,
        s.minorFaults ?? null,
        s.majorFaults ?? null,
        s.voluntarySwitches ?? null,
        s.involuntarySwitches ?? null,
        moreOf(s),
      );
    });
  };
}

function insertRun(db: Database, run: SourcedRun): number | bigint {
  const { record, machine, source, bytes, modified } = run;
  const samples = record.scenarios
    .reduce((sum, s) => s.cases.reduce((n, c) => n + c.samples.length, sum), 0);
  const { lastInsertRowid: no } = db.prepare(
    `INSERT INTO runs (id, source, bytes, modified, started_at, status, machine, imported, samples,
      document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    record.id,
    source,
    bytes,
    modified,
    record.startedAt,
    statusOf(record),
    machine,
    source.startsWith("runs/") ? 0 : 1,
    samples,
    withoutSamples(record),
  );
  const { environment: e } = record;
  if (e !== undefined) {
    db.prepare("INSERT INTO environment VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
      no,
      e.os,
      e.kernel,
      e.hostname ?? null,
      e.cpuModel,
      e.cores,
      e.memTotalKb,
      e.runtime,
    );
  }
  return no;
}

/**
 * Writes a run with its cases and samples, in the place of what the same file held before. To be called
 * in a transaction.
 *
 * @param db The index.
 * @param run The run and its file.
 */
export function writeRun(db: Database, run: SourcedRun): void {
  db.prepare("DELETE FROM runs WHERE source = ?").run(run.source);
  const no = insertRun(db, run);
  const insert = db.prepare(
    `INSERT INTO cases (run, position, case_id, scenario, variant, language, toolchain,
      toolchain_version, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const writeSamples = sampleWriter(db);
  const writeSummary = summaryWriter(db);
  let position = 0;
  for (const scenario of run.record.scenarios) {
    for (const c of scenario.cases) {
      const { lastInsertRowid: caseNo } = insert.run(
        no,
        position++,
        c.caseId,
        scenario.name,
        c.variant,
        c.language,
        c.toolchain?.name ?? null,
        c.toolchain?.version ?? null,
        c.status,
      );
      writeSamples(caseNo, c.samples);
      writeSummary(caseNo, c.summary);
    }
  }
}
