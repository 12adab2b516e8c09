/**
 * `pnpm-lock.yaml`, versions 5 to 9.
 *
 * A package's key was `/name/1.0.0_peer@1` in version 5, `/name@1.0.0(peer@1)` in version 6 and is
 * `name@1.0.0` since version 9, where what differs by peers is in `snapshots`. The same package with
 * several sets of peers is one package here.
 */
import * as v from "valibot";
import { printable } from "../../error.ts";
import { collectPackages, declared, missingReasons } from "./_collect.ts";
import { mapOf, parseYamlTexts, tableOf, validate } from "./_parse.ts";
import { projectsBeside, splitNameAt } from "./package_json.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

// Since version 6 a dependency has its specifier beside it.
const Links = v.optional(
  mapOf(v.union([v.string(), tableOf({ version: v.string() })])),
);
const LINKS = {
  dependencies: Links,
  devDependencies: Links,
  optionalDependencies: Links,
};
const Importer = tableOf({
  ...LINKS,
  // Before version 6 they stood apart, and before the links.
  specifiers: v.optional(mapOf(v.string())),
  configDependencies: Links,
  packageManagerDependencies: Links,
});
type Importer = v.InferOutput<typeof Importer>;

const Package = tableOf({
  resolution: mapOf(v.unknown()),
  name: v.optional(v.string()),
  version: v.optional(v.string()),
  dependencies: Links,
});

const PnpmLock = tableOf({
  ...LINKS,
  specifiers: v.optional(mapOf(v.string())),
  lockfileVersion: v.string(),
  importers: v.optional(mapOf(Importer)),
  packages: v.optional(mapOf(Package)),
  snapshots: v.optional(mapOf(v.union([v.literal(""), tableOf(LINKS)]))),
});
type PnpmLock = v.InferOutput<typeof PnpmLock>;

/** Takes off what tells sets of peers and patches apart. */
function withoutPeers(key: string, major: number): string {
  const bracket = key.indexOf("(");
  const plain = bracket === -1 ? key : key.slice(0, bracket);
  if (major >= 6) return plain;
  const slash = plain.lastIndexOf("/");
  const underscore = plain.indexOf("_", slash);
  return underscore === -1 ? plain : plain.slice(0, underscore);
}

/** Name and version of a package's key. */
function identity(key: string, major: number): { name: string; version?: string } {
  const plain = withoutPeers(key, major);
  if (major >= 6) {
    const [name, version] = splitNameAt(plain.replace(/^\//, ""));
    return version === undefined ? { name } : { name, version };
  }
  // `/name/1.0.0`, or `host/name/1.0.0` from another registry.
  const parts = plain.split("/").slice(1);
  const version = parts.pop();
  const scope = parts.at(-2);
  const name = scope?.startsWith("@") ? `${scope}/${parts.at(-1)}` : parts.at(-1);
  return name === undefined || version === undefined ? { name: plain } : { name, version };
}

/** The key that an importer's link stands for; `undefined` for a folder of the project. */
function keyOf(alias: string, link: string, major: number): string | undefined {
  if (/^(?:link|workspace):/.test(link)) return undefined;
  const plain = withoutPeers(link, major);
  if (major >= 9) {
    return splitNameAt(plain)[1] === undefined || /^https?:|^file:|^git/.test(plain)
      ? `${alias}@${plain}`
      : plain;
  }
  if (plain.startsWith("/") || /^(?:file:|@?[^/@]+\.[^/@]+\/)/.test(plain)) return plain;
  return major >= 6 ? `/${alias}@${plain}` : `/${alias}/${plain}`;
}

function linksOf(importer: Importer): [string, string][] {
  return [
    importer.dependencies,
    importer.devDependencies,
    importer.optionalDependencies,
    importer.configDependencies,
    importer.packageManagerDependencies,
  ].flatMap((links) =>
    [...links ?? []].map(([alias, link]): [string, string] => [
      alias,
      typeof link === "string" ? link : link.version,
    ])
  );
}

function majorOf(file: ManifestFile, lock: PnpmLock): number {
  const match = /^(5|6|9)(?:\.\d+)?$/.exec(lock.lockfileVersion);
  if (match !== null) return Number(match[1]);
  throw badManifest(
    file.path,
    `found lockfileVersion ${printable(lock.lockfileVersion.slice(0, 40))}, expected 5, 6 or 9`,
    "Write the lock file with pnpm 3 to 11",
  );
}

async function readPnpmLock(file: ManifestFile): Promise<ManifestContent> {
  // Since pnpm 11, a document before the lock itself may hold what pnpm needs to run.
  const documents = parseYamlTexts(file).filter((part) => part !== null && part !== "");
  const locks = (documents.length === 0 ? [undefined] : documents).map((part) =>
    validate(file, PnpmLock, part)
  );
  const found = collectPackages();
  const missing = new Set<string>();
  const partial: string[] = [];
  for (const lock of locks) {
    const major = majorOf(file, lock);
    if (major >= 9 && lock.importers === undefined) {
      partial.push("it does not hold the project itself: the file was cut short or edited");
    }
    const direct = new Set<string>();
    const keys = new Set([...lock.packages?.keys() ?? []].map((key) => withoutPeers(key, major)));
    for (const importer of [lock, ...lock.importers?.values() ?? []]) {
      const links = new Map(linksOf(importer as Importer));
      for (const alias of importer.specifiers?.keys() ?? []) {
        if (!links.has(alias)) missing.add(alias);
      }
      for (const [alias, link] of links) {
        const key = keyOf(alias, link, major);
        if (key === undefined) continue;
        direct.add(key);
        if (!keys.has(key)) missing.add(`${alias} ${link}`);
      }
    }
    for (const [key, entry] of lock.packages ?? []) {
      if (entry.resolution.has("directory")) continue;
      const plain = withoutPeers(key, major);
      const { name, version } = identity(key, major);
      found.add(declared("npm", entry.name ?? name, entry.version ?? version, direct.has(plain)));
    }
    if (major < 9) continue;
    // The last table: where it is short, so was the file.
    const snapshots = new Set([...lock.snapshots?.keys() ?? []].map((k) => withoutPeers(k, major)));
    for (const key of keys) if (!snapshots.has(key)) missing.add(key);
    for (const snapshot of lock.snapshots?.values() ?? []) {
      if (typeof snapshot === "string") continue;
      for (const [alias, link] of linksOf(snapshot)) {
        const key = keyOf(alias, link, major);
        if (key !== undefined && !keys.has(key)) missing.add(key);
      }
    }
  }
  const last = locks.at(-1)!;
  const root = new Map(linksOf((last.importers?.get(".") ?? last) as Importer));
  const [beside] = await projectsBeside(file);
  for (const { alias, local, optional, peer } of beside?.project.dependencies ?? []) {
    if (!local && !optional && !peer && !root.has(alias)) missing.add(alias);
  }
  return {
    format: `pnpm-lock@${last.lockfileVersion}`,
    packages: found.all(),
    directKnown: true,
    partial: [...partial, ...missingReasons(missing)],
  };
}

/** Reads pnpm's lock files. */
export const pnpmLock: ManifestReader = {
  names: ["pnpm-lock.yaml"],
  written: true,
  matches: (name) => name === "pnpm-lock.yaml",
  read: readPnpmLock,
};
