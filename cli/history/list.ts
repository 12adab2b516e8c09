/** `versus history`, `history show` and `history trend`. */
import { metricName } from "../../lib/bench/metrics.ts";
import { renderHistory } from "../../lib/report/history.ts";
import { renderRun, toJson } from "../../lib/report/mod.ts";
import { renderTrend } from "../../lib/report/trend.ts";
import type { RunRecord } from "../../lib/record/schema.ts";
import {
  countRuns,
  exportRun,
  findCase,
  type HistoryDocument,
  type HistoryRun,
  listProblems,
  listRuns,
  loadRun,
  requireRun,
  trendOf,
  useHistory,
} from "../../lib/store/mod.ts";
import { print, styleOf, tell } from "../output.ts";
import { parseCount } from "../values.ts";
import { filterOf, type HistoryFlags, OPEN, requireWords } from "./flags.ts";

/** Runs that people are shown; all in a document. */
const SHOWN = 30;

/** A run as the document has it: the machine's name is not in there. */
function forDocument({ host: _, ...run }: HistoryRun): HistoryDocument["runs"][number] {
  return run;
}

/** Lists runs, latest first. */
export function listHistory(flags: HistoryFlags): void {
  const filter = filterOf(flags);
  const limit = filter.limit ?? (flags.json ? undefined : SHOWN);
  const { runs, count, problems } = useHistory((history) => ({
    runs: listRuns(history, limit === undefined ? filter : { ...filter, limit }),
    count: countRuns(history, filter),
    problems: listProblems(history),
  }), OPEN);
  if (flags.json) {
    print(toJson({ schema: "versus.history/1", runs: runs.map(forDocument), problems }, 2));
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

/** Shows one run as it was shown when it ended. */
export function showRun(flags: HistoryFlags, words: readonly string[]): void {
  requireWords("show", words, "one run", 1, 1);
  const { record, run, envelope } = useHistory((history) => {
    const id = requireRun(history, words[0]!);
    const run = listRuns(history).find((one) => one.id === id)!;
    const record = loadRun(history, id);
    const foreign = flags.json === true && record.imported !== undefined;
    return { record, run, envelope: foreign ? exportRun(history, run) : undefined };
  }, OPEN);
  if (flags.json) return print(toJson(envelope ?? record, 2));
  const style = styleOf(Deno.stdout, flags.color);
  // Whoever draws a run knows that hyperfine does not tell the machine.
  print(renderRun(record as RunRecord, { ...style, verbose: flags.verbose ?? false }));
  print(renderHistory([run], style));
}

/** Shows one case over time. */
export function showTrend(flags: HistoryFlags, words: readonly string[]): void {
  requireWords("trend", words, "one case, such as flipsum/go", 1, 1);
  const { since, until, machine } = filterOf(flags);
  const document = useHistory((history) =>
    trendOf(history, findCase(history, words[0]!), {
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      ...(machine === undefined ? {} : { machine }),
      ...(flags.metric === undefined ? {} : { metric: metricName(flags.metric) }),
      ...(flags.limit === undefined ? {} : { limit: parseCount("--limit", flags.limit, 1) }),
    }), OPEN);
  if (flags.json) return print(toJson(document, 2));
  print(renderTrend(document, styleOf(Deno.stdout, flags.color)));
}
