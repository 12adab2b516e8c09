/**
 * `Cargo.lock`, versions 1 to 4.
 *
 * A package without a source is code of the workspace: it is not counted, and what it depends on is
 * direct. (The file does not tell a member from a folder outside that is depended on by path.)
 */
import * as v from "valibot";
import { collectPackages, declared, missingReasons } from "./_collect.ts";
import { parseTomlAs, tableOf } from "./_parse.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Package = tableOf({
  name: v.string(),
  version: v.string(),
  source: v.optional(v.string()),
  dependencies: v.optional(v.array(v.string()), []),
});
type Package = v.InferOutput<typeof Package>;

const CargoLock = tableOf({
  version: v.optional(v.number()),
  package: v.optional(v.array(Package), []),
  root: v.optional(Package),
  metadata: v.optional(v.unknown()),
});

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

function readCargoLock(file: ManifestFile): ManifestContent {
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
  return {
    format: `Cargo.lock@${version}`,
    packages: found.all(),
    directKnown: packages.some((entry) => entry.source === undefined),
    partial: [
      ...missingReasons(missing),
      ...(packages.length > 0 ? [] : ["it does not hold the project itself"]),
    ],
  };
}

/** Reads cargo's lock files. */
export const cargoLock: ManifestReader = {
  names: ["Cargo.lock"],
  written: true,
  matches: (name) => name === "Cargo.lock",
  read: (file) => Promise.resolve(readCargoLock(file)),
};
