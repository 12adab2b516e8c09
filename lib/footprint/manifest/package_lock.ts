/**
 * `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3.
 *
 * Source: npm's documentation of package-lock.json. Links and the folders that they lead to are the
 * project's own code. Version 1 does not say what the project itself names: that is read from
 * package.json.
 */
import * as v from "valibot";
import { type Collector, collectPackages, declared, missingReasons } from "./_collect.ts";
import { mapOf, parseJsonAs, Table, tableOf } from "./_parse.ts";
import { nodeDependency, projectsBeside, splitNameAt } from "./package_json.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Texts = v.optional(mapOf(v.string()));

const Entry = tableOf({
  name: v.optional(v.string()),
  version: v.optional(v.string()),
  resolved: v.optional(v.string()),
  link: v.optional(v.boolean()),
  extraneous: v.optional(v.boolean()),
  dependencies: Texts,
  devDependencies: Texts,
  optionalDependencies: Texts,
  peerDependencies: Texts,
  peerDependenciesMeta: v.optional(mapOf(tableOf({ optional: v.optional(v.boolean()) }))),
});
type Entry = v.InferOutput<typeof Entry>;
type Entries = ReadonlyMap<string, Entry>;

const Old = tableOf({
  version: v.string(),
  bundled: v.optional(v.boolean()),
  optional: v.optional(v.boolean()),
  requires: v.optional(v.union([v.boolean(), Table])),
  dependencies: v.optional(Table),
});
type Old = v.InferOutput<typeof Old>;
const OldTree = mapOf(Old);

const PackageLock = tableOf({
  lockfileVersion: v.number(),
  packages: v.optional(mapOf(Entry)),
  dependencies: v.optional(Table),
});

const IN_MODULES = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/;

/** What an entry is called: its own name, or the folder that it lies in. */
function nameOf(path: string, entry: Entry): string | undefined {
  return entry.name ?? IN_MODULES.exec(path)?.[1];
}

/** Finds a package as Node does: in each node_modules from a folder upwards. */
function resolve(entries: Entries, from: string, alias: string): [string, Entry] | undefined {
  let folder = from;
  while (true) {
    const path = `${folder === "" ? "" : `${folder}/`}node_modules/${alias}`;
    const entry = entries.get(path);
    if (entry !== undefined) return [path, entry];
    if (folder === "") return undefined;
    folder = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
  }
}

function* namedBy(entry: Entry): Generator<[alias: string, optional: boolean]> {
  for (const name of entry.dependencies?.keys() ?? []) {
    yield [name, entry.optionalDependencies?.has(name) ?? false];
  }
  for (const name of entry.devDependencies?.keys() ?? []) yield [name, false];
  for (const name of entry.optionalDependencies?.keys() ?? []) yield [name, true];
  for (const name of entry.peerDependencies?.keys() ?? []) {
    yield [name, entry.peerDependenciesMeta?.get(name)?.optional === true];
  }
}

function readEntries(file: ManifestFile, entries: Entries, version: number): ManifestContent {
  const direct = new Set<Entry>();
  const missing = new Set<string>();
  for (const [path, entry] of entries) {
    // The root, and the folders of its workspace.
    if (path.includes("node_modules/") || entry.link === true) continue;
    for (const [alias, optional] of namedBy(entry)) {
      const target = resolve(entries, path, alias);
      if (target !== undefined) direct.add(target[1]);
      else if (!optional) missing.add(alias);
    }
  }
  const found = collectPackages();
  for (const [path, entry] of entries) {
    if (!path.includes("node_modules/") || entry.link === true || entry.extraneous === true) {
      continue;
    }
    const name = nameOf(path, entry);
    if (name === undefined) {
      throw badManifest(
        file.path,
        `packages: found the path ${JSON.stringify(path.slice(0, 100))}`,
      );
    }
    found.add(declared("npm", name, entry.version, direct.has(entry)));
  }
  return {
    format: `package-lock@${version}`,
    packages: found.all(),
    directKnown: entries.has("") || entries.size === 0,
    partial: missingReasons(missing),
  };
}

/** Name and version of an entry of version 1: an alias says both in its version. */
function oldIdentity(key: string, entry: Old): { name: string; version?: string; local: boolean } {
  const dependency = nodeDependency(key, entry.version);
  if (entry.version.startsWith("npm:")) {
    const [name, version] = splitNameAt(entry.version.slice(4));
    return { name, ...(version === undefined ? {} : { version }), local: false };
  }
  return {
    name: key,
    ...(dependency.version === undefined ? {} : { version: dependency.version }),
    local: dependency.local,
  };
}

function addOld(file: ManifestFile, tree: unknown, found: Collector): ReadonlyMap<string, Old> {
  const checked = v.safeParse(OldTree, tree, { abortEarly: true });
  if (!checked.success) {
    const issue = checked.issues[0];
    throw badManifest(
      file.path,
      `dependencies: ${
        v.getDotPath(issue) ?? ""
      }: found ${issue.received}, expected ${issue.expected}`,
    );
  }
  for (const [key, entry] of checked.output) {
    const { name, version, local } = oldIdentity(key, entry);
    if (!local) found.add(declared("npm", name, version, false));
  }
  return checked.output;
}

async function readOld(file: ManifestFile, root: unknown): Promise<ManifestContent> {
  const found = collectPackages();
  const top = addOld(file, root, found);
  const nested = new Map<string, ReadonlyMap<string, Old>>();
  const todo: (readonly [string | undefined, Old])[] = [...top];
  for (let at = 0; at < todo.length; at++) {
    const [key, entry] = todo[at]!;
    if (entry.dependencies === undefined) continue;
    const inner = addOld(file, entry.dependencies, found);
    if (key !== undefined) nested.set(key, inner);
    for (const child of inner.values()) todo.push([undefined, child]);
  }
  const missing = new Set<string>();
  const projects = await projectsBeside(file);
  for (const { project } of projects) {
    const own = nested.get(project.name ?? "");
    for (const { alias, local, optional, peer } of project.dependencies) {
      const entry = own?.get(alias) ?? top.get(alias);
      if (entry !== undefined) {
        const { name, version, local } = oldIdentity(alias, entry);
        if (!local) found.add(declared("npm", name, version, true));
      } else if (!local && !optional && !peer) missing.add(alias);
    }
  }
  const known = projects.length > 0;
  return {
    format: "package-lock@1",
    packages: found.all(),
    directKnown: known,
    partial: [
      ...missingReasons(missing),
      ...(known ? [] : ["version 1 does not tell direct packages, and there is no package.json"]),
    ],
  };
}

async function readPackageLock(file: ManifestFile): Promise<ManifestContent> {
  const lock = parseJsonAs(file, PackageLock);
  const { lockfileVersion: version } = lock;
  if (version !== 1 && version !== 2 && version !== 3) {
    throw badManifest(
      file.path,
      `found lockfileVersion ${version}, expected 1, 2 or 3`,
      "Write the lock file with npm 5 to 11",
    );
  }
  if (version === 1) return await readOld(file, lock.dependencies ?? {});
  if (lock.packages === undefined) {
    throw badManifest(file.path, `found no "packages", expected them in version ${version}`);
  }
  return readEntries(file, lock.packages, version);
}

/** Reads npm's lock files. */
export const packageLock: ManifestReader = {
  names: ["package-lock.json", "npm-shrinkwrap.json"],
  written: true,
  matches: (name) => name === "package-lock.json" || name === "npm-shrinkwrap.json",
  read: readPackageLock,
};
