/**
 * The words that the user gave to runs. They are nowhere else, so they have a file of their own in which
 * every change is a line, and the index has a copy.
 */
import { join } from "node:path";
import * as v from "valibot";
import { EXIT, printable, VersusError } from "../error.ts";
import { makeFolder, stateFolder } from "../record/home.ts";
import { TAGS_FILE } from "./_sources.ts";
import { TAG } from "./envelope.ts";

/** A change. */
export interface TagChange {
  /** The run. */
  readonly run: string;
  /** The word. */
  readonly tag: string;
  /** Whether the word is taken away. */
  readonly remove?: boolean;
}

/** Words that mean something else where a run is named. */
const RESERVED = /^latest(~\d+)?$|\.jsonl?$/;

const ChangeSchema: v.GenericSchema<unknown, TagChange> = v.object({
  run: v.string(),
  tag: v.string(),
  remove: v.exactOptional(v.boolean()),
});

/**
 * Checks a word that a run is to be given.
 *
 * @param tag The word.
 * @throws {VersusError} If it can't be told from other names of runs, or on a command line.
 */
export function requireTag(tag: string): void {
  if (TAG.test(tag) && !RESERVED.test(tag)) return;
  throw new VersusError(
    `Found the tag ${printable(tag)}, expected up to 64 letters, digits and any of . _ + -`,
    { hint: "A tag is not latest, and does not end like a file: before-fix, v1.2" },
  );
}

/**
 * Writes changes.
 *
 * @param changes What to write, all in one call.
 * @param folder The state folder.
 * @throws {VersusError} If the file can't be written.
 */
export function writeTags(changes: readonly TagChange[], folder: string = stateFolder()): void {
  if (changes.length === 0) return;
  makeFolder(folder, "keep the tags");
  const path = join(folder, TAGS_FILE);
  const text = changes.map((change) => `${JSON.stringify(change)}\n`).join("");
  try {
    using file = Deno.openSync(path, { append: true, create: true, mode: 0o600 });
    const bytes = new TextEncoder().encode(text);
    for (let sent = 0; sent < bytes.length;) sent += file.writeSync(bytes.subarray(sent));
    file.syncDataSync();
  } catch (error) {
    throw new VersusError(`Cannot write the tags ${path}: ${(error as Error).message}`, {
      hint: "Free some space, or set VERSUS_HOME to a folder that you can write to",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
}

/**
 * Reads all words.
 *
 * @param folder The state folder.
 * @returns Words by run, in the order in which they were given; lines that can't be read are left out.
 */
export function readTags(folder: string = stateFolder()): Map<string, Set<string>> {
  const tags = new Map<string, Set<string>>();
  let text: string;
  try {
    text = Deno.readTextFileSync(join(folder, TAGS_FILE));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return tags;
    }
    throw error;
  }
  for (const line of text.split("\n")) {
    const change = parseChange(line);
    if (change === undefined) continue;
    const own = tags.get(change.run) ?? new Set();
    if (change.remove === true) own.delete(change.tag);
    else own.add(change.tag);
    tags.set(change.run, own);
  }
  return tags;
}

function parseChange(line: string): TagChange | undefined {
  if (line === "") return undefined;
  try {
    const result = v.safeParse(ChangeSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch (error) {
    // The last line of a full disk.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
