/**
 * pyenv's shims: `shims/python3.12` is there as soon as any installed version has it, but runs only
 * while that version is selected. The versions themselves always run.
 */
import { basename, dirname, join } from "node:path";
import { isUnreachable, listNames, matching, stat } from "./_lookup.ts";

/** Enough of a shim to see whose it is. */
const HEAD_BYTES = 1024;

/**
 * Finds the root of pyenv behind a file in a folder of the PATH.
 *
 * @param path An executable.
 * @returns pyenv's root, or `undefined` when the file is none of its shims.
 */
export async function pyenvRoot(path: string): Promise<string | undefined> {
  if (basename(dirname(path)) !== "shims") return undefined;
  const head = await readHead(path);
  if (!head.startsWith("#!") || !head.includes("pyenv")) return undefined;
  return /PYENV_ROOT="(\/[^"\n]+)"/.exec(head)?.[1] ?? dirname(dirname(path));
}

/**
 * Lists the interpreters of a pyenv, virtual environments left out: those belong to projects.
 *
 * @param root pyenv's root.
 * @param pattern What an interpreter's name must match; its first group is a number.
 * @returns Paths with their number.
 */
export async function pyenvVersions(
  root: string,
  pattern: RegExp,
): Promise<{ path: string; number: number }[]> {
  const versions = join(root, "versions");
  const found = await Promise.all((await listNames(versions)).map(async (name) => {
    const home = join(versions, name);
    if (await stat(join(home, "pyvenv.cfg")) !== undefined) return [];
    return await matching(join(home, "bin"), pattern);
  }));
  return found.flat();
}

async function readHead(path: string): Promise<string> {
  try {
    using file = await Deno.open(path);
    const buffer = new Uint8Array(HEAD_BYTES);
    const read = await file.read(buffer);
    return new TextDecoder().decode(buffer.subarray(0, read ?? 0));
  } catch (error) {
    if (isUnreachable(error)) return "";
    throw error;
  }
}
