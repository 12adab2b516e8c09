/** Lists runs. */
import { printable, VersusError } from "../error.ts";
import type { History, HistoryFilter, HistoryProblem, HistoryRun, RunStatus } from "./types.ts";

interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

function anyCase(column: string, wanted: readonly string[] | undefined): Condition[] {
  if (wanted === undefined || wanted.length === 0) return [];
  const marks = wanted.map(() => "?").join(", ");
  return [{
    sql: `EXISTS (SELECT 1 FROM cases WHERE cases.run = runs.no AND cases.${column} IN (${marks}))`,
    values: wanted,
  }];
}

function conditionsOf(filter: HistoryFilter): Condition[] {
  const { ids, since, until, machine, tags = [] } = filter;
  return [
    // One value however many there are: a statement takes 32,766 at most.
    ...(ids === undefined ? [] : [{
      sql: "runs.id IN (SELECT value FROM json_each(?))",
      values: [JSON.stringify(ids)],
    }]),
    ...anyCase("scenario", filter.scenarios),
    ...anyCase("language", filter.languages),
    ...(since === undefined ? [] : [{ sql: "runs.started_at >= ?", values: [since] }]),
    ...(until === undefined ? [] : [{ sql: "runs.started_at < ?", values: [until] }]),
    ...(machine === undefined ? [] : [{
      sql: "(substr(runs.machine, 1, length(?)) = ? OR environment.hostname = ?)",
      values: [machine, machine, machine],
    }]),
    ...tags.map((tag) => ({
      sql: "EXISTS (SELECT 1 FROM tags WHERE tags.run_id = runs.id AND tags.tag = ?)",
      values: [tag],
    })),
  ];
}

/** The runs' table with what a filter leaves of it, as SQL after FROM. */
function filtered(filter: HistoryFilter): Condition {
  const conditions = conditionsOf(filter);
  const where = conditions.map(({ sql }) => sql).join(" AND ");
  return {
    sql: "runs LEFT JOIN environment ON environment.run = runs.no" +
      (where === "" ? "" : ` WHERE ${where}`),
    values: conditions.flatMap(({ values }) => values),
  };
}

/**
 * Counts the runs that a filter leaves.
 *
 * @param history The history.
 * @param filter Which runs; its limit does not count.
 */
export function countRuns({ db }: History, filter: HistoryFilter = {}): number {
  const { sql, values } = filtered(filter);
  return Number(db.prepare(`SELECT count(*) AS n FROM ${sql}`).get(...values)!["n"]);
}

/**
 * Lists runs.
 *
 * @param history The history.
 * @param filter Which runs.
 * @returns The runs, latest first.
 */
export function listRuns({ db }: History, filter: HistoryFilter = {}): HistoryRun[] {
  const { sql, values } = filtered(filter);
  const limit = filter.limit ?? -1;
  const rows = db.prepare(
    `SELECT runs.no, runs.id, runs.started_at, runs.machine, runs.status, runs.samples,
      runs.imported, environment.hostname,
      (SELECT count(*) FROM cases WHERE cases.run = runs.no) AS cases
    FROM ${sql} ORDER BY runs.started_at DESC, runs.id DESC LIMIT ?`,
  ).all(...values, limit);
  const cases = db.prepare(
    "SELECT scenario, language FROM cases WHERE run = ? GROUP BY scenario, language " +
      "ORDER BY min(position)",
  );
  const tags = db.prepare("SELECT tag FROM tags WHERE run_id = ? ORDER BY tag");
  return rows.map((row): HistoryRun => {
    const own = cases.all(row["no"]!);
    const host = row["hostname"];
    return {
      id: String(row["id"]),
      startedAt: String(row["started_at"]),
      scenarios: [...new Set(own.map(({ scenario }) => String(scenario)))],
      languages: [...new Set(own.map(({ language }) => String(language)))],
      machine: String(row["machine"]),
      ...(typeof host === "string" ? { host } : {}),
      tags: tags.all(row["id"]!).map(({ tag }) => String(tag)),
      status: row["status"] as RunStatus,
      cases: Number(row["cases"]),
      samples: Number(row["samples"]),
      imported: row["imported"] === 1,
    };
  });
}

/**
 * Lists one run.
 *
 * @param history The history.
 * @param id Its identifier, from `requireRun`.
 * @throws {VersusError} If it is gone.
 */
export function describeRun(history: History, id: string): HistoryRun {
  const [run] = listRuns(history, { ids: [id] });
  if (run !== undefined) return run;
  throw new VersusError(`The run ${printable(id)} is not in the history any more`);
}

/**
 * Tells which machine a run was measured on.
 *
 * @param history The history.
 * @param id The run's identifier.
 * @returns The machine's identifier; `unknown` where nobody told.
 */
export function machineOf({ db }: History, id: string): string {
  return String(
    db.prepare("SELECT machine FROM runs WHERE id = ?").get(id)?.["machine"] ?? "unknown",
  );
}

/**
 * Lists the files that could not be indexed, or not wholly.
 *
 * @param history The history.
 */
export function listProblems({ db }: History): HistoryProblem[] {
  return db.prepare("SELECT source, reason FROM problems WHERE reason <> '' ORDER BY source").all()
    .map(({ source, reason }) => ({ source: String(source), reason: String(reason) }));
}
