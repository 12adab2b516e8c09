/** Which executables to ask for a toolchain, the most wanted first. */
import { basename, join, resolve } from "node:path";
import { printable } from "../error.ts";
import type { ToolchainKind } from "./kind.ts";
import { isExecutable, lookUp, matching, searchFolders, stat } from "./_lookup.ts";
import { pyenvRoot, pyenvVersions } from "./_pyenv.ts";

type Environment = Readonly<Record<string, string>>;

/**
 * Lists the executables that may be a toolchain: its commands in the order of the PATH, then
 * those with a version in their name from the highest, then those from elsewhere.
 *
 * @param kind The toolchain.
 * @param env The environment with the PATH.
 * @returns Absolute paths, each once.
 */
export async function candidates(kind: ToolchainKind, env: Environment): Promise<string[]> {
  const folders = await searchFolders(env);
  const named = await Promise.all(kind.commands.map((command) => lookUp(command, folders)));
  const numbered = kind.numbered === undefined ? [] : await numberedOnes(kind.numbered, folders);
  const elsewhere: string[] = [];
  for (const path of kind.elsewhere?.(env) ?? []) {
    if (await isExecutable(path)) elsewhere.push(path);
  }
  const [first = [], ...others] = named;
  return [...new Set([...first, ...numbered, ...others.flat(), ...elsewhere])];
}

async function numberedOnes(pattern: RegExp, folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map((folder) => matching(folder, pattern)));
  const roots = new Set<string>();
  const direct = await Promise.all(
    found.flat().map(async (each) => {
      const root = await pyenvRoot(each.path);
      if (root !== undefined) roots.add(root);
      return root === undefined ? [each] : [];
    }),
  );
  const behindShims = await Promise.all([...roots].map((root) => pyenvVersions(root, pattern)));
  return [...direct.flat(), ...behindShims.flat()]
    .sort((a, b) => b.number - a.number)
    .map(({ path }) => path);
}

/** What a path that was asked for stands for. */
export type Given =
  | { readonly ok: true; readonly paths: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Finds the executables that a person means.
 *
 * @param kind The toolchain.
 * @param given An executable, a folder that has it in itself or in `bin`, or the name of a command.
 * @param env The environment with the PATH, for a name.
 * @returns Absolute paths to ask, or why there are none.
 */
export async function givenCandidates(
  kind: ToolchainKind,
  given: string,
  env: Environment,
): Promise<Given> {
  const shown = printable(given);
  if (given === "") return { ok: false, reason: "the path given is empty" };
  if (basename(given) === given && given !== "." && given !== "..") {
    return await named(kind, given, env);
  }
  const path = resolve(given);
  const info = await stat(path);
  if (info === undefined) return { ok: false, reason: `${shown} does not exist` };
  if (info.isDirectory) {
    const folders = [join(path, "bin"), path, join(path, "Scripts")];
    const paths = (await Promise.all(kind.commands.map((name) => lookUp(name, folders)))).flat();
    if (paths.length > 0) return { ok: true, paths: paths.slice(0, 1) };
    return { ok: false, reason: `${shown} has no ${kind.commands.join(" or ")}, nor has its bin` };
  }
  if (!await isExecutable(path)) {
    return { ok: false, reason: `${shown} is not an executable file` };
  }
  return { ok: true, paths: [path] };
}

async function named(kind: ToolchainKind, name: string, env: Environment): Promise<Given> {
  const known = (await candidates(kind, env)).filter((path) => basename(path) === name);
  const paths = known.length > 0 ? known : await lookUp(name, await searchFolders(env));
  if (paths.length > 0) return { ok: true, paths };
  return { ok: false, reason: `found no ${printable(name)} on the PATH` };
}
