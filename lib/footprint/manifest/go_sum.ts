/**
 * `go.sum`: the checksums of what was downloaded.
 *
 * It is no lock file: it also holds versions that were only looked at. So modules are those with a
 * checksum of their code (not of `/go.mod` alone), and beside a go.mod of Go 1.17 or later, which names
 * everything that is built, those that go.mod names too.
 */
import { printable } from "../../error.ts";
import { collectPackages, some } from "./_collect.ts";
import { compareGoVersions, isGoVersion } from "./_go_syntax.ts";
import { namesAll, parseGoMod } from "./go_mod.ts";
import { badManifest, linesOf, readBeside } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const HASH = /^h1:[A-Za-z0-9+/]{43}=$/;

/** The versions with a checksum of their code, and of anything, by module. */
interface Sums {
  code: Map<string, string[]>;
  any: Set<string>;
}

function parseGoSum(file: ManifestFile): Sums {
  const sums: Sums = { code: new Map(), any: new Set() };
  linesOf(file.text).forEach((raw, index) => {
    const fields = raw.split(/[ \t]+/).filter((field) => field !== "");
    if (fields.length === 0) return;
    const [name, versioned, hash] = fields;
    const version = versioned?.replace(/\/go\.mod$/, "");
    if (fields.length !== 3 || !isGoVersion(version!) || !HASH.test(hash!)) {
      throw badManifest(
        file.path,
        `found ${printable(raw.slice(0, 100))} at line ${index + 1}, ` +
          "expected a module, its version and h1:<checksum>",
        "Run go mod tidy, or restore the file",
      );
    }
    sums.any.add(`${name}\0${version}`);
    if (version === versioned) {
      const versions = sums.code.get(name!) ?? [];
      if (!versions.includes(version!)) versions.push(version!);
      sums.code.set(name!, versions);
    }
  });
  return sums;
}

async function readGoSum(file: ManifestFile): Promise<ManifestContent> {
  const sums = parseGoSum(file);
  const modFile = await readBeside(file, "go.mod");
  const found = collectPackages();
  const partial: string[] = [];
  if (modFile === undefined) {
    for (const [name, versions] of sums.code) {
      for (const version of versions) found.add({ ecosystem: "go", name, version, direct: false });
    }
    partial.push("without a go.mod beside it, it says only what was downloaded");
    return { format: "go.sum", packages: found.all(), directKnown: false, partial };
  }
  const mod = parseGoMod(modFile);
  const named = new Set(mod.modules.map(({ name }) => name));
  const missing: string[] = [];
  for (const module of mod.modules) {
    const by = module.replacedBy;
    if (by !== undefined && by.version === undefined) continue;
    const [name, version] = [by?.name ?? module.name, by?.version ?? module.version];
    if (sums.code.get(name)?.includes(version!)) found.add(module);
    else if (!sums.any.has(`${name}\0${version}`)) missing.push(module.name);
  }
  if (missing.length > 0) {
    partial.push(`it has no checksum of ${some(missing)}, which go.mod names`);
  }
  if (!namesAll(mod)) {
    for (const [name, versions] of sums.code) {
      const version = [...versions].sort(compareGoVersions).at(-1)!;
      if (!named.has(name)) found.add({ ecosystem: "go", name, version, direct: false });
    }
    if (found.all().length > 0) {
      partial.push("before Go 1.17 only go.sum names indirect modules, and it may name too many");
    }
  }
  return { format: "go.sum", packages: found.all(), directKnown: true, partial };
}

/** Reads Go's checksums. */
export const goSum: ManifestReader = {
  names: ["go.sum"],
  written: true,
  matches: (name) => name === "go.sum",
  read: readGoSum,
};
