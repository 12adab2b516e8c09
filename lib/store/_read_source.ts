/** Reads a file that the index is made from. */
import { join } from "node:path";
import * as v from "valibot";
import { printable, VersusError } from "../error.ts";
import { journalRun } from "./_journal.ts";
import { IMPORTED } from "./_sources.ts";
import { type Envelope, EnvelopeSchema, recordOfEnvelope } from "./envelope.ts";
import type { HistoryRecord } from "./types.ts";

/** What a file gave. */
export interface SourceRead {
  /** The run. */
  readonly record?: HistoryRecord;
  /** The machine that it says it was measured on; absent for this machine's journals. */
  readonly machine?: string;
  /** What is wrong with it. */
  readonly problem?: string;
  /** The whole file, of a run from elsewhere. */
  readonly envelope?: Envelope;
}

function importedRun(bytes: Uint8Array, source: string): SourceRead {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    return { problem: `it is not JSON: ${printable((error as Error).message)}` };
  }
  const result = v.safeParse(EnvelopeSchema, value, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    return { problem: printable(`${v.getDotPath(issue) ?? "document"}: ${issue.message}`) };
  }
  try {
    const envelope = result.output;
    return { record: recordOfEnvelope(envelope, source), machine: envelope.machine, envelope };
  } catch (error) {
    if (error instanceof VersusError) return { problem: error.message };
    throw error;
  }
}

/**
 * Reads a file that holds a run.
 *
 * @param folder The state folder.
 * @param source The file's path in it.
 * @returns The run, or what is wrong with the file; never throws for what the file holds.
 */
export function readSource(folder: string, source: string): SourceRead {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(join(folder, source));
  } catch (error) {
    return { problem: `it can't be read: ${printable((error as Error).message)}` };
  }
  return source.startsWith(`${IMPORTED}/`) ? importedRun(bytes, source) : journalRun(bytes);
}
