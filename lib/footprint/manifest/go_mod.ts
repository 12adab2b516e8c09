/** `go.mod`: the modules that a build may use, with the version that each is taken in. */
import * as path from "node:path";
import { printable } from "../../error.ts";
import type { DeclaredPackage } from "../types.ts";
import { collectPackages } from "./_collect.ts";
import { compareGoVersions, type Directive, goDirectives, isGoVersion } from "./_go_syntax.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile, ManifestReader } from "./types.ts";

const VERBS = new Set([
  ...["module", "go", "toolchain", "godebug", "require", "exclude", "replace", "retract"],
  ...["tool", "ignore"],
]);
const HINT = "Run go mod tidy, or restore the file";

/** What go.mod says. */
export interface GoMod {
  /** The Go version of the `go` line, such as `1.22`; absent in very old files. */
  readonly go?: string;
  /** The modules required, each once. */
  readonly modules: readonly DeclaredPackage[];
}

type Replacement = NonNullable<DeclaredPackage["replacedBy"]>;

function wrong(file: ManifestFile, { verb, words, line }: Directive, expected: string) {
  const found = printable([verb, ...words].join(" ").slice(0, 100));
  return badManifest(file.path, `found ${found} at line ${line}, expected ${expected}`, HINT);
}

/** Reads `old [version] => new [version]`. */
function replacement(
  file: ManifestFile,
  directive: Directive,
): { key: string; by: Replacement } {
  const { words } = directive;
  const arrow = words.indexOf("=>");
  const [old, oldVersion] = words.slice(0, arrow);
  const [name, version, ...rest] = words.slice(arrow + 1);
  if (arrow < 1 || arrow > 2 || name === undefined || rest.length > 0) {
    throw wrong(file, directive, "replace old => new version");
  }
  const local = /^\.{0,2}\//.test(name) || path.isAbsolute(name) || /^\.\.?$/.test(name);
  if (version === undefined && !local) {
    throw wrong(file, directive, "a version, or a path that starts with ./ or ../");
  }
  return {
    key: `${old}\0${oldVersion ?? ""}`,
    by: { name, ...(version === undefined ? {} : { version }) },
  };
}

/**
 * Reads a go.mod file.
 *
 * @throws {VersusError} If it is none.
 */
export function parseGoMod(file: ManifestFile): GoMod {
  const modules = new Map<string, DeclaredPackage>();
  const replaced = new Map<string, Replacement>();
  const excluded = new Set<string>();
  let go: string | undefined;
  let named = false;
  for (const directive of goDirectives(file, VERBS)) {
    const { verb, words, comment } = directive;
    if (verb === "module") named = true;
    else if (verb === "go") {
      if (!/^\d+\.\d+(?:\.\d+)?(?:[a-z]+\d+)?$/.test(words[0] ?? "")) {
        throw wrong(file, directive, "go 1.22");
      }
      go = words[0]!;
    } else if (verb === "exclude") excluded.add(words.join("\0"));
    else if (verb === "replace") {
      const { key, by } = replacement(file, directive);
      replaced.set(key, by);
    } else if (verb === "require") {
      const [name, version, ...rest] = words;
      if (name === undefined || version === undefined || rest.length > 0 || !isGoVersion(version)) {
        throw wrong(file, directive, "a module and its version");
      }
      const direct = !/^indirect(?:;|$)/.test(comment);
      const known = modules.get(name);
      // Of several requirements the highest holds: minimal version selection.
      const best = known !== undefined && compareGoVersions(known.version!, version) > 0
        ? known.version!
        : version;
      modules.set(name, {
        ecosystem: "go",
        name,
        version: best,
        direct: direct || (known?.direct ?? false),
      });
    }
  }
  if (!named && file.text.trim() !== "") {
    throw badManifest(file.path, "found no module directive, expected one", HINT);
  }
  const result = [...modules.values()].filter((m) => !excluded.has(`${m.name}\0${m.version}`));
  for (const module of result) {
    const by = replaced.get(`${module.name}\0${module.version}`) ??
      replaced.get(`${module.name}\0`);
    if (by !== undefined) module.replacedBy = by;
  }
  return { ...(go === undefined ? {} : { go }), modules: result };
}

/**
 * Whether go.mod names every module that a build needs, as it does since Go 1.17.
 *
 * Source: the Go Modules Reference, "Module graph pruning".
 */
export function namesAll({ go }: GoMod): boolean {
  const [major, minor] = (go ?? "1.0").split(".").map((part) => parseInt(part));
  return major! > 1 || minor! >= 17;
}

function readGoMod(file: ManifestFile): ManifestContent {
  const mod = parseGoMod(file);
  const found = collectPackages();
  mod.modules.forEach(found.add);
  return {
    format: "go.mod",
    packages: found.all(),
    directKnown: true,
    partial: namesAll(mod) || mod.modules.length === 0
      ? []
      : ["before Go 1.17 it leaves out modules that others brought along"],
  };
}

/** Reads Go's manifests. */
export const goMod: ManifestReader = {
  names: ["go.mod"],
  written: true,
  matches: (name) => name === "go.mod",
  read: (file) => Promise.resolve(readGoMod(file)),
};
