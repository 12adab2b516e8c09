/** Writes a file line by line, so that it may be larger than what fits into a text. */
import { dirname, join } from "node:path";
import { EXIT, printable, VersusError } from "../error.ts";

function writeTo(path: string, options: Deno.OpenOptions, lines: Iterable<string>): void {
  using file = Deno.openSync(path, { write: true, ...options });
  const encoder = new TextEncoder();
  for (const line of lines) {
    const bytes = encoder.encode(line);
    for (let sent = 0; sent < bytes.length;) sent += file.writeSync(bytes.subarray(sent));
  }
  if (options.createNew) file.syncSync();
}

/** Whether there is something that must not be replaced: a pipe, a device. */
function isSpecial(path: string): boolean {
  try {
    const { isFile, isDirectory } = Deno.statSync(path);
    return !isFile && !isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Writes a file that is there whole or as it was before.
 *
 * @param path The file; a pipe or a device is written to as it is.
 * @param lines Its lines with their ends, made while it is written.
 * @throws {VersusError} If it can't be written.
 */
export function writeLines(path: string, lines: Iterable<string>): void {
  const draft = join(dirname(path), `.versus-${crypto.randomUUID().slice(0, 8)}.part`);
  try {
    if (isSpecial(path)) return writeTo(path, {}, lines);
    try {
      writeTo(draft, { createNew: true }, lines);
      Deno.renameSync(draft, path);
    } catch (error) {
      try {
        Deno.removeSync(draft);
      } catch (second) {
        if (!(second instanceof Deno.errors.NotFound)) throw second;
      }
      throw error;
    }
  } catch (error) {
    if (error instanceof VersusError || !(error instanceof Error)) throw error;
    throw new VersusError(`Cannot write ${printable(path)}: ${printable(error.message)}`, {
      hint: "Give a file in a folder that is there and that you can write to",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
}
