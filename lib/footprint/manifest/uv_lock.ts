/** `uv.lock`: every platform and every Python version at once. */
import * as v from "valibot";
import { collectPackages, declared, missingReasons } from "./_collect.ts";
import { mapOf, parseTomlAs, tableOf } from "./_parse.ts";
import { pypiName } from "./_pep508.ts";
import { lacking, namedBeside } from "./_python_direct.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Dependencies = v.array(
  tableOf({ name: v.string(), version: v.optional(v.string()) }),
);

const Package = tableOf({
  name: v.string(),
  version: v.optional(v.string()),
  source: mapOf(v.string()),
  dependencies: v.optional(Dependencies, []),
  "optional-dependencies": v.optional(mapOf(Dependencies)),
  "dev-dependencies": v.optional(mapOf(Dependencies)),
});
type Package = v.InferOutput<typeof Package>;

const UvLock = tableOf({
  version: v.number(),
  manifest: v.optional(tableOf({
    members: v.optional(v.array(v.string())),
    requirements: v.optional(Dependencies),
  })),
  package: v.optional(v.array(Package), []),
});

function dependenciesOf(entry: Package): v.InferOutput<typeof Dependencies> {
  return [
    entry.dependencies,
    ...entry["optional-dependencies"]?.values() ?? [],
    ...entry["dev-dependencies"]?.values() ?? [],
  ].flat();
}

/** A folder of the project: the code itself, not a package that it uses. */
function folderOf({ source }: Package): string | undefined {
  return source.get("virtual") ?? source.get("editable") ?? source.get("directory");
}

async function readUvLock(file: ManifestFile): Promise<ManifestContent> {
  const lock = parseTomlAs(file, UvLock);
  if (lock.version !== 1) {
    throw badManifest(
      file.path,
      `found version ${lock.version}, expected 1`,
      "Write the lock file with a uv that writes version 1",
    );
  }
  const members = new Set((lock.manifest?.members ?? []).map(pypiName));
  const isRoot = (entry: Package) =>
    members.size > 0 ? members.has(pypiName(entry.name)) : folderOf(entry) === ".";
  const roots = lock.package.filter(isRoot);
  const direct = [...roots.flatMap(dependenciesOf), ...lock.manifest?.requirements ?? []];
  const named = (name: string, version?: string) => `${pypiName(name)}\0${version ?? ""}`;
  const wanted = new Set(direct.map(({ name, version }) => named(name, version)));

  const found = collectPackages();
  const held = new Set(lock.package.map((entry) => pypiName(entry.name)));
  const missing = new Set(lacking(await namedBeside(file, ["pyproject.toml"]), held));
  for (const entry of lock.package) {
    for (const { name } of dependenciesOf(entry)) {
      if (!held.has(pypiName(name))) missing.add(pypiName(name));
    }
    if (folderOf(entry) !== undefined) continue;
    // A version is named only where the lock holds several of the package.
    const isDirect = wanted.has(named(entry.name)) || wanted.has(named(entry.name, entry.version));
    found.add(declared("pypi", pypiName(entry.name), entry.version, isDirect));
  }
  const known = roots.length > 0 || lock.manifest?.requirements !== undefined;
  return {
    format: `uv.lock@${lock.version}`,
    packages: found.all(),
    directKnown: known,
    partial: [
      ...missingReasons(missing),
      ...(known ? [] : ["it does not hold the project itself"]),
    ],
  };
}

/** Reads uv's lock files. */
export const uvLock: ManifestReader = {
  names: ["uv.lock"],
  written: true,
  matches: (name) => name === "uv.lock",
  read: readUvLock,
};
