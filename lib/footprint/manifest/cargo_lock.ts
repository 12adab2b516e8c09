/**
 * `Cargo.lock`, versions 1 to 4.
 *
 * A package without a source is code of the workspace: it is not counted, and what it depends on is
 * direct. (The file does not tell a member from a folder outside that is depended on by path.)
 */
import * as v from "valibot";
import { collectPackages, declared, missingReasons } from "./_collect.ts";
import { parseTomlAs, tableOf } from "./_parse.ts";
import { cargoToml } from "./cargo_toml.ts";
import { badManifest, readBeside, readManifestFile } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Package = tableOf({
  name: v.string(),
  version: v.string(),
  source: v.optional(v.string()),
  checksum: v.optional(v.string()),
  dependencies: v.optional(v.array(v.string()), []),
});
type Package = v.InferOutput<typeof Package>;

const CargoLock = tableOf({
  version: v.optional(v.number()),
  package: v.optional(v.array(Package), []),
  root: v.optional(Package),
  metadata: v.optional(v.unknown()),
});

/** The packages that the Cargo.toml beside it and its members name; none without one. */
async function namedByWorkspace(lock: ManifestFile): Promise<Set<string>> {
  const root = await readBeside(lock, "Cargo.toml");
  if (root === undefined) return new Set();
  const { packages, more } = await cargoToml.read(root);
  const names = new Set(packages.map(({ name }) => name));
  for (const path of more ?? []) {
    const member = await cargoToml.read(await readManifestFile(path));
    for (const { name } of member.packages) names.add(name);
  }
  return names;
}

/**
 * Whether the last package was cut off in the middle: one of a registry without a checksum, or one
 * without a source on which another package of a registry depends.
 */
function endsEarly(packages: readonly Package[], version: number): boolean {
  const last = packages.at(-1);
  if (last === undefined || version < 3) return false;
  if (last.source !== undefined) {
    return last.source.startsWith("registry+") && last.checksum === undefined;
  }
  return packages.some(({ source, dependencies }) =>
    source !== undefined && dependencies.some((text) => text.split(" ")[0] === last.name)
  );
}

/** Finds what `name`, `name version` or `name version (source)` stands for. */
function finder(packages: readonly Package[]): (text: string) => Package | undefined {
  const byName = Map.groupBy(packages, ({ name }) => name);
  return (text) => {
    const [name, version, source] = text.split(" ");
    const plain = source?.replace(/^\((.*)\)$/, "$1");
    const hits = (byName.get(name!) ?? []).filter((p) =>
      (version === undefined || p.version === version) &&
      (plain === undefined || p.source === plain)
    );
    return hits[0];
  };
}

async function readCargoLock(file: ManifestFile): Promise<ManifestContent> {
  const lock = parseTomlAs(file, CargoLock);
  // Version 1 keeps its checksums in [metadata], version 2 beside each package; neither has a number.
  const version = lock.version ?? (lock.metadata === undefined ? 2 : 1);
  if (![1, 2, 3, 4].includes(version)) {
    throw badManifest(
      file.path,
      `found version ${version}, expected 1 to 4`,
      "Write the lock file with a cargo that writes version 4",
    );
  }
  const packages = [...lock.package, ...(lock.root === undefined ? [] : [lock.root])];
  const find = finder(packages);
  const direct = new Set<Package>();
  const missing = new Set<string>();
  for (const entry of packages) {
    for (const text of entry.dependencies) {
      const target = find(text);
      if (target === undefined) missing.add(text);
      else if (entry.source === undefined) direct.add(target);
    }
  }
  const found = collectPackages();
  for (const entry of packages) {
    if (entry.source === undefined) continue;
    found.add(declared("cargo", entry.name, entry.version, direct.has(entry)));
  }
  // A package that was cut off before its source looks like a folder of the workspace.
  const held = new Set(found.all().map(({ name }) => name));
  for (const name of await namedByWorkspace(file)) if (!held.has(name)) missing.add(name);
  return {
    format: `Cargo.lock@${version}`,
    packages: found.all(),
    directKnown: packages.some((entry) => entry.source === undefined),
    partial: [
      ...missingReasons(missing),
      ...(endsEarly(lock.package, version)
        ? ["its last package is incomplete: it was cut short"]
        : []),
      ...(packages.length > 0 ? [] : ["it does not hold the project itself"]),
    ],
  };
}

/** Reads cargo's lock files. */
export const cargoLock: ManifestReader = {
  names: ["Cargo.lock"],
  written: true,
  matches: (name) => name === "Cargo.lock",
  read: readCargoLock,
};
