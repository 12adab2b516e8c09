/** `versus history export`, `import`, `merge` and `tag`. */
import { printable } from "../../lib/error.ts";
import { anonymize } from "../../lib/report/anonymize.ts";
import { toJson, writeReport } from "../../lib/report/mod.ts";
import { stateFolder } from "../../lib/record/home.ts";
import {
  exportRun,
  type History,
  type HistoryRun,
  type ImportResult,
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
  writeTags,
} from "../../lib/store/mod.ts";
import { print, tell } from "../output.ts";
import { filterOf, type HistoryFlags, OPEN, requireWords } from "./flags.ts";

/** The runs that are named, or all that the filter leaves. */
function chosen(history: History, flags: HistoryFlags, words: readonly string[]): HistoryRun[] {
  if (words.length === 0) return listRuns(history, filterOf(flags));
  const ids = new Set(words.map((word) => requireRun(history, word)));
  return listRuns(history).filter(({ id }) => ids.has(id));
}

/** Writes runs as JSON lines, oldest first. */
export async function exportHistory(flags: HistoryFlags, words: readonly string[]): Promise<void> {
  const hide = flags.anonymize ? anonymize : undefined;
  const lines = useHistory(
    (history) =>
      chosen(history, flags, words).reverse().map((run) => toJson(exportRun(history, run, hide))),
    OPEN,
  );
  const text = lines.map((line) => `${line}\n`).join("");
  if (flags.out === undefined) print(text);
  else await writeReport(flags.out, text);
  const many = lines.length === 1 ? "1 run" : `${lines.length} runs`;
  if (flags.out !== undefined) tell(`Wrote ${many} to ${printable(flags.out)}`);
}

/** Keeps runs and says what was new. */
async function keep(runs: readonly ReadRun[]): Promise<ImportResult> {
  const known = useHistory((history) => new Set(listRuns(history).map(({ id }) => id)), OPEN);
  const result = await keepRuns(runs, known);
  useHistory(() => {}, OPEN);
  return result;
}

function sayResult({ added, known }: ImportResult): void {
  for (const id of added) print(printable(id));
  tell(`${added.length} new, ${known.length} known already`);
}

/** Takes runs in from files. */
export async function importRuns(_flags: HistoryFlags, words: readonly string[]): Promise<void> {
  requireWords("import", words, "at least one file", 1);
  const runs: ReadRun[] = [];
  for (const file of words) runs.push(...await readRuns(file));
  sayResult(await keep(runs));
}

/** Takes whole histories of other machines in. */
export async function mergeHistories(
  _flags: HistoryFlags,
  words: readonly string[],
): Promise<void> {
  requireWords("merge", words, "at least one state folder or export", 1);
  const runs: ReadRun[] = [];
  for (const path of words) {
    const { runs: own, problems } = await readHistory(path);
    runs.push(...own);
    for (const problem of problems) tell(printable(problem));
  }
  sayResult(await keep(runs));
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
  const now = useHistory((history) => listRuns(history).find((run) => run.id === id)!.tags, OPEN);
  print(`${printable(id)}: ${now.length === 0 ? "no tags" : now.join(" ")}`);
}
