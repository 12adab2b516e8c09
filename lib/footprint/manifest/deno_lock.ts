/**
 * `deno.lock`, versions 2 to 5.
 *
 * Direct is what the workspace names, and what is asked for by code that no JSR package brought along:
 * scripts name packages in their imports.
 */
import * as v from "valibot";
import { printable } from "../../error.ts";
import type { DeclaredPackage } from "../types.ts";
import { collectPackages, missingReasons } from "./_collect.ts";
import { mapOf, parseJsonAs, tableOf } from "./_parse.ts";
import { splitNameAt } from "./package_json.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Texts = v.optional(mapOf(v.string()));
const Packages = v.optional(
  mapOf(
    tableOf({ dependencies: v.optional(v.union([v.array(v.string()), mapOf(v.string())])) }),
  ),
);
const Names = v.optional(v.array(v.string()), []);
const WORKSPACE = {
  dependencies: Names,
  packageJson: v.optional(tableOf({ dependencies: Names })),
};

const DenoLock = tableOf({
  version: v.string(),
  specifiers: Texts,
  jsr: Packages,
  // In version 2 two tables, else the packages themselves.
  npm: v.optional(v.unknown()),
  packages: v.optional(tableOf({ specifiers: Texts, jsr: Packages, npm: Packages })),
  remote: Texts,
  workspace: v.optional(tableOf({
    ...WORKSPACE,
    members: v.optional(mapOf(tableOf(WORKSPACE))),
  })),
});

const OldNpm = v.optional(tableOf({ specifiers: Texts, packages: Packages }));

interface Content {
  /** `npm:chalk@5` → `npm:chalk@5.3.0`. */
  specifiers: Map<string, string>;
  jsr: v.InferOutput<typeof Packages>;
  npm: v.InferOutput<typeof Packages>;
}

function wrongShape(file: ManifestFile, version: string) {
  return badManifest(file.path, `npm: found something that version ${version} does not have`);
}

function check<const S extends v.GenericSchema>(
  file: ManifestFile,
  version: string,
  schema: S,
  value: unknown,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (!result.success) throw wrongShape(file, version);
  return result.output;
}

function contentOf(file: ManifestFile, lock: v.InferOutput<typeof DenoLock>): Content {
  const { version } = lock;
  if (version === "2") {
    const npm = check(file, version, OldNpm, lock.npm);
    const specifiers = [...npm?.specifiers ?? []].map(([asked, got]): [string, string] => [
      `npm:${asked}`,
      `npm:${got}`,
    ]);
    return { specifiers: new Map(specifiers), jsr: undefined, npm: npm?.packages };
  }
  if (version === "3") {
    const { specifiers, jsr, npm } = lock.packages ?? {};
    return { specifiers: new Map(specifiers), jsr, npm };
  }
  if (version === "4" || version === "5") {
    // The value is only the version: the name stands in the key.
    const specifiers = [...lock.specifiers ?? []].map(([asked, got]): [string, string] => {
      const [name] = splitNameAt(asked.replace(/^(?:jsr|npm):/, ""));
      return [asked, `${asked.slice(0, 4)}${name}@${got}`];
    });
    const npm = check(file, version, Packages, lock.npm);
    return { specifiers: new Map(specifiers), jsr: lock.jsr, npm };
  }
  throw badManifest(
    file.path,
    `found version ${printable(version.slice(0, 40))}, expected 2 to 5`,
    "Write the lock file with Deno 1.28 to 2.x",
  );
}

/** `@std/yaml@1.2.0`, `chalk@5.3.0_react@18.0.0`: what follows `_` is the peers. */
function identity(ecosystem: "jsr" | "npm", id: string, direct: boolean): DeclaredPackage {
  const [name, rest] = splitNameAt(id);
  const version = rest?.split("_")[0];
  return { ecosystem, name, ...(version === undefined ? {} : { version }), direct };
}

function readDenoLock(file: ManifestFile): ManifestContent {
  const lock = parseJsonAs(file, DenoLock);
  const { specifiers, jsr, npm } = contentOf(file, lock);
  const parts = lock.workspace === undefined
    ? []
    : [lock.workspace, ...lock.workspace.members?.values() ?? []];
  const named = new Set(
    parts.flatMap((part) => [...part.dependencies, ...part.packageJson?.dependencies ?? []]),
  );
  const brought = new Set(
    [...jsr?.values() ?? []].flatMap(({ dependencies }) =>
      dependencies === undefined
        ? []
        : Array.isArray(dependencies)
        ? dependencies
        : [...dependencies.keys()]
    ),
  );
  const direct = new Set<string>();
  const missing = new Set<string>();
  const held = new Set([
    ...[...jsr?.keys() ?? []].map((id) => `jsr:${id}`),
    ...[...npm?.keys() ?? []].map((id) => `npm:${id}`),
  ]);
  for (const [asked, got] of specifiers) {
    if (!held.has(got)) missing.add(asked);
    // Since version 4 a dependency leaves out the range where only one is asked for.
    const [name] = splitNameAt(asked.slice(4));
    const byOthers = brought.has(asked) || brought.has(`${asked.slice(0, 4)}${name}`);
    if (named.has(asked) || !byOthers) direct.add(got);
  }
  const found = collectPackages();
  for (const id of jsr?.keys() ?? []) found.add(identity("jsr", id, direct.has(`jsr:${id}`)));
  for (const id of npm?.keys() ?? []) found.add(identity("npm", id, direct.has(`npm:${id}`)));
  const remote = lock.remote?.size ?? 0;
  return {
    format: `deno.lock@${lock.version}`,
    packages: found.all(),
    directKnown: true,
    partial: [
      ...missingReasons(missing),
      ...(remote === 0 ? [] : [`${remote} more modules are named by address, of no package`]),
    ],
  };
}

/** Reads Deno's lock files. */
export const denoLock: ManifestReader = {
  names: ["deno.lock"],
  written: true,
  matches: (name) => name === "deno.lock",
  read: (file) => Promise.resolve(readDenoLock(file)),
};
