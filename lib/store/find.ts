/** Finds the run that a person names. */
import { nearest, printable, VersusError } from "../error.ts";
import { readRun } from "./_read_run.ts";
import type { History, HistoryRecord } from "./types.ts";

/** Identifiers that are told when a name fits several runs. */
const SHOWN = 5;

/** Fewer characters than this are no beginning of an identifier. */
const MIN_PREFIX = 3;

/** Which runs `latest` counts. */
export interface FindRunOptions {
  /** Only runs that hold samples of one of these cases. */
  readonly cases?: readonly string[];
}

function column(history: History, sql: string, ...values: string[]): string[] {
  return history.db.prepare(sql).all(...values).map(({ id }) => String(id));
}

/** Whether a run holds samples of one of the cases that are asked for. */
function holds({ db }: History, id: string, cases: readonly string[] | undefined): boolean {
  if (cases === undefined) return true;
  const own = db.prepare(
    `SELECT case_id FROM cases JOIN runs ON runs.no = cases.run
    WHERE runs.id = ? AND EXISTS (SELECT 1 FROM samples WHERE samples.case_no = cases.no)`,
  ).all(id);
  return own.some(({ case_id }) => cases.includes(String(case_id)));
}

/** Takes the run that is so many before the latest. */
function fromLatest(
  history: History,
  ids: readonly string[],
  back: number,
  what: string,
  { cases }: FindRunOptions,
): string {
  const fitting = ids.filter((id) => holds(history, id, cases));
  const found = fitting[back];
  if (found !== undefined) return found;
  const which = cases === undefined ? what : `${what} with the cases of this run`;
  throw new VersusError(
    fitting.length === 0
      ? `The history has no ${which}`
      : `The history has ${fitting.length} ${which}, expected at least ${back + 1}`,
    { hint: "See the runs with: versus history" },
  );
}

/** How many runs before: `latest~2` is 2, `latest` 0. */
function stepsBack(name: string): { word: string; back: number } {
  const match = name.match(/^(.+)~(\d{1,6})$/);
  return match === null ? { word: name, back: 0 } : { word: match[1]!, back: Number(match[2]) };
}

/**
 * Finds a run by what a person calls it: its identifier, the beginning of it if that is one run's only,
 * `latest`, `latest~1` for the one before, a tag (of several runs the latest), `TAG~1`.
 *
 * `latest` is this machine's latest run that has something to show: it has samples, or came to its end.
 * Runs from elsewhere have to be named.
 *
 * @param history The history.
 * @param name What was typed.
 * @param options Which runs count for `latest` and tags.
 * @returns The identifier; `undefined` when the name fits nothing.
 * @throws {VersusError} If it fits several runs, or there are not so many.
 */
export function findRun(
  history: History,
  name: string,
  options: FindRunOptions = {},
): string | undefined {
  const { word, back } = stepsBack(name);
  if (word === "latest") {
    const ids = column(
      history,
      `SELECT id FROM runs WHERE imported = 0 AND (samples > 0 OR status IN ('ok', 'failed'))
      ORDER BY started_at DESC, id DESC`,
    );
    return fromLatest(history, ids, back, back === 0 ? "run of this machine" : "runs", options);
  }
  const exact = column(history, "SELECT id FROM runs WHERE id = ?", name);
  if (exact.length > 0) return exact[0];
  const tagged = column(
    history,
    "SELECT id FROM runs JOIN tags ON tags.run_id = runs.id WHERE tag = ? " +
      "ORDER BY started_at DESC, id DESC",
    word,
  );
  if (tagged.length > 0) {
    return fromLatest(history, tagged, back, `run tagged ${printable(word)}`, options);
  }
  if (name.length < MIN_PREFIX) return undefined;
  const begun = column(
    history,
    "SELECT id FROM runs WHERE substr(id, 1, length(?)) = ? ORDER BY id",
    name,
    name,
  );
  if (begun.length > 1) {
    const more = begun.length > SHOWN ? " …" : "";
    throw new VersusError(
      `${printable(name)} is the beginning of ${begun.length} runs: ` +
        begun.slice(0, SHOWN).map(printable).join(" ") + more,
      { hint: "Give more of the identifier" },
    );
  }
  return begun[0];
}

/**
 * Finds a run that has to be there.
 *
 * @param history The history.
 * @param name What was typed; see {@linkcode findRun}.
 * @param options Which runs count for `latest` and tags.
 * @returns The identifier.
 * @throws {VersusError} With the nearest identifier or tag.
 */
export function requireRun(history: History, name: string, options: FindRunOptions = {}): string {
  const found = findRun(history, name, options);
  if (found !== undefined) return found;
  const ids = column(history, "SELECT id FROM runs");
  const tags = column(history, "SELECT DISTINCT tag AS id FROM tags");
  const near = nearest(name, ["latest", ...tags, ...ids]);
  const meant = near === undefined ? "" : `; did you mean ${printable(near)}?`;
  throw new VersusError(
    `No run ${printable(name)} among the ${ids.length} of the history${meant}`,
    { hint: "See the runs with: versus history" },
  );
}

/**
 * Reads a run with all its samples.
 *
 * @param history The history.
 * @param id The run's identifier, from {@linkcode requireRun}.
 * @throws {VersusError} If it is gone.
 */
export function loadRun(history: History, id: string): HistoryRecord {
  const record = readRun(history.db, id);
  if (record !== undefined) return record;
  throw new VersusError(`The run ${printable(id)} is not in the history any more`);
}
