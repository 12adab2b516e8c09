/** Looks programs up as `execvp` does and checks them before anything is started. */
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { printable } from "../error.ts";
import { StartError } from "./start_error.ts";

/** Where a program is looked up. */
export interface ProgramContext {
  /** The working directory that it will have, absolute. */
  readonly cwd: string;
  /** `PATH` of its environment; without one a name alone is not found. */
  readonly path: string | undefined;
}

/** Interpreters can be scripts themselves; the kernel follows as many (`bprm->recursion`). */
const MAX_INTERPRETERS = 5;

/** What the kernel reads of a first line (BINPRM_BUF_SIZE). */
const HEAD_BYTES = 256;

function stat(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    // Missing, or behind a folder that may not be entered: not there for this purpose.
    return undefined;
  }
}

/** Whether this user may execute it, mounts without execution included (access(2)). */
function isExecutable(path: string, info: Deno.FileInfo): boolean {
  if (!info.isFile) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    // Without the permission to ask who this user is, anybody's bit has to do.
    const unasked = error instanceof Deno.errors.NotCapable;
    return unasked && ((info.mode ?? 0o111) & 0o111) !== 0;
  }
}

function candidates(name: string, { cwd, path }: ProgramContext): string[] {
  if (name.includes("/") || (Deno.build.os === "windows" && name.includes("\\"))) {
    return [resolve(cwd, name)];
  }
  const folders = (path ?? "").split(delimiter);
  const found = path === undefined ? [] : folders.map((folder) => join(resolve(cwd, folder), name));
  return Deno.build.os === "windows" ? found.flatMap((file) => [`${file}.exe`, file]) : found;
}

/** Reads the first bytes of a file; nothing when it may not be read, which executing does not need. */
function head(path: string): string {
  try {
    using file = Deno.openSync(path);
    const bytes = new Uint8Array(HEAD_BYTES);
    return new TextDecoder("latin1").decode(bytes.subarray(0, file.readSync(bytes) ?? 0));
  } catch {
    // Executable but not readable is allowed.
    return "";
  }
}

function checkInterpreter(program: string, path: string, depth: number): void {
  const shebang = head(path).match(/^#![ \t]*([^\s\0]+)/);
  const interpreter = shebang?.[1];
  if (interpreter === undefined) return;
  const info = stat(interpreter);
  if (info === undefined || !isExecutable(interpreter, info) || depth > MAX_INTERPRETERS) {
    const found = info === undefined
      ? "which does not exist"
      : depth > MAX_INTERPRETERS
      ? "a script of a script too many"
      : "which is not executable";
    throw new StartError(
      "not-executable",
      `Cannot start ${printable(program)}: its first line names the interpreter ` +
        `${printable(interpreter)}, ${found}`,
      { hint: `Install ${printable(interpreter)} or correct the first line of the script` },
    );
  }
  checkInterpreter(program, interpreter, depth + 1);
}

/**
 * Finds the file of a program and checks that the system can execute it.
 *
 * @param name A path, or a name to look up on `PATH`; a relative path starts at `cwd`.
 * @param context Where to look.
 * @returns The file's absolute path; links are not followed.
 * @throws {StartError} If there is no such file, or none that is executable, or its interpreter is
 * missing.
 */
export function resolveProgram(name: string, context: ProgramContext): string {
  const found = name === "" ? [] : candidates(name, context);
  let refused: string | undefined;
  for (const path of found) {
    const info = stat(path);
    if (info === undefined) continue;
    if (isExecutable(path, info)) {
      if (Deno.build.os !== "windows") checkInterpreter(path, path, 0);
      return path;
    }
    refused ??= info.isDirectory
      ? `${printable(path)} is a folder`
      : `${printable(path)} is not executable`;
  }
  if (refused !== undefined) {
    throw new StartError("not-executable", `Cannot start ${printable(name)}: ${refused}`, {
      hint: `Name an executable file, or make it one with chmod +x`,
    });
  }
  throw new StartError(
    "not-found",
    name.includes("/")
      ? `Cannot start ${printable(name)}: there is no such file`
      : `Cannot start ${printable(name)}: it is not on the PATH`,
    { hint: "Check the spelling, or give the program's full path" },
  );
}
