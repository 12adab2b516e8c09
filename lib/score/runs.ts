/** The latest runs of this machine, from the journals: the one place that scores and claims read runs. */
import { join } from "node:path";
import { recordOf } from "../bench/record.ts";
import { VersusError } from "../error.ts";
import { journalFolder, listRunIds, readJournal } from "../record/journal.ts";
import type { RunRecord } from "../record/schema.ts";

/** Which runs are wanted. */
export interface LatestRunsOptions {
  /** The scenarios: names of bundled ones, absolute paths of others. */
  readonly scenarios: ReadonlySet<string>;
  /** How many runs of a scenario are read at most; 10 by default. */
  readonly each?: number;
  /** Is told of journals that can't be read; they are left out. */
  readonly onProblem?: (error: VersusError) => void;
}

/** Bytes that are read at a time until the first line ends. */
const CHUNK = 64 * 1024;

/** The first line of a file, without reading the rest. */
function firstLine(path: string): string {
  using file = Deno.openSync(path);
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(CHUNK);
  let line = "";
  for (;;) {
    const count = file.readSync(chunk) ?? 0;
    const end = chunk.subarray(0, count).indexOf(0x0a);
    line += decoder.decode(chunk.subarray(0, end < 0 ? count : end), { stream: true });
    if (count === 0 || end >= 0) return line;
  }
}

/** A scenario as a journal's first line names it. */
interface Named {
  readonly name?: unknown;
  readonly file?: unknown;
}

/** The scenarios of a journal, as its first line names them. */
function scenariosOf(path: string): Named[] {
  let start: { scenarios?: Named[] } | null;
  try {
    start = JSON.parse(firstLine(path));
  } catch (error) {
    // A first line that was cut or is no JSON is told when the journal is read as a whole.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  return Array.isArray(start?.scenarios) ? start.scenarios : [];
}

/**
 * Which of the wanted scenarios this is. Someone's own flipsum is not the bundled one: a name stands for
 * `scenarios/KIND/NAME/scenario.yaml` wherever the program lies, a path for exactly that file.
 */
function wantedAs({ name, file }: Named, wanted: ReadonlySet<string>): string | undefined {
  const path = typeof file === "string" ? file : undefined;
  if (path !== undefined && wanted.has(path)) return path;
  if (typeof name !== "string" || !wanted.has(name)) return undefined;
  if (path === undefined) return name;
  const [yaml, folder, , root] = path.split(/[/\\]/).reverse();
  return yaml === "scenario.yaml" && folder === name && root === "scenarios" ? name : undefined;
}

/**
 * Reads the latest runs that hold wanted scenarios.
 *
 * @param options Which.
 * @returns Run documents, newest first, with the wanted scenarios alone, which are called as they were
 * asked for: one of a path has that path as its name.
 */
export function latestRuns(options: LatestRunsOptions): RunRecord[] {
  const { scenarios, each = 10, onProblem } = options;
  const read = new Map<string, number>();
  const records: RunRecord[] = [];
  for (const id of listRunIds().reverse()) {
    const path = join(journalFolder(), `${id}.jsonl`);
    try {
      const found = scenariosOf(path).map((named) => wantedAs(named, scenarios));
      const wanted = found.filter((as) => as !== undefined && (read.get(as) ?? 0) < each);
      if (wanted.length === 0) continue;
      const record = recordOf(readJournal(path).events);
      records.push({
        ...record,
        scenarios: record.scenarios.flatMap((scenario, i) => {
          const as = found[i];
          return as === undefined ? [] : [{ ...scenario, name: as }];
        }),
      });
      for (const as of wanted) read.set(as!, (read.get(as!) ?? 0) + 1);
    } catch (error) {
      // A run that is pruned at this moment is none of the latest.
      if (error instanceof Deno.errors.NotFound) continue;
      if (!(error instanceof VersusError)) throw error;
      onProblem?.(error);
    }
  }
  return records;
}
