/** `deno.json`: `jsr:` and `npm:` specifiers of its import map, and the members of its workspace. */
import { dirname } from "node:path";
import * as v from "valibot";
import type { DeclaredPackage } from "../types.ts";
import { collectPackages } from "./_collect.ts";
import { expandMembers } from "./_members.ts";
import { mapOf, parseJsoncAs, tableOf } from "./_parse.ts";
import { nodeDependency, splitNameAt } from "./package_json.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Imports = v.optional(mapOf(v.string()));

const DenoJson = tableOf({
  name: v.optional(v.string()),
  imports: Imports,
  scopes: v.optional(mapOf(mapOf(v.string()))),
  workspace: v.optional(v.union([
    v.array(v.string()),
    tableOf({ members: v.optional(v.array(v.string())) }),
  ])),
});

/**
 * Reads a specifier.
 *
 * @param text `jsr:@std/yaml@^1.2/parse`, `npm:chalk@5.3.0`.
 * @returns The package, or `undefined` for files and addresses.
 */
export function denoPackage(text: string): DeclaredPackage | undefined {
  const match = /^(jsr|npm):\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(?:\/.*)?$/.exec(text);
  if (match === null) return undefined;
  const [, ecosystem, name, range] = match;
  const version = range === undefined ? undefined : nodeDependency("", range).version;
  return {
    ecosystem: ecosystem as "jsr" | "npm",
    name: name!,
    ...(version === undefined ? {} : { version }),
    direct: true,
  };
}

async function readDenoJson(file: ManifestFile): Promise<ManifestContent> {
  const json = parseJsoncAs(file, DenoJson);
  const found = collectPackages();
  const maps = [json.imports, ...json.scopes?.values() ?? []];
  let addresses = 0;
  for (const target of maps.flatMap((map) => [...map?.values() ?? []])) {
    const named = denoPackage(target);
    if (named !== undefined) found.add(named);
    else if (/^https?:/.test(target)) addresses++;
  }
  const { workspace } = json;
  const globs = Array.isArray(workspace) ? workspace : workspace?.members ?? [];
  return {
    format: "deno.json",
    packages: found.all(),
    directKnown: true,
    ...(json.name === undefined ? {} : { ownName: splitNameAt(json.name)[0] }),
    partial: addresses === 0 ? [] : [`${addresses} more are named by address, of no package`],
    more: globs.length === 0
      ? []
      : await expandMembers(dirname(file.path), globs, "deno.json", "deno.jsonc", "package.json"),
  };
}

/** Reads Deno's manifests. */
export const denoJson: ManifestReader = {
  names: ["deno.json", "deno.jsonc"],
  matches: (name) => name === "deno.json" || name === "deno.jsonc",
  read: readDenoJson,
};
