/**
 * Groups look-ups that found nothing by the search that caused them: the loader's path, the folders of
 * `PATH`, `node_modules` in every folder upwards, Python's path.
 */
import { resolve } from "node:path";
import type { MissedGroup, MissedSearch } from "../types.ts";
import { folderOf, showPath, toBinary } from "./_path.ts";

/** The most groups that are kept; look-ups in more folders are counted together. */
const MOST_GROUPS = 10_000;

/** Folders below a folder of the loader's path that it tries first: see ld.so(8). */
const VARIANT = /\/(?:glibc-hwcaps(?:\/[^/]*)?|tls|haswell|avx512_1|x86_64|i686|aarch64|sse2)$/;

/** Look-ups that found nothing. */
export interface Misses {
  /** How many in all. */
  count: number;
  /** By the system call. */
  readonly bySyscall: Map<string, number>;
  /** By search and folder. */
  readonly groups: Map<string, number>;
  /** Folders and files that the environment names for a search, as binary strings. */
  readonly named: ReadonlyMap<string, MissedSearch>;
}

/**
 * Starts counting.
 *
 * @param named Paths that the environment names for a search: looking for one of them is that search.
 * @returns Nothing counted.
 */
export function makeMisses(named: ReadonlyMap<string, MissedSearch> = new Map()): Misses {
  return { count: 0, bySyscall: new Map(), groups: new Map(), named };
}

/** Variables that name folders for a search, `:` between them. */
const NAMING: readonly (readonly [variable: string, search: MissedSearch])[] = [
  ["PATH", "path"],
  ["LD_LIBRARY_PATH", "loader"],
  ["PYTHONPATH", "python"],
  ["NODE_PATH", "node_modules"],
];

/**
 * Reads which paths an environment names for a search.
 *
 * @param env The environment of the program.
 * @param cwd Its working directory, absolute.
 * @returns The search by path, as a binary string.
 */
export function namedForSearch(
  env: Readonly<Record<string, string>>,
  cwd: string,
): ReadonlyMap<string, MissedSearch> {
  return new Map(
    NAMING.flatMap(([variable, search]) =>
      (env[variable] ?? "").split(":").filter((path) => path !== "")
        .map((path) => [toBinary(resolve(cwd, path)), search] as const)
    ),
  );
}

/** What was looked for, from the path alone. */
function groupOf({ named }: Misses, path: string, call: string): string {
  const search = named.get(path);
  if (search !== undefined) return `${search}\0${path}`;
  const modules = path.lastIndexOf("/node_modules");
  if (modules >= 0) {
    const behind = path.charCodeAt(modules + 13);
    if (Number.isNaN(behind) || behind === 0x2f) {
      return `node_modules\0${path.slice(0, modules + 13)}`;
    }
  }
  if (call === "execve" || call === "execveat") return `path\0${folderOf(path)}`;
  const slash = path.lastIndexOf("/");
  if (path.endsWith("/package.json")) return `package.json\0${folderOf(path)}`;
  const dot = path.indexOf(".so", slash);
  // Python tries a package's `__init__` as an extension module first: `.cpython-311….so`, `.abi3.so`, `.so`.
  if (dot > 0 && /\/__init__\.[^/]*$|\.(?:cpython|pypy)[^/]*\.so$|\.abi3\.so$/.test(path)) {
    return `python\0${folderOf(path)}`;
  }
  if (dot > 0 && (dot + 3 === path.length || path.charCodeAt(dot + 3) === 0x2e)) {
    return `loader\0${withoutVariants(folderOf(path))}`;
  }
  if (VARIANT.test(path)) return `loader\0${withoutVariants(path)}`;
  if (
    /\.(?:pyc?|pth)$|\/(?:__pycache__|__init__\.[^/]*|pyvenv\.cfg|python3?\d*\.zip)$/.test(path)
  ) {
    return `python\0${folderOf(path).replace(/\/__pycache__$/, "")}`;
  }
  return `\0${folderOf(path)}`;
}

function withoutVariants(folder: string): string {
  let left = folder;
  while (VARIANT.test(left)) left = left.replace(VARIANT, "");
  return left === "" ? "/" : left;
}

/**
 * Counts a look-up.
 *
 * @param misses Changed.
 * @param call The system call.
 * @param path Where it looked, absolute and normalised; `undefined` if that can't be told.
 */
export function addMiss(misses: Misses, call: string, path: string | undefined): void {
  misses.count++;
  misses.bySyscall.set(call, (misses.bySyscall.get(call) ?? 0) + 1);
  let group = path === undefined ? "" : groupOf(misses, path, call);
  if (misses.groups.size >= MOST_GROUPS && !misses.groups.has(group)) group = "";
  misses.groups.set(group, (misses.groups.get(group) ?? 0) + 1);
}

/**
 * Lists the groups for a document.
 *
 * @param misses What was counted.
 * @param searchPath The folders of `PATH`, in which programs are looked for.
 * @returns Most first; look-ups in too many folders are one group with the path `…`.
 */
export function missedGroups(misses: Misses, searchPath: readonly string[]): MissedGroup[] {
  const commands = new Set(searchPath);
  const groups = [...misses.groups].map(([key, count]): MissedGroup => {
    if (key === "") return { path: "…", count };
    const at = key.indexOf("\0");
    const { path } = showPath(key.slice(at + 1));
    const named = key.slice(0, at) as MissedSearch | "";
    const search = named !== "" ? named : commands.has(path) ? "path" : undefined;
    return { path, count, ...(search === undefined ? {} : { search }) };
  });
  return merged(groups).sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1));
}

/** Look-ups of programs come from execve and, when shells do it, from stat: one group for both. */
function merged(groups: readonly MissedGroup[]): MissedGroup[] {
  const byKey = new Map<string, MissedGroup>();
  for (const group of groups) {
    const key = `${group.search ?? ""}\0${group.path}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? group : { ...known, count: known.count + group.count });
  }
  return [...byKey.values()];
}
