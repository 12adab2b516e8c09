/** Reading the text of a manifest, guarded. */
import { dirname, join } from "node:path";
import { printable, VersusError } from "../../error.ts";
import type { ManifestFile } from "./types.ts";

/** The largest file that is read: a lock file of 100,000 packages has 20 to 60 MB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Marks that git and others leave in a file that two sides changed. */
const CONFLICT = /^(<{7}|\|{7}|>{7})(?: |$)/m;

/**
 * Makes the error for a manifest that does not say what it should.
 *
 * @param path The file.
 * @param message What was found and what was expected.
 * @param hint What to do about it.
 * @param cause What a parser threw.
 */
export function badManifest(
  path: string,
  message: string,
  hint = "Restore the file, or let its package manager write it again",
  cause?: unknown,
): VersusError {
  return new VersusError(`${printable(path)}: ${message}`, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
  }
  return line;
}

/** Splits text into lines, without their ends. */
export function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const info = await Deno.stat(path);
    if (!info.isFile) {
      throw badManifest(
        path,
        `found ${info.isDirectory ? "a folder" : "a device or pipe"}, expected a file`,
        "Name a manifest or lock file",
      );
    }
    if (info.size > MAX_BYTES) {
      throw badManifest(
        path,
        `found ${info.size} bytes, expected at most ${MAX_BYTES}`,
        "This is no manifest that a package manager would read",
      );
    }
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof VersusError) throw error;
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : (error as Error).message;
    throw new VersusError(`Cannot read ${printable(path)}: ${printable(reason)}`, { cause: error });
  }
}

/**
 * Reads a manifest's text.
 *
 * @param path The file.
 * @returns The text, without a byte order mark.
 * @throws {VersusError} If it can't be read, is too large, is not UTF-8 or holds conflict marks.
 */
export async function readManifestFile(path: string): Promise<ManifestFile> {
  const bytes = await readBytes(path);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw badManifest(
      path,
      "found bytes that are not UTF-8, expected text",
      "This is a binary file or has another encoding; name a manifest or save it as UTF-8",
      cause,
    );
  }
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    throw badManifest(path, `found a NUL byte at line ${lineAt(text, nul)}, expected text`);
  }
  const conflict = CONFLICT.exec(text);
  if (conflict !== null) {
    throw badManifest(
      path,
      `found a merge conflict mark ${conflict[1]} at line ${lineAt(text, conflict.index)}`,
      "Resolve the conflict first",
    );
  }
  return { path, text };
}

/**
 * Reads a file in the same folder, if it is there.
 *
 * @param file A manifest.
 * @param name The other file's name.
 * @throws {VersusError} If it is there and can't be read.
 */
export async function readBeside(
  file: ManifestFile,
  name: string,
): Promise<ManifestFile | undefined> {
  const path = join(dirname(file.path), name);
  return await isFile(path) ? await readManifestFile(path) : undefined;
}

/** Whether there is a regular file of that name. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    // Not there, or not for us to see: either way nothing that could be read.
    return false;
  }
}
