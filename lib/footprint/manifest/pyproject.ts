/**
 * `pyproject.toml`: PEP 621, dependency groups (PEP 735) and poetry's own tables.
 *
 * Everything that it names is direct: dependencies, extras and groups. `build-system.requires` is what
 * builds the project, not what it uses, and is not counted.
 */
import { dirname } from "node:path";
import * as v from "valibot";
import { printable } from "../../error.ts";
import { collectPackages, declared } from "./_collect.ts";
import { mapOf, parseTomlAs, Table, tableOf } from "./_parse.ts";
import { parseRequirement, pypiName } from "./_pep508.ts";
import { badManifest } from "./_text.ts";
import { expandMembers } from "./_members.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const Texts = v.array(v.string());
const PoetryConstraint = v.union([
  v.string(),
  tableOf({
    version: v.optional(v.string()),
    path: v.optional(v.string()),
  }),
]);
const PoetryTable = mapOf(v.union([PoetryConstraint, v.array(PoetryConstraint)]));
type PoetryTable = v.InferOutput<typeof PoetryTable>;

const Pyproject = tableOf({
  project: v.optional(tableOf({
    name: v.optional(v.string()),
    dependencies: v.optional(Texts),
    "optional-dependencies": v.optional(mapOf(Texts)),
    dynamic: v.optional(Texts),
  })),
  "dependency-groups": v.optional(
    mapOf(v.array(v.union([v.string(), tableOf({ "include-group": v.string() })]))),
  ),
  tool: v.optional(tableOf({
    poetry: v.optional(tableOf({
      name: v.optional(v.string()),
      dependencies: v.optional(PoetryTable),
      "dev-dependencies": v.optional(PoetryTable),
      group: v.optional(mapOf(tableOf({ dependencies: v.optional(PoetryTable) }))),
    })),
    uv: v.optional(tableOf({
      "dev-dependencies": v.optional(Texts),
      sources: v.optional(mapOf(v.union([Table, v.array(Table)]))),
      workspace: v.optional(tableOf({
        members: v.optional(Texts),
        exclude: v.optional(Texts),
      })),
    })),
  })),
});

/** The version that poetry's constraint fixes: a bare version, or one with `==`. */
function poetryVersion(constraint: string | undefined): string | undefined {
  return /^(?:==)?\s*(\d[A-Za-z0-9.+!]*)$/.exec(constraint?.trim() ?? "")?.[1];
}

async function readPyproject(file: ManifestFile): Promise<ManifestContent> {
  const { project, tool, "dependency-groups": groups } = parseTomlAs(file, Pyproject);
  const found = collectPackages();
  const own = new Set(
    [project?.name, tool?.poetry?.name].filter((name) => name !== undefined).map(pypiName),
  );
  const local = new Set(
    [...tool?.uv?.sources ?? []].filter(([, source]) =>
      [source].flat().some((s) => "path" in s || s["workspace"] === true)
    ).map(([name]) => pypiName(name)),
  );

  const required: string[] = [];

  function add(text: string, where: string): void {
    const requirement = parseRequirement(text);
    if (requirement === undefined) {
      throw badManifest(
        file.path,
        `${where}: found ${printable(text.slice(0, 80))}, expected a requirement`,
        "Write it as PEP 508 has it: name[extra]>=1.0",
      );
    }
    const { name, version, url, conditional } = requirement;
    if (own.has(name) || local.has(name) || url?.startsWith("file:")) return;
    if (where === "project.dependencies" && conditional !== true) required.push(name);
    found.add(declared("pypi", name, version, true));
  }

  function addPoetry(table: PoetryTable | undefined): void {
    for (const [name, constraint] of table ?? []) {
      if (name.toLowerCase() === "python") continue;
      for (const one of [constraint].flat()) {
        if (typeof one !== "string" && one.path !== undefined) continue;
        const version = poetryVersion(typeof one === "string" ? one : one.version);
        found.add(declared("pypi", pypiName(name), version, true));
        if (typeof constraint === "string") required.push(pypiName(name));
      }
    }
  }

  project?.dependencies?.forEach((text) => add(text, "project.dependencies"));
  for (const [extra, list] of project?.["optional-dependencies"] ?? []) {
    list.forEach((text) => add(text, `project.optional-dependencies.${printable(extra)}`));
  }
  for (const [group, list] of groups ?? []) {
    for (const item of list) {
      if (typeof item === "string") add(item, `dependency-groups.${printable(group)}`);
    }
  }
  tool?.uv?.["dev-dependencies"]?.forEach((text) => add(text, "tool.uv.dev-dependencies"));
  addPoetry(tool?.poetry?.dependencies);
  addPoetry(tool?.poetry?.["dev-dependencies"]);
  for (const group of tool?.poetry?.group?.values() ?? []) addPoetry(group.dependencies);

  const workspace = tool?.uv?.workspace;
  const partial: string[] = [];
  if (project?.dynamic?.some((field) => field.endsWith("dependencies"))) {
    partial.push("its dependencies are dynamic: they are known only when it is built");
  }
  return {
    format: "pyproject.toml",
    packages: found.all(),
    directKnown: true,
    required,
    partial,
    more: workspace?.members === undefined ? [] : await expandMembers(
      dirname(file.path),
      [...workspace.members, ...(workspace.exclude ?? []).map((glob) => `!${glob}`)],
      "pyproject.toml",
    ),
  };
}

/** Reads Python projects. */
export const pyproject: ManifestReader = {
  names: ["pyproject.toml"],
  matches: (name) => name === "pyproject.toml",
  read: readPyproject,
};
