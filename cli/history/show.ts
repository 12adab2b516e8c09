/** `versus history show` */
import type { RunRecord } from "../../lib/record/schema.ts";
import { renderHistory } from "../../lib/report/history.ts";
import { renderRun, toJson } from "../../lib/report/mod.ts";
import { describeRun, exportRun, loadRun, requireRun, useHistory } from "../../lib/store/mod.ts";
import { print, styleOf } from "../output.ts";
import { type HistoryFlags, OPEN, requireWords } from "./flags.ts";

/** Shows one run as it was shown when it ended. */
export function showRun(flags: HistoryFlags, words: readonly string[]): void {
  requireWords("show", words, "one run", 1, 1);
  const { record, run, envelope } = useHistory((history) => {
    const id = requireRun(history, words[0]!);
    const run = describeRun(history, id);
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
