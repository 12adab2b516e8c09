/** `versus history`: the list of runs. Only what a list takes is loaded. */
import { renderHistory } from "../../lib/report/history.ts";
import { toJson } from "../../lib/report/json.ts";
import type { HistoryDocument } from "../../lib/store/documents.ts";
import { countRuns, listProblems, listRuns } from "../../lib/store/list.ts";
import type { HistoryRun } from "../../lib/store/types.ts";
import { withHistory } from "../../lib/store/with_history.ts";
import { print, styleOf, tell } from "../output.ts";
import { filterOf, type HistoryFlags, OPEN } from "./flags.ts";

/** Runs that people are shown; all in a document. */
const SHOWN = 30;

/**
 * Makes the `history` document of some runs.
 *
 * @param runs The runs; the names of their machines are left out.
 * @param problems Files that could not be read.
 */
export function historyDocument(
  runs: readonly HistoryRun[],
  problems: HistoryDocument["problems"] = [],
): HistoryDocument {
  return {
    schema: "versus.history/1",
    runs: runs.map(({ host: _, ...run }) => run),
    problems,
  };
}

/** Lists runs, latest first. */
export async function listHistory(flags: HistoryFlags): Promise<void> {
  const filter = filterOf(flags);
  const limit = filter.limit ?? (flags.json ? undefined : SHOWN);
  const { runs, count, problems } = await withHistory((history) => ({
    runs: listRuns(history, limit === undefined ? filter : { ...filter, limit }),
    count: countRuns(history, filter),
    problems: listProblems(history),
  }), OPEN);
  if (flags.json) {
    print(toJson(historyDocument(runs, problems), 2));
    return;
  }
  const narrowed = Object.keys(filter).some((name) => name !== "limit");
  if (runs.length > 0) print(renderHistory(runs, styleOf(Deno.stdout, flags.color)));
  else print(narrowed ? "No run fits." : "There are no runs yet: start with versus run flipsum");
  if (count > runs.length) tell(`${count - runs.length} older ones are not shown; see --limit`);
  for (const { source, reason } of problems.slice(0, flags.verbose ? Infinity : 5)) {
    tell(`${source}: ${reason}`);
  }
  if (problems.length > 5 && !flags.verbose) {
    tell(`and ${problems.length - 5} more files; --verbose names all`);
  }
}
