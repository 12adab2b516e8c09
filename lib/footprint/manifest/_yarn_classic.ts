/**
 * `yarn.lock` of yarn 1.
 *
 * Its syntax, as yarn writes it: entries at the margin, `name@range, name@range:`; their fields at two
 * blanks, `version "1.0.0"`; lists such as `dependencies:` with their lines at four.
 */
import { printable } from "../../error.ts";
import { collectPackages, declared, missingReasons } from "./_collect.ts";
import { projectsBeside, splitNameAt } from "./package_json.ts";
import { badManifest, linesOf } from "./_text.ts";
import type { ManifestContent, ManifestFile } from "./types.ts";

interface Entry {
  /** `name@range`, all that it stands for. */
  specifiers: string[];
  version?: string;
  /** `name@range` of what it depends on; optional ones apart. */
  dependencies: string[];
  line: number;
}

const WORD = /"((?:[^"\\]|\\.)*)"|([^\s",:]+(?::[^\s",:]+)*)/y;

/** Splits a line in words; quotes are taken off. `undefined` if a quote is open. */
function wordsOf(text: string, separator: RegExp): string[] | undefined {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    WORD.lastIndex = at;
    const match = WORD.exec(text);
    if (match === null) return undefined;
    found.push(match[1]?.replace(/\\(.)/g, "$1") ?? match[2]!);
    at = WORD.lastIndex;
    separator.lastIndex = at;
    const gap = separator.exec(text);
    if (gap === null) return at === text.length ? found : undefined;
    at = separator.lastIndex;
  }
  return found;
}

function parse(file: ManifestFile): Entry[] {
  const entries: Entry[] = [];
  let list = "";
  linesOf(file.text).forEach((raw, index) => {
    const line = index + 1;
    const text = raw.trim();
    if (text === "" || text.startsWith("#")) return;
    function wrong(): never {
      throw badManifest(
        file.path,
        `found ${printable(raw.slice(0, 100))} at line ${line}, which yarn does not write`,
        "The file may be cut short or edited by hand; let yarn write it again",
      );
    }
    const indent = raw.length - raw.trimStart().length;
    const entry = entries.at(-1);
    if (indent === 0) {
      const specifiers = text.endsWith(":") ? wordsOf(text.slice(0, -1), /, */y) : undefined;
      if (specifiers === undefined || specifiers.length === 0) wrong();
      entries.push({ specifiers, dependencies: [], line });
      list = "";
    } else if (entry === undefined) {
      wrong();
    } else if (indent === 2 && text.endsWith(":")) {
      list = text.slice(0, -1);
      if (!/^[A-Za-z]+$/.test(list)) wrong();
    } else {
      const [key, value, ...rest] = wordsOf(text, / +/y) ?? [];
      if (key === undefined || value === undefined || rest.length > 0) wrong();
      if (indent === 2) {
        list = "";
        if (key === "version") entry.version = value;
      } else if (indent !== 4 || list === "") wrong();
      else if (list === "dependencies") entry.dependencies.push(`${key}@${value}`);
    }
  });
  return entries;
}

/** The package's own name: `alias@npm:name@range` says it last. */
function nameOf(specifier: string): string {
  const [alias, range] = splitNameAt(specifier);
  return range?.startsWith("npm:") ? splitNameAt(range.slice(4))[0] : alias;
}

/**
 * Reads yarn 1's lock file; direct packages are those that package.json beside it names.
 *
 * @throws {VersusError} If it is none, or cut short within an entry.
 */
export async function readYarnClassic(file: ManifestFile): Promise<ManifestContent> {
  if (!/^# yarn lockfile v1$/m.test(file.text)) {
    throw badManifest(
      file.path,
      'found no "# yarn lockfile v1" and no "__metadata:", expected one of them',
      "Write the lock file with yarn 1 to 4",
    );
  }
  const entries = parse(file);
  const bySpecifier = new Map(
    entries.flatMap((entry) => entry.specifiers.map((specifier) => [specifier, entry] as const)),
  );
  const missing = new Set<string>();
  for (const { version, line, dependencies } of entries) {
    if (version === undefined) {
      throw badManifest(file.path, `the entry at line ${line} has no version`);
    }
    for (const wanted of dependencies) if (!bySpecifier.has(wanted)) missing.add(wanted);
  }
  const direct = new Set<Entry>();
  const projects = await projectsBeside(file);
  const members = new Set(projects.map(({ project }) => project.name));
  for (const { project } of projects) {
    for (const { alias, name, range, local, optional, peer } of project.dependencies) {
      const entry = bySpecifier.get(`${alias}@${range}`);
      if (entry !== undefined) direct.add(entry);
      else if (!local && !optional && !peer && !members.has(name)) missing.add(`${alias}@${range}`);
    }
  }
  const found = collectPackages();
  for (const entry of entries) {
    found.add(declared("npm", nameOf(entry.specifiers[0]!), entry.version, direct.has(entry)));
  }
  const known = projects.length > 0;
  return {
    format: "yarn.lock@1",
    packages: found.all(),
    directKnown: known,
    partial: [
      ...missingReasons(missing),
      ...(known ? [] : ["version 1 does not tell direct packages, and there is no package.json"]),
    ],
  };
}
