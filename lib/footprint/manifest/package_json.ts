/** `package.json`: what a Node project names, with all the ways of writing a range. */
import { dirname } from "node:path";
import * as v from "valibot";
import { collectPackages, declared } from "./_collect.ts";
import { expandMembers } from "./_members.ts";
import { mapOf, parseJsonAs, parseYamlTexts, tableOf } from "./_parse.ts";
import { readBeside, readManifestFile } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Texts = mapOf(v.string());

const PackageJson = tableOf({
  name: v.optional(v.string()),
  dependencies: v.optional(Texts),
  devDependencies: v.optional(Texts),
  optionalDependencies: v.optional(Texts),
  peerDependencies: v.optional(Texts),
  peerDependenciesMeta: v.optional(mapOf(tableOf({ optional: v.optional(v.boolean()) }))),
  workspaces: v.optional(v.union([
    v.array(v.string()),
    tableOf({ packages: v.optional(v.array(v.string())) }),
  ])),
});

/** One line of `dependencies`. */
export interface NodeDependency {
  /** The key: what the code imports. */
  readonly alias: string;
  /** The package's own name. */
  readonly name: string;
  /** As written: `^1.0.0`, `npm:is-odd@3`. */
  readonly range: string;
  /** The version, where the range allows one only. */
  readonly version?: string;
  /** A folder of the project, not a package. */
  readonly local: boolean;
  /** It may be missing: an optional one. */
  readonly optional: boolean;
  /** It may be missing from what the lock file says of the project: a peer. */
  readonly peer: boolean;
}

/** A project or a member of its workspace. */
export interface NodeProject {
  /** Its own name. */
  readonly name?: string;
  /** What it names. */
  readonly dependencies: readonly NodeDependency[];
  /** The globs of its members. */
  readonly workspaces: readonly string[];
}

const EXACT = /^[v=]*\s*(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$/;

/**
 * Splits `name@rest`, with or without a scope.
 *
 * @returns The name alone where there is no `@` behind it.
 */
export function splitNameAt(text: string): [name: string, rest: string | undefined] {
  const at = text.indexOf("@", 1);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Reads one line of `dependencies`.
 *
 * @param alias The key.
 * @param range The value.
 * @param kind Whether it may be missing.
 */
export function nodeDependency(
  alias: string,
  range: string,
  { optional = false, peer = false } = {},
): NodeDependency {
  const [, protocol, rest] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(range) ?? [];
  const archive = /\.(?:tgz|tar\.gz)$/.test(range);
  const path = protocol === undefined && /^(?:\.\.?|~)?\//.test(range);
  const local = (path || ["file", "link", "portal", "workspace"].includes(protocol ?? "")) &&
    !archive;
  let name = alias;
  let wanted = protocol === undefined ? range : "";
  if (protocol === "npm" || protocol === "jsr") {
    const isRange = /^[\d^~<>=*v]|^$|^(?:latest|next)$/.test(rest!);
    const [other, version] = isRange ? [alias, rest] : splitNameAt(rest!);
    // What npm's side of JSR calls @std/yaml is @jsr/std__yaml.
    name = protocol === "jsr" ? other.replace(/^@([^/]+)\/(.+)$/, "@jsr/$1__$2") : other;
    wanted = version ?? "";
  }
  const version = EXACT.exec(wanted.trim())?.[1];
  return {
    alias,
    name,
    range,
    ...(version === undefined ? {} : { version }),
    local,
    optional,
    peer,
  };
}

/**
 * Reads a package.json file.
 *
 * @throws {VersusError} If it is none.
 */
export function parsePackageJson(file: ManifestFile): NodeProject {
  const json = parseJsonAs(file, PackageJson);
  const optionalPeers = json.peerDependenciesMeta;
  const peers = [...json.peerDependencies ?? []].filter(([name]) =>
    optionalPeers?.get(name)?.optional !== true
  );
  const optional = [...json.optionalDependencies ?? []];
  const dependencies = [
    ...json.dependencies ?? [],
    ...json.devDependencies ?? [],
  ].filter(([name]) => !json.optionalDependencies?.has(name));
  const { workspaces } = json;
  return {
    ...(json.name === undefined ? {} : { name: json.name }),
    dependencies: [
      ...dependencies.map(([name, range]) => nodeDependency(name, range)),
      ...optional.map(([name, range]) => nodeDependency(name, range, { optional: true })),
      ...peers.map(([name, range]) => nodeDependency(name, range, { peer: true })),
    ],
    workspaces: Array.isArray(workspaces) ? workspaces : workspaces?.packages ?? [],
  };
}

/** The members' package.json files of a workspace. */
async function membersOf(file: ManifestFile, project: NodeProject): Promise<string[]> {
  const globs = [...project.workspaces];
  const pnpm = await readBeside(file, "pnpm-workspace.yaml");
  if (pnpm !== undefined) {
    const shape = tableOf({ packages: v.optional(v.array(v.string()), []) });
    const result = v.safeParse(shape, parseYamlTexts(pnpm)[0]);
    if (result.success) globs.push(...result.output.packages);
  }
  return globs.length === 0 ? [] : await expandMembers(dirname(file.path), globs, "package.json");
}

/**
 * Reads the project beside a lock file, with the members of its workspace.
 *
 * @param lock The lock file.
 * @returns The root first; empty where there is no package.json.
 */
export async function projectsBeside(
  lock: ManifestFile,
): Promise<{ path: string; project: NodeProject }[]> {
  const root = await readBeside(lock, "package.json");
  if (root === undefined) return [];
  const project = parsePackageJson(root);
  const result = [{ path: root.path, project }];
  for (const path of await membersOf(root, project)) {
    result.push({ path, project: parsePackageJson(await readManifestFile(path)) });
  }
  return result;
}

async function readPackageJson(file: ManifestFile): Promise<ManifestContent> {
  const project = parsePackageJson(file);
  const found = collectPackages();
  for (const { name, version, local } of project.dependencies) {
    if (!local) found.add(declared("npm", name, version, true));
  }
  return {
    format: "package.json",
    packages: found.all(),
    directKnown: true,
    ...(project.name === undefined ? {} : { ownName: project.name }),
    more: await membersOf(file, project),
  };
}

/** Reads Node's manifests. */
export const packageJson: ManifestReader = {
  names: ["package.json"],
  matches: (name) => name === "package.json",
  read: readPackageJson,
};
