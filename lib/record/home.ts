/**
 * Where versus keeps its state: journals and the history in the state folder, builds in the cache.
 *
 * `$VERSUS_HOME` holds both where it is set; else the XDG base directories on Linux, `Library` on
 * macOS, `LOCALAPPDATA` on Windows.
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
  if (os === "darwin") {
    const library = join(required("HOME", env), "Library");
    return kind === "cache"
      ? join(library, "Caches", "versus")
      : join(library, "Application Support", "versus");
  }
  const xdg = env(kind === "cache" ? "XDG_CACHE_HOME" : "XDG_STATE_HOME");
  if (xdg?.startsWith("/")) return join(xdg, "versus");
  return join(required("HOME", env), kind === "cache" ? ".cache" : ".local/state", "versus");
}

/**
 * Finds the folder for what must last: journals, history, what is trusted.
 *
 * @param env Reads environment variables.
 * @param os The operating system, as `Deno.build.os`.
 * @returns An absolute path; the folder may not exist yet.
 * @throws {VersusError} If neither `VERSUS_HOME` nor a home folder is known.
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
 * @throws {VersusError} If neither `VERSUS_HOME` nor a home folder is known.
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
