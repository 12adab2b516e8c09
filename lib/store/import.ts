/** Takes runs from elsewhere into the history. */
import { join } from "node:path";
import { EXIT, printable, VersusError } from "../error.ts";
import { makeFolder, stateFolder } from "../record/home.ts";
import { journalRun } from "./_journal.ts";
import { IMPORTED } from "./_sources.ts";
import { type Envelope, recordOfEnvelope, toEnvelope } from "./envelope.ts";
import { UNKNOWN_MACHINE } from "./machine.ts";
import { type TagChange, writeTags } from "./tags.ts";

/** A run in a file. */
export interface ReadRun {
  /** The run in its envelope. */
  readonly envelope: Envelope;
  /** Its identifier. */
  readonly id: string;
}

/** What was taken in. */
export interface ImportResult {
  /** Identifiers of runs that are new here. */
  readonly added: readonly string[];
  /** Identifiers of runs that were here already. */
  readonly known: readonly string[];
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new VersusError(
      `${printable(file)} is not JSON: ${printable((error as Error).message)}`,
      {
        hint: "Give a file of versus history export, of --out FILE.json, or of hyperfine's " +
          "--export-json",
      },
    );
  }
}

/** Whether a text is one JSON value a line, rather than one value. */
function isLines(text: string): boolean {
  const end = text.indexOf("\n");
  if (end < 0 || text.slice(end).trim() === "") return false;
  const first = text.slice(0, end).trim();
  if (!first.startsWith("{") || !first.endsWith("}")) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    // The first line of an indented document.
    return false;
  }
}

/** A journal that was copied here. */
function journalEnvelope(text: string, file: string): Envelope {
  const { record, problem } = journalRun(new TextEncoder().encode(text));
  if (record === undefined) {
    throw new VersusError(`${printable(file)} is no journal: ${problem ?? "it holds nothing yet"}`);
  }
  return { schema: "versus.export/1", machine: UNKNOWN_MACHINE, tags: [], run: record };
}

/**
 * Reads the runs of a file: an export, a run document, a journal, or hyperfine's JSON.
 *
 * @param file Its path.
 * @returns The runs, checked; nothing is written.
 * @throws {VersusError} If it can't be read or is something else; the line is named where it has many.
 */
export async function readRuns(file: string): Promise<ReadRun[]> {
  let text: string;
  let at: string;
  try {
    text = Deno.readTextFileSync(file);
    at = (Deno.statSync(file).mtime ?? new Date()).toISOString();
  } catch (error) {
    throw new VersusError(
      `Cannot read ${printable(file)}: ${printable((error as Error).message)}`,
      { hint: "Give a file that is there" },
    );
  }
  const envelopes: Envelope[] = [];
  if (!isLines(text)) envelopes.push(await toEnvelope(parse(text, file), file, at));
  else if (text.startsWith('{"type":"run-start"')) envelopes.push(journalEnvelope(text, file));
  else {
    let number = 0;
    for (const line of text.split("\n")) {
      number++;
      const name = `${file}, line ${number}`;
      if (line.trim() !== "") envelopes.push(await toEnvelope(parse(line, name), name, at));
    }
  }
  return envelopes.map((envelope) => ({ envelope, id: recordOfEnvelope(envelope, file).id }));
}

/** A name for a file that no identifier can lead anywhere else with. */
async function fileName(id: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(id));
  const short = new Uint8Array(digest).slice(0, 4).toHex();
  return `${id.replace(/[^\w-]+/g, "_").slice(0, 60)}-${short}.json`;
}

/** Writes a file that is there whole or not at all. */
function writeWhole(folder: string, name: string, text: string): void {
  const draft = join(folder, `.${crypto.randomUUID()}.part`);
  try {
    {
      using file = Deno.openSync(draft, { write: true, createNew: true, mode: 0o600 });
      const bytes = new TextEncoder().encode(text);
      for (let sent = 0; sent < bytes.length;) sent += file.writeSync(bytes.subarray(sent));
      file.syncDataSync();
    }
    Deno.renameSync(draft, join(folder, name));
  } catch (error) {
    try {
      Deno.removeSync(draft);
    } catch (second) {
      if (!(second instanceof Deno.errors.NotFound)) throw error;
    }
    throw new VersusError(`Cannot keep a run in ${folder}: ${(error as Error).message}`, {
      hint: "Free some space, or set VERSUS_HOME to a folder that you can write to",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
}

/**
 * Keeps runs from elsewhere: each in a file of its own in the state folder. Runs that are known, by their
 * identifier, are left as they are; their tags are added.
 *
 * @param runs The runs.
 * @param known Identifiers of the runs that are here.
 * @param folder The state folder.
 * @returns What was new.
 * @throws {VersusError} If they can't be written; those before are kept.
 */
export async function keepRuns(
  runs: readonly ReadRun[],
  known: ReadonlySet<string>,
  folder: string = stateFolder(),
): Promise<ImportResult> {
  const target = join(folder, IMPORTED);
  const added = new Set<string>();
  const repeated = new Set<string>();
  const tags: TagChange[] = [];
  makeFolder(target, "keep runs from elsewhere");
  for (const { envelope, id } of runs) {
    tags.push(...envelope.tags.map((tag) => ({ run: id, tag })));
    if (known.has(id) || added.has(id)) {
      repeated.add(id);
      continue;
    }
    writeWhole(target, await fileName(id), `${JSON.stringify(envelope)}\n`);
    added.add(id);
  }
  writeTags(tags, folder);
  return { added: [...added], known: [...repeated] };
}
