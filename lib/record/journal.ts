/**
 * The crash-safe journal of a run: JSON lines, one `write` per event, `fsync` after each case.
 *
 * A line is whole or it is cut: what follows the last line feed was being written when the process
 * ended, and is dropped. `kill -9` at any moment loses nothing that was written.
 */
import { join } from "node:path";
import * as v from "valibot";
import { EXIT, nearest, printable, VersusError } from "../error.ts";
import { type RunEvent, RunEventSchema } from "./events.ts";
import { makeFolder, stateFolder } from "./home.ts";

/** An open journal. */
export interface Journal extends Disposable {
  /** The file. */
  readonly path: string;
  /**
   * Appends one event with a single `write`; forces it to the disk when a case or the run ends.
   *
   * @throws {VersusError} If the disk is full or the file cannot be written.
   */
  append(event: RunEvent): void;
}

/** A journal as read from its file. */
export interface JournalContent {
  /** The events, in order. */
  readonly events: readonly RunEvent[];
  /** Bytes of whole lines; what follows was cut. */
  readonly wholeBytes: number;
  /** Bytes of the line that was cut, 0 for none. */
  readonly cutBytes: number;
}

const SUFFIX = ".jsonl";

/** The folder of the journals. */
export function journalFolder(): string {
  return join(stateFolder(), "runs");
}

/**
 * Makes an identifier for a run that sorts by time.
 *
 * @param now When the run starts.
 * @returns For example `20261121T093012Z-1f43f9a1c`: behind the second, the millisecond and what tells
 * runs of one millisecond apart, all as hexadecimal digits.
 */
export function newRunId(now: Date = new Date()): string {
  const stamp = now.toISOString().replace(/\.\d+Z$/, "Z").replace(/[-:]/g, "");
  const milliseconds = now.getUTCMilliseconds().toString(16).padStart(3, "0");
  const tail = [...crypto.getRandomValues(new Uint8Array(3))]
    .map((byte) => byte.toString(16).padStart(2, "0"));
  return `${stamp}-${milliseconds}${tail.join("")}`;
}

function runIdOf(path: string): string {
  return path.replace(/^.*[/\\]/, "").slice(0, -SUFFIX.length);
}

/** Takes the lock that says that a journal is being written; it ends with the process. */
function lock(file: Deno.FsFile, path: string): void {
  if (file.tryLockSync(true)) return;
  file.close();
  throw new VersusError(`Run ${runIdOf(path)} is still being written by another process`, {
    hint: "Wait until it ends, or stop it, before you resume it",
  });
}

/** Writes all bytes in one call where the system takes them, so that lines are whole or cut. */
function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  let written = file.writeSync(bytes);
  while (written < bytes.length) written += file.writeSync(bytes.subarray(written));
}

/** The events after which what was written must outlast a power cut. */
function mustLast(event: RunEvent): boolean {
  return event.type === "run-start" || event.type === "case-end" || event.type === "run-end";
}

function journalOn(file: Deno.FsFile, path: string): Journal {
  const encoder = new TextEncoder();
  return {
    path,
    append(event) {
      if (event.type === "progress") return;
      try {
        writeAll(file, encoder.encode(JSON.stringify(event) + "\n"));
        if (mustLast(event)) file.syncDataSync();
      } catch (error) {
        throw new VersusError(
          `Cannot write the journal ${path}: ${
            (error as Error).message
          }; what was measured before is kept`,
          {
            hint: `Free some space, or set VERSUS_HOME to another disk, then: versus run --resume ${
              runIdOf(path)
            }`,
            exitCode: EXIT.failed,
            cause: error,
          },
        );
      }
    },
    [Symbol.dispose]() {
      file.close();
    },
  };
}

/**
 * Starts the journal of a new run in the state folder.
 *
 * @param runId The run's identifier, see {@linkcode newRunId}.
 * @throws {VersusError} If the folder or the file cannot be made.
 */
export function createJournal(runId: string): Journal {
  const folder = journalFolder();
  makeFolder(folder, "keep the journals");
  const path = join(folder, runId + SUFFIX);
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, { createNew: true, write: true, append: true, mode: 0o600 });
  } catch (error) {
    throw new VersusError(`Cannot make the journal ${path}: ${(error as Error).message}`, {
      hint: "Set VERSUS_HOME to a folder that you can write to",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
  lock(file, path);
  return journalOn(file, path);
}

/**
 * Opens the journal of an unfinished run to go on with it; a line that was cut is removed.
 *
 * @param runId The run's identifier.
 * @returns The journal, and what it holds.
 * @throws {VersusError} If there is no such run, it is being written, or its journal is damaged.
 */
export function reopenJournal(runId: string): { journal: Journal; content: JournalContent } {
  const path = findJournal(runId);
  const file = Deno.openSync(path, { read: true, write: true, append: true });
  lock(file, path);
  const content = readJournal(path);
  if (content.cutBytes > 0) file.truncateSync(content.wholeBytes);
  return { journal: journalOn(file, path), content };
}

/**
 * Finds the journal of a run.
 *
 * @param runId The run's identifier, or `latest`.
 * @returns The file's path.
 * @throws {VersusError} If there is none; the message names the nearest.
 */
export function findJournal(runId: string): string {
  const ids = listRunIds();
  const id = runId === "latest" ? ids.at(-1) : ids.find((known) => known === runId);
  if (id !== undefined) return join(journalFolder(), id + SUFFIX);
  const near = nearest(runId, ids);
  throw new VersusError(
    `No run ${printable(runId)} among the ${ids.length} in ${journalFolder()}` +
      (near === undefined ? "" : `; the nearest is ${near}`),
    { hint: "See the runs with: versus history" },
  );
}

/**
 * Lists the identifiers of all runs that have a journal.
 *
 * @returns The identifiers, oldest first.
 */
export function listRunIds(): string[] {
  try {
    return [...Deno.readDirSync(journalFolder())]
      .filter((entry) => entry.isFile && entry.name.endsWith(SUFFIX))
      .map((entry) => entry.name.slice(0, -SUFFIX.length))
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/**
 * Reads a journal, leaving out a last line that was cut.
 *
 * @param path The file.
 * @returns Its events.
 * @throws {VersusError} If a whole line is not a valid event: the file is damaged or not a journal.
 */
export function readJournal(path: string): JournalContent {
  const bytes = Deno.readFileSync(path);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const text = new TextDecoder().decode(bytes.subarray(0, wholeBytes));
  const events: RunEvent[] = [];
  let number = 0;
  for (const line of text.split("\n")) {
    number++;
    if (line === "") continue;
    events.push(parseLine(line, path, number));
  }
  if (events.length > 0 && events[0]!.type !== "run-start") {
    throw damaged(path, 1, "a journal begins with run-start");
  }
  return { events, wholeBytes, cutBytes: bytes.length - wholeBytes };
}

function parseLine(line: string, path: string, number: number): RunEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw damaged(path, number, "it is not JSON");
  }
  const result = v.safeParse(RunEventSchema, value);
  if (result.success) return result.output;
  throw damaged(path, number, result.issues[0].message);
}

function damaged(path: string, line: number, why: string): VersusError {
  return new VersusError(`The journal ${path} is damaged at line ${line}: ${printable(why)}`, {
    hint: "Keep the lines before it and remove the rest, then try again",
    exitCode: EXIT.failed,
  });
}
