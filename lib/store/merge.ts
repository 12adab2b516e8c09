/** Takes another machine's whole history into this one. */
import { join } from "node:path";
import { printable, VersusError } from "../error.ts";
import type { RunRecord } from "../record/types.ts";
import { readSource } from "./_read_source.ts";
import { listSources } from "./_sources.ts";
import { type ReadRun, readRuns } from "./import.ts";
import { UNKNOWN_MACHINE } from "./machine.ts";
import { readTags } from "./tags.ts";

/** What a folder or a file gave. */
export interface MergeRead {
  /** Its runs. */
  readonly runs: ReadRun[];
  /** What could not be read, in words. */
  readonly problems: string[];
}

/** The state folder in what a person names: a `VERSUS_HOME`, or the state folder itself. */
function stateFolderIn(path: string): string | undefined {
  return [path, join(path, "state")].find((folder) => listSources(folder).length > 0);
}

/** The identifier that another state folder has; that folder is read only. */
function machineOf(folder: string): string {
  try {
    const text = Deno.readTextFileSync(join(folder, "machine"));
    return text.match(/^[0-9a-f]{8,64}$/m)?.[0] ?? UNKNOWN_MACHINE;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return UNKNOWN_MACHINE;
    throw error;
  }
}

function readFolder(folder: string): MergeRead {
  const machine = machineOf(folder);
  const tags = readTags(folder);
  const runs: ReadRun[] = [];
  const problems: string[] = [];
  for (const { source } of listSources(folder)) {
    const { record, envelope, problem } = readSource(folder, source);
    if (problem !== undefined) problems.push(`${join(folder, source)}: ${problem}`);
    if (record === undefined) continue;
    const own = [...tags.get(record.id) ?? []];
    runs.push({
      id: record.id,
      envelope: envelope === undefined
        ? { schema: "versus.export/1", machine, tags: own, run: record as RunRecord }
        : { ...envelope, tags: own },
    });
  }
  return { runs, problems };
}

/**
 * Reads all runs of another history: a copy of its state folder (or of its `VERSUS_HOME`), or a file that
 * it exported. Nothing is written there.
 *
 * @param path The folder or file.
 * @returns Its runs with their tags and machines.
 * @throws {VersusError} If there is none.
 */
export async function readHistory(path: string): Promise<MergeRead> {
  let isFolder: boolean;
  try {
    isFolder = Deno.statSync(path).isDirectory;
  } catch (error) {
    throw new VersusError(
      `Cannot read ${printable(path)}: ${printable((error as Error).message)}`,
      { hint: "Give a copy of another machine's state folder, or a file of versus history export" },
    );
  }
  if (!isFolder) return { runs: await readRuns(path), problems: [] };
  const folder = stateFolderIn(path);
  if (folder !== undefined) return readFolder(folder);
  throw new VersusError(`${printable(path)} holds no history: expected runs/*.jsonl in it`, {
    hint: "Give a copy of another machine's state folder, or a file of versus history export",
  });
}
