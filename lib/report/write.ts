/** Writes a report to a file: whole or not at all. */
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { EXIT, type ExitCode, printable, VersusError } from "../error.ts";

interface Cause {
  readonly what: string;
  readonly hint: string;
  readonly exitCode: ExitCode;
}

const NO_ACCESS = "Choose a folder that you may write to";
const NO_SPACE = "Free some space, or choose another disk";

/** What went wrong, by the error code of the operating system. */
const CAUSES: Readonly<Record<string, Cause>> = {
  ENOENT: {
    what: "its folder does not exist",
    hint: "Make the folder first",
    exitCode: EXIT.usage,
  },
  ENOTDIR: {
    what: "a part of its path is not a folder",
    hint: "Choose another path",
    exitCode: EXIT.usage,
  },
  EISDIR: { what: "it is a folder", hint: "Name a file in it", exitCode: EXIT.usage },
  EACCES: { what: "permission denied", hint: NO_ACCESS, exitCode: EXIT.usage },
  EPERM: { what: "the operation is not permitted", hint: NO_ACCESS, exitCode: EXIT.usage },
  EROFS: { what: "the file system is read-only", hint: NO_ACCESS, exitCode: EXIT.usage },
  ENAMETOOLONG: {
    what: "its name is too long",
    hint: "Choose a shorter name",
    exitCode: EXIT.usage,
  },
  ELOOP: {
    what: "its links lead in a circle",
    hint: "Choose another path",
    exitCode: EXIT.usage,
  },
  ENOSPC: { what: "the disk is full", hint: NO_SPACE, exitCode: EXIT.failed },
  EDQUOT: { what: "the disk quota is used up", hint: NO_SPACE, exitCode: EXIT.failed },
  EFBIG: {
    what: "it is larger than a file may be here",
    hint: "Raise the limit (ulimit -f)",
    exitCode: EXIT.failed,
  },
};

function cannotWrite(path: string, code: string, cause?: unknown): VersusError {
  const { what, hint, exitCode } = CAUSES[code] ?? {
    what: cause instanceof Error ? cause.message : code,
    hint: "Choose another path",
    exitCode: EXIT.failed,
  };
  return new VersusError(`Cannot write "${printable(path)}": ${what}`, { hint, exitCode, cause });
}

/** The system's error code: Deno gives the name of the usual ones, of others the number in the text. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  const number = Number(error.message.match(/\(os error (\d+)\)/)?.[1]);
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? "";
}

/** What is at the end of the path, links followed; `undefined` when nothing is. */
async function look(path: string): Promise<{ real: string; info: Deno.FileInfo } | undefined> {
  try {
    const real = await Deno.realPath(path);
    return { real, info: await Deno.stat(real) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function writeAll(file: Deno.FsFile, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  for (let sent = 0; sent < bytes.length;) sent += await file.write(bytes.subarray(sent));
}

/** Writes to a new file beside the target and puts it in the target's place. */
async function replace(target: string, text: string, mode: number | undefined): Promise<void> {
  const partial = join(dirname(target), `.versus-${crypto.randomUUID().slice(0, 8)}.part`);
  const file = await Deno.open(partial, { write: true, createNew: true });
  try {
    try {
      await writeAll(file, text);
      // Without this a power cut may leave the new name with an empty file.
      await file.sync();
    } finally {
      file.close();
    }
    if (mode !== undefined) await Deno.chmod(partial, mode);
    await Deno.rename(partial, target);
  } catch (error) {
    await Deno.remove(partial);
    throw error;
  }
}

/**
 * Writes a report so that a reader finds the old file or the whole new one, never a part.
 *
 * A link is followed, and the mode of an existing file kept. What is not a file (a pipe, a device) is
 * written to as it is: it must not be replaced.
 *
 * @param path The file.
 * @param text All of its text.
 * @throws {VersusError} With exit code 2 if the path can't be written to (missing folder, permission), 1 if
 * the disk is full.
 */
export async function writeReport(path: string, text: string): Promise<void> {
  try {
    const found = await look(path);
    if (found === undefined) {
      if (path.endsWith("/")) throw cannotWrite(path, "EISDIR");
      await replace(path, text, undefined);
      return;
    }
    const { real, info } = found;
    if (info.isDirectory) throw cannotWrite(path, "EISDIR");
    if (info.isFile) {
      await replace(real, text, info.mode === null ? undefined : info.mode & 0o7777);
      return;
    }
    using file = await Deno.open(real, { write: true });
    await writeAll(file, text);
  } catch (error) {
    if (error instanceof VersusError) throw error;
    throw cannotWrite(path, codeOf(error), error);
  }
}
