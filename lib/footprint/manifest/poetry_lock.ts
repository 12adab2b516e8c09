/** `poetry.lock`, written by poetry 1.0 and later. */
import * as v from "valibot";
import { printable } from "../../error.ts";
import { collectPackages, declared, missingReasons } from "./_collect.ts";
import { mapOf, parseTomlAs, tableOf } from "./_parse.ts";
import { pypiName } from "./_pep508.ts";
import { lacking, namedBeside, NO_DIRECT } from "./_python_direct.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const KNOWN = ["1.0", "1.1", "2.0", "2.1"];

const PoetryLock = tableOf({
  package: v.optional(
    v.array(tableOf({
      name: v.string(),
      version: v.string(),
      source: v.optional(tableOf({ type: v.string() })),
      dependencies: v.optional(mapOf(v.unknown())),
    })),
    [],
  ),
  // The last table that poetry writes: without it the file was cut short.
  metadata: tableOf({ "lock-version": v.string(), "content-hash": v.string() }),
});

async function readPoetryLock(file: ManifestFile): Promise<ManifestContent> {
  const lock = parseTomlAs(file, PoetryLock);
  const version = lock.metadata["lock-version"];
  if (!KNOWN.includes(version)) {
    throw badManifest(
      file.path,
      `found lock-version ${printable(version.slice(0, 40))}, expected one of ${KNOWN.join(", ")}`,
      "Write the lock file with a poetry from 1.0 to 2.x",
    );
  }
  const beside = await namedBeside(file, ["pyproject.toml"]);
  const found = collectPackages();
  const names = new Set(lock.package.map((entry) => pypiName(entry.name)));
  const missing = new Set(lacking(beside, names));
  for (const entry of lock.package) {
    for (const [name, constraint] of entry.dependencies ?? []) {
      // Those with markers or extras may rightly be absent: a table says so, or a list of tables.
      if (typeof constraint === "string" && !names.has(pypiName(name))) missing.add(pypiName(name));
    }
    if (entry.source?.type === "directory") continue;
    const name = pypiName(entry.name);
    found.add(declared("pypi", name, entry.version, beside?.direct.has(name) ?? false));
  }
  return {
    format: `poetry.lock@${version}`,
    packages: found.all(),
    directKnown: beside !== undefined,
    partial: [...missingReasons(missing), ...(beside === undefined ? [NO_DIRECT] : [])],
  };
}

/** Reads poetry's lock files. */
export const poetryLock: ManifestReader = {
  names: ["poetry.lock"],
  written: true,
  matches: (name) => name === "poetry.lock",
  read: readPoetryLock,
};
