/**
 * Manifests and lock files: which packages a project declares, directly and through others.
 *
 * One file a format. Lock files that were cut short give an error or are marked `partial`; versions of a
 * format that are not known are refused.
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { printable, VersusError } from "../../error.ts";
import type { DeclaredPackage, ManifestSummary } from "../types.ts";
import { collectPackages, packageKey } from "./_collect.ts";
import { cargoLock } from "./cargo_lock.ts";
import { cargoToml } from "./cargo_toml.ts";
import { denoJson } from "./deno_json.ts";
import { denoLock } from "./deno_lock.ts";
import { goMod } from "./go_mod.ts";
import { goSum } from "./go_sum.ts";
import { goWork } from "./go_work.ts";
import { packageJson } from "./package_json.ts";
import { packageLock } from "./package_lock.ts";
import { pnpmLock } from "./pnpm_lock.ts";
import { poetryLock } from "./poetry_lock.ts";
import { pylock } from "./pylock.ts";
import { pyproject } from "./pyproject.ts";
import { requirements } from "./requirements.ts";
import { badManifest, isFile, readManifestFile } from "./_text.ts";
import { uvLock } from "./uv_lock.ts";
import { yarnLock } from "./yarn_lock.ts";
import type { ManifestContent, ManifestReader } from "./types.ts";

/** All formats, in the order in which a folder's files are told. */
const READERS: readonly ManifestReader[] = [
  ...[pyproject, requirements, pylock, poetryLock, uvLock],
  ...[goWork, goMod, goSum, cargoToml, cargoLock],
  ...[packageJson, packageLock, pnpmLock, yarnLock, denoJson, denoLock],
];

/** How many files one call reads: a workspace of more is named member by member. */
const MAX_FILES = 20_000;

/** What {@linkcode readManifests} found. */
export interface Declarations {
  /** Each file that was read. */
  manifests: ManifestSummary[];
  /** Their packages together, each name and version once. */
  packages: DeclaredPackage[];
  /** `false` where one of the files does not tell direct from indirect packages. */
  directKnown: boolean;
}

function readerFor(path: string): ManifestReader | undefined {
  const name = basename(path);
  return READERS.find((reader) => reader.matches(name));
}

/**
 * Whether a file's name is that of a manifest or a lock file.
 *
 * @param path The file; it is not looked at.
 */
export function isManifestName(path: string): boolean {
  return readerFor(path) !== undefined;
}

/** What the formats' files are called. */
export function manifestNames(): string[] {
  return READERS.flatMap(({ names }) => names);
}

/** The manifests of a folder, in the order of the formats. */
async function manifestsIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (readerFor(entry.name) !== undefined && await isFile(join(folder, entry.name))) {
      names.push(entry.name);
    }
  }
  const order = (name: string) => READERS.indexOf(readerFor(name)!);
  return names.sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1)).map((n) => join(folder, n));
}

async function startFiles(path: string): Promise<string[]> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotFound
      ? "there is no such file or folder"
      : printable((cause as Error).message);
    throw new VersusError(`Cannot read ${printable(path)}: ${reason}`, {
      hint: "Name a folder, a manifest, a lock file or a program",
      cause,
    });
  }
  const known = `These are known: ${manifestNames().join(", ")}`;
  if (!info.isDirectory) {
    if (readerFor(path) !== undefined) return [path];
    throw new VersusError(`${printable(path)} is no manifest or lock file that is known`, {
      hint: known,
    });
  }
  const found = await manifestsIn(path);
  if (found.length > 0) return found;
  throw new VersusError(`Found no manifest or lock file in ${printable(path)}`, { hint: known });
}

interface Read {
  path: string;
  content: ManifestContent;
}

const CUT = "its last line has no end: the file was cut short or edited";

function withReason(content: ManifestContent, reason: string): ManifestContent {
  return { ...content, partial: [...content.partial ?? [], reason] };
}

