/** `Cargo.toml`: the dependencies of a crate, or the members of a workspace. */
import { dirname, join } from "node:path";
import * as v from "valibot";
import { collectPackages, declared } from "./_collect.ts";
import { expandMembers } from "./_members.ts";
import { mapOf, parseTomlAs, tableOf } from "./_parse.ts";
import { isFile, readManifestFile } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Dependency = v.union([
  v.string(),
  tableOf({
    version: v.optional(v.string()),
    package: v.optional(v.string()),
    path: v.optional(v.string()),
    workspace: v.optional(v.boolean()),
  }),
]);
type Dependency = v.InferOutput<typeof Dependency>;
const Dependencies = mapOf(Dependency);

const TABLES = {
  dependencies: v.optional(Dependencies),
  "dev-dependencies": v.optional(Dependencies),
  "dev_dependencies": v.optional(Dependencies),
  "build-dependencies": v.optional(Dependencies),
  "build_dependencies": v.optional(Dependencies),
};

const CargoToml = tableOf({
  ...TABLES,
  target: v.optional(mapOf(tableOf(TABLES))),
  workspace: v.optional(tableOf({
    members: v.optional(v.array(v.string())),
    exclude: v.optional(v.array(v.string())),
    dependencies: v.optional(Dependencies),
  })),
});
type CargoToml = v.InferOutput<typeof CargoToml>;

/** Folders above a crate in which its workspace may be. */
const MAX_PARENTS = 32;

function parseCargoToml(file: ManifestFile): CargoToml {
  return parseTomlAs(file, CargoToml);
}

/** The dependencies that a workspace lends to its members. */
async function inherited(
  file: ManifestFile,
  own: CargoToml,
): Promise<ReadonlyMap<string, Dependency>> {
  if (own.workspace !== undefined) return own.workspace.dependencies ?? new Map();
  let folder = dirname(file.path);
  for (let i = 0; i < MAX_PARENTS; i++) {
    const above = join(folder, "..");
    const path = join(above, "Cargo.toml");
    if (await Deno.realPath(above) === await Deno.realPath(folder)) break;
    if (await isFile(path)) {
      const { workspace } = parseCargoToml(await readManifestFile(path));
      if (workspace !== undefined) return workspace.dependencies ?? new Map();
    }
    folder = above;
  }
  return new Map();
}

async function readCargoToml(file: ManifestFile): Promise<ManifestContent> {
  const toml = parseCargoToml(file);
  const tables = [toml, ...toml.target?.values() ?? []].flatMap((part) => [
    ...part.dependencies ?? [],
    ...part["dev-dependencies"] ?? part["dev_dependencies"] ?? [],
    ...part["build-dependencies"] ?? part["build_dependencies"] ?? [],
  ]);
  const inherits = tables.some(([, d]) => typeof d !== "string" && d.workspace === true);
  const lent = inherits ? await inherited(file, toml) : new Map<string, Dependency>();
  const found = collectPackages();
  const partial = new Set<string>();
  for (const [name, named] of tables) {
    const borrows = typeof named !== "string" && named.workspace === true;
    const dependency = borrows ? lent.get(name) : named;
    if (dependency === undefined) {
      partial.add("the workspace that it inherits dependencies from was not found");
      found.add(declared("cargo", name, undefined, true));
      continue;
    }
    const table = typeof dependency === "string" ? { version: dependency } : dependency;
    if (table.path !== undefined) continue;
    const fixed = /^=\s*(\d+\.\d+\.\d+[^\s,]*)$/.exec(table.version?.trim() ?? "")?.[1];
    found.add(declared("cargo", table.package ?? name, fixed, true));
  }
  const { members, exclude } = toml.workspace ?? {};
  return {
    format: "Cargo.toml",
    packages: found.all(),
    directKnown: true,
    partial: [...partial],
    more: members === undefined ? [] : await expandMembers(
      dirname(file.path),
      [...members, ...(exclude ?? []).map((glob) => `!${glob}`)],
      "Cargo.toml",
    ),
  };
}

/** Reads Rust's manifests. */
export const cargoToml: ManifestReader = {
  names: ["Cargo.toml"],
  matches: (name) => name === "Cargo.toml",
  read: readCargoToml,
};
