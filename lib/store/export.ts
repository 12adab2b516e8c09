/** Gives runs to other histories. */
import type { RunRecord } from "../record/types.ts";
import { readSource } from "./_read_source.ts";
import type { Envelope } from "./envelope.ts";
import { loadRun } from "./find.ts";
import type { History, HistoryRun } from "./types.ts";

/** Leaves out of a document what tells whose machine it was made on. */
export type Anonymizer = <T extends object>(document: T) => T;

/**
 * Puts a run into an envelope.
 *
 * @param history The history.
 * @param run The run, from a list.
 * @param anonymize Leaves out what tells whose machine it was.
 * @returns The envelope, with the machine's random identifier and the tags.
 */
export function exportRun(history: History, run: HistoryRun, anonymize?: Anonymizer): Envelope {
  const { machine, tags } = run;
  const record = loadRun(history, run.id);
  const base = { schema: "versus.export/1" as const, machine, tags };
  if (record.imported === undefined) {
    const own = record as RunRecord;
    return { ...base, run: anonymize === undefined ? own : anonymize(own) };
  }
  const foreign = hyperfineOf(history, run.id);
  return { ...base, hyperfine: anonymize === undefined ? foreign : anonymize(foreign) };
}

/** hyperfine's own document, as it was imported. */
function hyperfineOf(history: History, id: string): NonNullable<Envelope["hyperfine"]> {
  const { source } = history.db.prepare("SELECT source FROM runs WHERE id = ?").get(id)!;
  const envelope = readSource(history.folder, String(source)).envelope;
  if (envelope?.hyperfine === undefined) throw new Error(`${source} has changed`);
  return envelope.hyperfine;
}