/** Reads files and all that belong to them, each once. */
async function readAll(files: readonly string[]): Promise<Read[]> {
  const result: Read[] = [];
  const seen = new Set<string>();
  const todo = files.map((path) => ({ path, from: "" }));
  for (let at = 0; at < todo.length; at++) {
    const { path, from } = todo[at]!;
    const key = resolve(path);
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MAX_FILES) {
      throw new VersusError(`Found more than ${MAX_FILES} manifests`, {
        hint: "Name one member of the workspace",
      });
    }
    if (from !== "" && !await isFile(path)) {
      throw new VersusError(`${printable(from)} names ${printable(path)}, which is not there`, {
        hint: "Restore the file, or take it out of the manifest",
      });
    }
    // A file that another one names may have any name: `-r deps.list`.
    const reader = readerFor(path) ?? requirements;
    const file = await readManifestFile(path);
    const content = await reader.read(file);
    const nameless = content.packages.find(({ name, version }) => name === "" || version === "");
    if (nameless !== undefined) {
      const what = nameless.name === ""
        ? "a package without a name"
        : `no version of ${nameless.name}`;
      throw badManifest(path, `found ${printable(what)}`);
    }
    const cut = reader.written === true && file.text !== "" && !file.text.endsWith("\n");
    result.push({ path, content: cut ? withReason(content, CUT) : content });
    todo.push(...(content.more ?? []).map((more) => ({ path: more, from: path })));
  }
  return result;
}

function summarise({ path, content }: Read, packages: readonly DeclaredPackage[]): ManifestSummary {
  const direct = packages.filter((p) => p.direct).length;
  const reasons = content.partial ?? [];
  return {
    file: path,
    format: content.format,
    packages: packages.length,
    ...(content.directKnown ? { direct, indirect: packages.length - direct } : {}),
    ...(reasons.length === 0 ? {} : { partial: { reason: reasons.join("; ") } }),
  };
}

/** What a manifest names without a version is what a lock file fixed, where one did. */
function merge(all: readonly DeclaredPackage[]): DeclaredPackage[] {
  const found = collectPackages();
  const nameKey = ({ ecosystem, name }: DeclaredPackage) => packageKey({ ecosystem, name });
  const fixed = Map.groupBy(all.filter((p) => p.version !== undefined), nameKey);
  for (const one of all) {
    const versions = one.version === undefined ? fixed.get(nameKey(one)) : undefined;
    if (versions === undefined) found.add(one);
    else if (one.direct && !versions.some((p) => p.direct)) {
      for (const version of versions) found.add({ ...version, direct: true });
    }
  }
  return found.all();
}

/**
 * Reads what a project declares.
 *
 * A folder's manifests and lock files are read, not those of its subfolders but for the members of a
 * workspace; so are the files that a manifest names (`-r` of a requirements file). The project's own
 * code, members of its workspace and local folders are not counted.
 *
 * @param path A folder, a manifest or a lock file.
 * @returns Each file with its counts, and the packages of all of them.
 * @throws {VersusError} If there is none, or one of them can't be read, is cut short, holds conflict marks
 * or is of an unknown version.
 */
export async function readManifests(path: string): Promise<Declarations> {
  const read = await readAll(await startFiles(path));
  const own = new Set(
    read.map(({ content }) => content.ownName).filter((name) => name !== undefined),
  );
  const manifests: ManifestSummary[] = [];
  const all: DeclaredPackage[] = [];
  for (const one of read) {
    const { ownName, packages } = one.content;
    // Members of a workspace name each other; nothing else names a package like a project that is read.
    const others = merge(
      ownName === undefined ? packages : packages.filter(({ name }) => !own.has(name)),
    );
    manifests.push(summarise(one, others));
    for (const found of others) all.push(found);
  }
  return {
    manifests,
    packages: merge(all),
    directKnown: read.every(({ content }) => content.directKnown),
  };
}
