/** One case over time. */
import { nearest, printable, VersusError } from "../error.ts";
import { changePoints } from "../stats/change_points.ts";
import { lag1Autocorrelation } from "../stats/drift.ts";
import type { TrendChange, TrendDocument, TrendPoint } from "./documents.ts";
import type { History, HistoryFilter, HistoryRecord } from "./types.ts";

/** Which runs, and what of them. */
export interface TrendOptions extends Pick<HistoryFilter, "since" | "until" | "machine"> {
  /** The metric's full name; what the latest run is ranked by by default. */
  readonly metric?: string;
  /** The latest so many runs, 200 by default: looking for changes takes their square. */
  readonly limit?: number;
}

const LIMIT = 200;

/** Names that are told when a word fits several cases. */
const SHOWN = 8;

/**
 * Finds the case that a person names.
 *
 * @param history The history.
 * @param text Its identifier, or a part of it that no other case has: `flipsum/go`.
 * @returns The identifier.
 * @throws {VersusError} If there is none, or several.
 */
export function findCase({ db }: History, text: string): string {
  const all = db.prepare(
    "SELECT case_id, count(*) AS n FROM cases GROUP BY case_id ORDER BY n DESC, case_id",
  ).all().map(({ case_id }) => String(case_id));
  if (all.includes(text)) return text;
  // flipsum/go is flipsum/go[n=2] and not flipsum/go-goroutines[n=2].
  const exact = all.filter((id) => id.startsWith(`${text}[`));
  const found = exact.length > 0 ? exact : all.filter((id) => id.includes(text));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const more = found.length > SHOWN ? " …" : "";
    throw new VersusError(
      `${printable(text)} fits ${found.length} cases: ` +
        found.slice(0, SHOWN).map(printable).join(" ") + more,
      { hint: "Give the whole name of one of them" },
    );
  }
  const near = nearest(text, all);
  const meant = near === undefined ? "" : `; did you mean ${printable(near)}?`;
  throw new VersusError(
    `No case ${printable(text)} among the ${all.length} of the history${meant}`,
    { hint: "See the cases of a run with: versus history show latest" },
  );
}

interface Row {
  readonly point: TrendPoint;
  readonly machine: string;
  readonly host: string | undefined;
  readonly platform: string;
  readonly facts: Readonly<Record<string, string>>;
}

function rowsOf({ db }: History, caseId: string, metric: string): Row[] {
  const rows = db.prepare(
    `SELECT runs.id, runs.started_at, runs.machine, summaries.median, summaries.low,
      summaries.high, cases.toolchain, cases.toolchain_version, environment.hostname,
      environment.os, environment.cpu_model, environment.kernel, environment.runtime,
      (SELECT count(*) FROM samples WHERE samples.case_no = cases.no) AS samples
    FROM cases JOIN runs ON runs.no = cases.run
      JOIN summaries ON summaries.case_no = cases.no AND summaries.metric = ?
      LEFT JOIN environment ON environment.run = runs.no
    WHERE cases.case_id = ? AND cases.status = 'ok'
    ORDER BY runs.started_at, runs.id`,
  ).all(metric, caseId);
  return rows.map((row): Row => {
    const { toolchain, toolchain_version: version, hostname, kernel, runtime } = row;
    const built = typeof toolchain === "string" ? { toolchain: `${toolchain} ${version}` } : {};
    return {
      point: {
        runId: String(row["id"]),
        startedAt: String(row["started_at"]),
        median: Number(row["median"]),
        low: Number(row["low"]),
        high: Number(row["high"]),
        samples: Number(row["samples"]),
        ...built,
      },
      machine: String(row["machine"]),
      host: typeof hostname === "string" ? hostname : undefined,
      platform: `${row["os"]} ${row["cpu_model"]}`,
      facts: { ...built, kernel: String(kernel), runtime: String(runtime) },
    };
  });
}

/** The metric by which the latest run with the case is ranked. */
function primaryMetric({ db }: History, caseId: string): string {
  const row = db.prepare(
    `SELECT runs.document FROM cases JOIN runs ON runs.no = cases.run
    WHERE cases.case_id = ? ORDER BY runs.started_at DESC LIMIT 1`,
  ).get(caseId);
  const record = JSON.parse(String(row?.["document"] ?? "{}")) as Partial<HistoryRecord>;
  const scenario = record.scenarios?.find((s) => s.cases.some((c) => c.caseId === caseId));
  return scenario?.primaryMetric ?? record.primaryMetric ?? "wallS";
}

function isWanted({ point, machine, host }: Row, options: TrendOptions): boolean {
  return (options.since === undefined || point.startedAt >= options.since) &&
    (options.until === undefined || point.startedAt < options.until) &&
    (options.machine === undefined || machine.startsWith(options.machine) ||
      host === options.machine);
}

function differences(before: Row, after: Row): TrendChange["differs"] {
  return Object.keys(after.facts)
    .filter((field) => before.facts[field] !== after.facts[field])
    .map((field) => ({
      field,
      a: before.facts[field] ?? "not told",
      b: after.facts[field] ?? "not told",
    }));
}

/**
 * Follows one case over the runs of one machine, and finds the runs from which on it has another level.
 *
 * The machine is the latest run's, unless one is asked for; runs on another processor or operating
 * system are left out and counted.
 *
 * @param history The history.
 * @param caseId The case, from {@linkcode findCase}.
 * @param options Which runs, which metric.
 * @returns The document.
 * @throws {VersusError} If no run has the case with the metric.
 */
export function trendOf(
  history: History,
  caseId: string,
  options: TrendOptions = {},
): TrendDocument {
  const metric = options.metric ?? primaryMetric(history, caseId);
  const all = rowsOf(history, caseId, metric).filter((row) => isWanted(row, options));
  const latest = all.at(-1);
  if (latest === undefined) {
    throw new VersusError(
      `No run has the case ${printable(caseId)} with the metric ${printable(metric)}, ` +
        "among those that were asked for",
      { hint: "See the runs with: versus history" },
    );
  }
  const own = all.filter((row) =>
    row.machine === latest.machine && row.platform === latest.platform
  );
  const rows = own.slice(-(options.limit ?? LIMIT));
  const found = changePoints(rows.map(({ point }) => point.median));
  const starts = [...found.map(({ index }) => index), rows.length];
  const residuals = rows.map(({ point }, i) => {
    const level = found[starts.findIndex((start) => i < start)]?.before ?? found.at(-1)?.after;
    return point.median / (level || 1);
  });
  return {
    schema: "versus.trend/1",
    caseId,
    metric,
    machine: latest.machine,
    method: "E-divisive on ranks, permutation test at 1 %, changes of at least 1 %",
    points: rows.map(({ point }) => point),
    changePoints: found.map(({ index, before, after, p }): TrendChange => ({
      runId: rows[index]!.point.runId,
      startedAt: rows[index]!.point.startedAt,
      index,
      before,
      after,
      ratio: after === 0 ? 0 : before / after,
      p,
      differs: differences(rows[index - 1]!, rows[index]!),
    })),
    resemblance: lag1Autocorrelation(residuals),
    omitted: { otherMachines: all.length - own.length, older: own.length - rows.length },
  };
}
