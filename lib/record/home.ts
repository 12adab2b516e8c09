/**
 * Where versus keeps its state: journals and the history in the state folder, builds in the cache.
 *
 * `$VERSUS_HOME` holds both where it is set; else the XDG base directories on Linux, `Library` on
 * macOS, `LOCALAPPDATA` on Windows. Without a home both are in a private folder below `$TMPDIR` or
 * `/tmp`, the one that a packed file is unpacked to.
 */
import { join } from "node:path";
import { EXIT, VersusError } from "../error.ts";

/** Reads the process's environment; replaced in tests. */
export type EnvironmentReader = (name: string) => string | undefined;

function required(name: string, env: EnvironmentReader): string {
  const value = env(name);
  if (value) return value;
  throw new VersusError(`No folder for versus's files: ${name} is not set`, {
    hint: "Set VERSUS_HOME to a folder that you can write to",
  });
}

function platformFolder(kind: "state" | "cache", env: EnvironmentReader, os: string): string {
  const own = env("VERSUS_HOME");
  if (own) return join(own, kind);
  if (os === "windows") return join(required("LOCALAPPDATA", env), "versus", kind);
  const home = env("HOME");
  const xdg = os === "darwin"
    ? undefined
    : env(kind === "cache" ? "XDG_CACHE_HOME" : "XDG_STATE_HOME");
  if (xdg?.startsWith("/")) return join(xdg, "versus");
  if (!home) return join(privateFolder(env), kind);
  if (os === "darwin") {
    const library = join(home, "Library");
    return kind === "cache"
      ? join(library, "Caches", "versus")
      : join(library, "Application Support", "versus");
  }
  return join(home, kind === "cache" ? ".cache" : ".local/state", "versus");
}

/**
 * Makes a folder that belongs to this user alone, where everybody may make folders.
 *
 * @param env Reads environment variables.
 * @returns `versus-UID` below `$TMPDIR` or `/tmp`.
 * @throws {VersusError} If something of another user, a link, or no folder is in its place.
 */
export function privateFolder(env: EnvironmentReader): string {
  const folder = join(env("TMPDIR") || "/tmp", `versus-${Deno.uid()}`);
  makeFolder(folder, "keep what belongs to you alone");
  const { isDirectory, isSymlink, uid, mode } = Deno.lstatSync(folder);
  if (!isDirectory || isSymlink || uid !== Deno.uid()) {
    throw new VersusError(`${folder} is not a folder of your own, and HOME is not set`, {
      hint: "Set HOME or VERSUS_HOME to a folder that you can write to",
    });
  }
  if (((mode ?? 0) & 0o077) !== 0) Deno.chmodSync(folder, 0o700);
  return folder;
}

/**
 * Finds the folder for what must last: journals, history, what is trusted.
 *
 * @param env Reads environment variables.
 * @param os The operating system, as `Deno.build.os`.
 * @returns An absolute path; the folder may not exist yet.
 * @throws {VersusError} If no folder is known or the private one is not one's own.
 */
export function stateFolder(
  env: EnvironmentReader = (name) => Deno.env.get(name),
  os: string = Deno.build.os,
): string {
  return platformFolder("state", env, os);
}

/**
 * Finds the folder for what can be made again: builds of variants.
 *
 * @param env Reads environment variables.
 * @param os The operating system, as `Deno.build.os`.
 * @returns An absolute path; the folder may not exist yet.
 * @throws {VersusError} If no folder is known or the private one is not one's own.
 */
export function cacheFolder(
  env: EnvironmentReader = (name) => Deno.env.get(name),
  os: string = Deno.build.os,
): string {
  return platformFolder("cache", env, os);
}

/**
 * Makes a folder, with an error that says what to do where that fails.
 *
 * @param folder An absolute path.
 * @param purpose What it is for, as in "keep the journals".
 * @throws {VersusError} If it cannot be made or is not a folder.
 */
export function makeFolder(folder: string, purpose: string): void {
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new VersusError(`Cannot ${purpose} in ${folder}: ${(error as Error).message}`, {
      hint: "Set VERSUS_HOME to a folder that you can write to",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
}
