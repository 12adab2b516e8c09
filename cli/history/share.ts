/** `versus history export`, `import`, `merge` and `tag`. */
import { printable } from "../../lib/error.ts";
import { anonymize } from "../../lib/report/anonymize.ts";
import { toJson } from "../../lib/report/json.ts";
import { stateFolder } from "../../lib/record/home.ts";
import {
  describeRun,
  exportRun,
  type History,
  type HistoryRun,
  keepRuns,
  listRuns,
  readHistory,
  type ReadRun,
  readRuns,
  readTags,
  requireRun,
  requireTag,
  type TagChange,
  useHistory,
  writeLines,
  writeTags,
} from "../../lib/store/mod.ts";
import { print, tell } from "../output.ts";
import { filterOf, type HistoryFlags, OPEN, requireWords } from "./flags.ts";
import { historyDocument } from "./list.ts";

/** The runs that are named, or all that the filter leaves. */
function chosen(history: History, flags: HistoryFlags, words: readonly string[]): HistoryRun[] {
  if (words.length === 0) return listRuns(history, filterOf(flags));
  return listRuns(history, { ids: words.map((word) => requireRun(history, word)) });
}

/** Writes runs as JSON lines, oldest first, one after the other: all together may be large. */
export function exportHistory(flags: HistoryFlags, words: readonly string[]): void {
  const hide = flags.anonymize ? anonymize : undefined;
  const runs = useHistory((history) => chosen(history, flags, words).reverse(), OPEN);
  function* lines(): Generator<string> {
    for (const run of runs) {
      yield `${toJson(useHistory((history) => exportRun(history, run, hide), OPEN))}\n`;
    }
  }
  if (flags.out === undefined) {
    for (const line of lines()) print(line);
    return;
  }
  writeLines(flags.out, lines());
  const many = runs.length === 1 ? "1 run" : `${runs.length} runs`;
  tell(`Wrote ${many} to ${printable(flags.out)}`);
}

/** Keeps runs and says what was new. */
async function keep(runs: readonly ReadRun[], flags: HistoryFlags): Promise<void> {
  const before = useHistory((history) => new Set(listRuns(history).map(({ id }) => id)), OPEN);
  const { added, known } = await keepRuns(runs, before);
  const now = useHistory((history) => listRuns(history, { ids: added }), OPEN);
  if (flags.json) print(toJson(historyDocument(now), 2));
  else for (const id of added) print(printable(id));
  tell(`${added.length} new, ${known.length} known already`);
}

/** Takes runs in from files. */
export async function importRuns(flags: HistoryFlags, words: readonly string[]): Promise<void> {
  requireWords("import", words, "at least one file", 1);
  const runs: ReadRun[] = [];
  for (const file of words) runs.push(...await readRuns(file));
  await keep(runs, flags);
}

/** Takes whole histories of other machines in. */
export async function mergeHistories(
  flags: HistoryFlags,
  words: readonly string[],
): Promise<void> {
  requireWords("merge", words, "at least one state folder or export", 1);
  const runs: ReadRun[] = [];
  for (const path of words) {
    const { runs: own, problems } = await readHistory(path);
    runs.push(...own);
    for (const problem of problems) tell(printable(problem));
  }
  await keep(runs, flags);
}

/** Gives words to a run, or takes them away. */
export function tagRun(flags: HistoryFlags, words: readonly string[]): void {
  requireWords("tag", words, "a run and its tags", 1);
  const [name, ...tags] = words;
  const id = useHistory((history) => requireRun(history, name!), OPEN);
  if (tags.length > 0) {
    for (const tag of tags) requireTag(tag);
    const own = readTags(stateFolder()).get(id) ?? new Set();
    const changes: TagChange[] = tags
      .filter((tag) => own.has(tag) === (flags.remove === true))
      .map((tag) => ({ run: id, tag, ...(flags.remove === true ? { remove: true } : {}) }));
    writeTags(changes);
  }
  const run = useHistory((history) => describeRun(history, id), OPEN);
  if (flags.json) return print(toJson(historyDocument([run]), 2));
  print(`${printable(id)}: ${run.tags.length === 0 ? "no tags" : run.tags.join(" ")}`);
}
