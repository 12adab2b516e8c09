/** `pylock.toml`, the lock file of PEP 751. */
import * as v from "valibot";
import { printable } from "../../error.ts";
import { collectPackages, declared, missingReasons, some } from "./_collect.ts";
import { parseTomlAs, Table, tableOf } from "./_parse.ts";
import { pypiName } from "./_pep508.ts";
import { lacking, namedBeside, NO_DIRECT } from "./_python_direct.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

// "hashes" must not be empty.
const Archive = tableOf({
  hashes: v.pipe(Table, v.check((hashes) => Object.keys(hashes).length > 0, "Expected a hash")),
});

const Pylock = tableOf({
  "lock-version": v.string(),
  packages: v.array(tableOf({
    name: v.string(),
    version: v.optional(v.string()),
    vcs: v.optional(Table),
    directory: v.optional(Table),
    archive: v.optional(Archive),
    sdist: v.optional(Archive),
    wheels: v.optional(v.array(Archive)),
  })),
});

async function readPylock(file: ManifestFile): Promise<ManifestContent> {
  const lock = parseTomlAs(file, Pylock);
  const version = lock["lock-version"];
  // PEP 751: another major version must be refused, another minor one may be read.
  if (!/^1\.\d+$/.test(version)) {
    throw badManifest(
      file.path,
      `found lock-version ${printable(version.slice(0, 40))}, expected 1.0`,
      "Write the lock file with a tool that knows version 1.0",
    );
  }
  const beside = await namedBeside(file);
  const held = new Set(lock.packages.map(({ name }) => pypiName(name)));
  const found = collectPackages();
  const empty: string[] = [];
  for (const entry of lock.packages) {
    if (entry.directory !== undefined) continue;
    const source = entry.vcs ?? entry.archive ?? entry.sdist ?? entry.wheels?.[0];
    if (source === undefined) empty.push(printable(entry.name));
    const name = pypiName(entry.name);
    found.add(declared("pypi", name, entry.version, beside?.direct.has(name) ?? false));
  }
  const partial: string[] = [];
  if (version !== "1.0") partial.push(`lock-version ${version} is newer than 1.0`);
  if (beside === undefined) partial.push(NO_DIRECT);
  partial.push(...missingReasons(new Set(lacking(beside, held))));
  if (empty.length > 0) {
    partial.push(`it names no file for ${some(empty)}: the file was cut short or edited`);
  }
  return {
    format: `pylock@${version}`,
    packages: found.all(),
    directKnown: beside !== undefined,
    partial,
  };
}

/** Reads PEP 751 lock files. */
export const pylock: ManifestReader = {
  names: ["pylock.toml", "pylock.*.toml"],
  written: true,
  matches: (name) => /^pylock(?:\.[^.]+)?\.toml$/.test(name),
  read: readPylock,
};
