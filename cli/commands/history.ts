/** `versus history [ACTION]` */
import { Command } from "@cliffy/command";
import type { HistoryFlags } from "../history/flags.ts";
import { oneOf } from "../values.ts";

type Action = (flags: HistoryFlags, words: readonly string[]) => void | Promise<void>;

/** What can be done; the database is loaded only then. */
const ACTIONS: Readonly<Record<string, () => Promise<Action>>> = {
  list: async () => (await import("../history/list.ts")).listHistory,
  show: async () => (await import("../history/show.ts")).showRun,
  trend: async () => (await import("../history/trend.ts")).showTrend,
  tag: async () => (await import("../history/share.ts")).tagRun,
  export: async () => (await import("../history/share.ts")).exportHistory,
  import: async () => (await import("../history/share.ts")).importRuns,
  merge: async () => (await import("../history/share.ts")).mergeHistories,
  prune: async () => (await import("../history/clean.ts")).pruneHistory,
  rebuild: async () => (await import("../history/clean.ts")).rebuild,
};

const DESCRIPTION = `Look at every run that was made, share them, follow a case over time.

Actions:
  (none)              list the runs, latest first
  show RUN            show a run as it was shown when it ended
  trend CASE          draw a case over time and mark where its level changed
  tag RUN TAG...      give tags to a run; --remove takes them away
  export [RUN...]     print runs as JSON lines, for import elsewhere
  import FILE...      take runs in: an export, a run document, a journal, hyperfine's JSON
  merge FOLDER...     take in another machine's whole history, from a copy of its state folder
  prune               remove old runs: --keep, --older-than; asks first
  rebuild             make the index again from the journals

A RUN is its id, the beginning of it, latest, latest~1 (the one before), or a tag.`;

/** Makes the command. */
export function historyCommand() {
  return new Command()
    .description(DESCRIPTION)
    .arguments("[action:string] [words...:string]")
    .option("--scenario <names:string>", "Only runs with these scenarios: A,B.", { collect: true })
    .option("--language <names:string>", "Only runs with these languages: go,rust.", {
      collect: true,
    })
    .option("--since <moment:string>", "Only runs from then on: 2026-11-01, 7d.")
    .option("--until <moment:string>", "Only runs before then.")
    .option("--machine <name:string>", "Only runs of this machine: its number or its name.")
    .option("--tag <names:string>", "Only runs with all of these tags.", { collect: true })
    .option("--limit <count:string>", "The latest so many (list: 30, trend: 200).")
    .option("--metric <name:string>", "trend: follow wall, cpu, rss, iteration or any metric.")
    .option("--remove", "tag: take the tags away.")
    .option("--out <file:string>", "export: write to a file.")
    .option("--anonymize", "export: leave host name, user and paths out.")
    .option("--keep <count:string>", "prune: the latest so many stay.")
    .option("--older-than <age:string>", "prune: only runs older than 90d, 12w, 24h go.")
    .option("--yes", "prune: remove without asking.")
    .option("--json", "Print one JSON document: the run, the trend, or the runs that it is about.")
    .example("what was measured this week", "versus history --since 7d")
    .example("one case over time", "versus history trend flipsum/go")
    .example("to another machine", "versus history export --out runs.jsonl --anonymize")
    .action(async (flags: unknown, action?: string, ...words: string[]) => {
      const name = oneOf("action", action ?? "list", Object.keys(ACTIONS));
      await (await ACTIONS[name]!())(flags as HistoryFlags, words);
    });
}
