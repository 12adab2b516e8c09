/** `versus history prune` and `history rebuild`. */
import { printable, VersusError } from "../../lib/error.ts";
import { stateFolder } from "../../lib/record/home.ts";
import { renderHistory } from "../../lib/report/history.ts";
import { formatBytes, toJson } from "../../lib/report/mod.ts";
import {
  choosePrune,
  listProblems,
  listRuns,
  prune,
  type PruneItem,
  type PruneRule,
  rebuildHistory,
  useHistory,
} from "../../lib/store/mod.ts";
import { print, styleOf, tell } from "../output.ts";
import { parseCount } from "../values.ts";
import { filterOf, type HistoryFlags, OPEN, requireWords } from "./flags.ts";
import { historyDocument } from "./list.ts";
import { parseAge } from "./moments.ts";

function ruleOf(flags: HistoryFlags): PruneRule {
  if (flags.keep === undefined && flags.olderThan === undefined) {
    throw new VersusError("Found no rule, expected --keep or --older-than", {
      hint: "For example: versus history prune --keep 100, or --older-than 90d",
    });
  }
  return {
    ...(flags.keep === undefined ? {} : { keep: parseCount("--keep", flags.keep) }),
    ...(flags.olderThan === undefined ? {} : { before: parseAge("--older-than", flags.olderThan) }),
  };
}

/** Asks on the terminal. */
function agreed(items: readonly PruneItem[], flags: HistoryFlags): boolean {
  if (flags.yes) return true;
  if (!Deno.stdin.isTerminal() || !Deno.stderr.isTerminal()) {
    throw new VersusError("Nothing was removed: nobody can be asked", {
      hint: "Look at the list above, then add --yes",
    });
  }
  const runs = items.length === 1 ? "this run" : `these ${items.length} runs`;
  return /^y(es)?$/i.test((prompt(`Remove ${runs} for good? [y/N]`) ?? "").trim());
}

/** Removes runs, after saying which. */
export function pruneHistory(flags: HistoryFlags, words: readonly string[]): void {
  requireWords("prune", words, "options only", 0, 0);
  const rule = ruleOf(flags);
  const items = useHistory(
    (history) => choosePrune(history, listRuns(history, filterOf(flags)), rule),
    OPEN,
  );
  if (items.length === 0) tell("Nothing to remove");
  if (items.length === 0 || !confirmed(items, flags)) return say([], flags);
  const gone = new Set(prune(items, stateFolder()));
  useHistory(() => {}, OPEN);
  say(items.filter(({ run }) => gone.has(run.id)), flags);
  for (const { run } of items) {
    if (!gone.has(run.id)) tell(`${printable(run.id)} stays: it is still being written`);
  }
}

/** Says which runs are gone. */
function say(items: readonly PruneItem[], flags: HistoryFlags): void {
  if (flags.json) print(toJson(historyDocument(items.map(({ run }) => run)), 2));
  else for (const { run } of items) print(printable(run.id));
}

/** Shows what would be removed, and asks. */
function confirmed(items: readonly PruneItem[], flags: HistoryFlags): boolean {
  const style = styleOf(Deno.stderr, flags.color);
  tell(renderHistory(items.map(({ run }) => run), style).trimEnd());
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  const many = items.length === 1 ? "1 run" : `${items.length} runs`;
  tell(`${many}, ${formatBytes(bytes)}; runs with tags stay`);
  const yes = agreed(items, flags);
  if (!yes) tell("Nothing was removed");
  return yes;
}

/** Makes the index again. */
export function rebuild(flags: HistoryFlags, words: readonly string[]): void {
  requireWords("rebuild", words, "nothing", 0, 0);
  const { read, runs, problems } = useHistory((history) => {
    const { read } = rebuildHistory(history);
    return { read, runs: listRuns(history), problems: listProblems(history) };
  }, OPEN);
  if (flags.json) print(toJson(historyDocument(runs, problems), 2));
  for (const { source, reason } of problems) tell(`${source}: ${reason}`);
  tell(
    `Read ${read} ${read === 1 ? "file" : "files"}: ${runs.length} ${
      runs.length === 1 ? "run" : "runs"
    }`,
  );
}
