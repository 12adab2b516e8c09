/** Finds executables on the PATH, and on nothing else. */
import { basename, dirname, isAbsolute, join } from "node:path";

const WINDOWS = Deno.build.os === "windows";

/**
 * Lists the folders of the PATH.
 *
 * Empty and relative entries mean the working directory to a shell; they are skipped, so that no
 * program is run because it lies where `versus` was started.
 *
 * @param env The environment with the PATH.
 * @returns Existing folders, absolute and in order; a folder that is listed twice, be it by another
 * name (`/bin` for `/usr/bin`), once.
 */
export async function searchFolders(env: Readonly<Record<string, string>>): Promise<string[]> {
  const entries = (env["PATH"] ?? env["Path"] ?? "").split(WINDOWS ? ";" : ":");
  const folders = await Promise.all(
    entries.filter((entry) => isAbsolute(entry)).map(async (entry) => ({
      entry,
      real: await realPath(entry),
    })),
  );
  const seen = new Set<string>();
  return folders.flatMap(({ entry, real }) => {
    if (real === undefined || seen.has(real)) return [];
    seen.add(real);
    return [entry];
  });
}

/**
 * Finds a command in each of some folders.
 *
 * @param command A name without a folder: `go`.
 * @param folders Absolute folders, in order.
 * @returns The executables by that name, in the folders' order.
 */
export async function lookUp(command: string, folders: readonly string[]): Promise<string[]> {
  const names = WINDOWS ? [`${command}.exe`, `${command}.cmd`, `${command}.bat`] : [command];
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const runnable = await Promise.all(paths.map(isExecutable));
  return paths.filter((_, i) => runnable[i]);
}

/**
 * Lists the executables of a folder whose names match.
 *
 * @param folder A folder.
 * @param pattern What the name, without `.exe`, must match; its first group is a number.
 * @returns Paths with their number; none when the folder can't be read.
 */
export async function matching(
  folder: string,
  pattern: RegExp,
): Promise<{ path: string; number: number }[]> {
  const found: { path: string; number: number }[] = [];
  for (const name of await listNames(folder)) {
    const match = pattern.exec(WINDOWS ? name.replace(/\.exe$/i, "") : name);
    if (match === null) continue;
    const path = join(folder, name);
    if (await isExecutable(path)) found.push({ path, number: Number(match[1] ?? 0) });
  }
  return found;
}

/**
 * Lists the names in a folder.
 *
 * @param folder A folder.
 * @returns The names; none when the folder can't be read.
 */
export async function listNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) names.push(name);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
  }
  return names;
}

/**
 * Tells whether a path is a file that may be executed, following links.
 *
 * @param path A path.
 * @returns Whether it is.
 */
export async function isExecutable(path: string): Promise<boolean> {
  const info = await stat(path);
  if (info === undefined || !info.isFile) return false;
  return info.mode === null || WINDOWS || (info.mode & 0o111) !== 0;
}

/**
 * Reads what a path is, following links.
 *
 * @param path A path.
 * @returns What it is, or `undefined` when it isn't there or can't be reached.
 */
export async function stat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (isUnreachable(error)) return undefined;
    throw error;
  }
}

/**
 * Resolves all links of a path.
 *
 * @param path A path.
 * @returns The real path, or `undefined` when it can't be reached.
 */
export async function realPath(path: string): Promise<string | undefined> {
  try {
    return await Deno.realPath(path);
  } catch (error) {
    if (isUnreachable(error)) return undefined;
    throw error;
  }
}

/**
 * Resolves the links of an executable's folder but keeps its own name, which may be what makes it a
 * part of its folder (a virtual environment's python).
 *
 * @param path An executable.
 * @returns The path with a real folder.
 */
export async function realFolder(path: string): Promise<string> {
  return join(await realPath(dirname(path)) ?? dirname(path), basename(path));
}

/**
 * Takes the first path that is an executable.
 *
 * @param paths Paths in order of preference.
 * @returns The first executable, if there is one.
 */
export async function firstExecutable(
  ...paths: readonly string[]
): Promise<string | undefined> {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
}

/**
 * Resolves an executable's links when they lead to one that is still called `name`, and not to a
 * program that acts by the name it is called by (mise, snap, busybox).
 *
 * @param path An executable.
 * @param name What the real one's name starts with.
 * @returns The real executable, or `path` itself.
 */
export async function realNamesake(path: string, name: string): Promise<string> {
  const real = await realPath(path);
  return real !== undefined && basename(real).startsWith(name) ? real : path;
}

/**
 * Tells whether an error only says that a path can't be had: absent, forbidden, a loop, no folder.
 *
 * @param error What was thrown.
 * @returns Whether it does.
 */
export function isUnreachable(error: unknown): boolean {
  if (
    error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.FilesystemLoop
  ) return true;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENAMETOOLONG" || code === "EIO" || code === "ESTALE";
}
