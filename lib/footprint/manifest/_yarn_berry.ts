/** `yarn.lock` of yarn 2 and later: YAML, with the project itself as an entry. */
import * as v from "valibot";
import { printable } from "../../error.ts";
import { collectPackages, declared, missingReasons } from "./_collect.ts";
import { mapOf, parseYamlTexts, tableOf, validate } from "./_parse.ts";
import { splitNameAt } from "./package_json.ts";
import { badManifest } from "./_text.ts";
import type { ManifestContent, ManifestFile } from "./types.ts";

const Texts = v.optional(mapOf(v.string()));
const Entry = tableOf({
  version: v.string(),
  resolution: v.string(),
  dependencies: Texts,
  // What yarn writes last: an entry without it was cut short.
  linkType: v.picklist(["hard", "soft"]),
});
const Metadata = tableOf({ version: v.string() });

/** The versions that were published, yarn 2.0 to 4.18. */
const [OLDEST, NEWEST] = [4, 10];

/** The keys under which an entry may be asked for: those without a protocol mean `npm:`. */
function keysOf(key: string): string[] {
  return key.split(/,\s+/).flatMap((one) => {
    const [name, range] = splitNameAt(one);
    return range !== undefined && !/^[a-z+.-]+:/.test(range)
      ? [one, `${name}@npm:${range}`]
      : [one];
  });
}

/**
 * Reads yarn's YAML lock file.
 *
 * @throws {VersusError} If it is none, of an unknown version, or cut short within an entry.
 */
export function readYarnBerry(file: ManifestFile): ManifestContent {
  const documents = parseYamlTexts(file);
  const all = validate(file, mapOf(mapOf(v.unknown())), documents[0]);
  const { version } = validate(file, Metadata, Object.fromEntries(all.get("__metadata") ?? []));
  const number = Number(version);
  if (!(Number.isInteger(number) && number >= OLDEST && number <= NEWEST)) {
    throw badManifest(
      file.path,
      `found version ${printable(version.slice(0, 40))}, expected ${OLDEST} to ${NEWEST}`,
      "Write the lock file with yarn 2 to 4",
    );
  }
  const entries = [...all].filter(([key]) => key !== "__metadata").map(([key, value]) => ({
    key,
    entry: validate(file, Entry, Object.fromEntries(value)),
  }));
  const byKey = new Map(
    entries.flatMap(({ key, entry }) => keysOf(key).map((one) => [one, entry] as const)),
  );
  const patches = patchesIn(byKey);
  const direct = new Set<unknown>();
  const missing = new Set<string>();
  let projects = 0;
  for (const { entry } of entries) {
    const project = entry.resolution.includes("@workspace:");
    if (project) projects++;
    for (const [name, range] of entry.dependencies ?? []) {
      const wanted = `${name}@${/^[a-z+.-]+:/.test(range) ? range : `npm:${range}`}`;
      const target = byKey.get(wanted) ?? byKey.get(`${name}@${range}`) ?? patches.get(wanted);
      if (target === undefined) missing.add(wanted);
      else if (project) direct.add(target);
    }
  }
  const found = collectPackages();
  for (const { entry } of entries) {
    // Soft links are the project, its members and folders beside it.
    if (entry.linkType === "soft") continue;
    const [name] = splitNameAt(entry.resolution);
    found.add(declared("npm", name, entry.version, direct.has(entry)));
  }
  return {
    format: `yarn.lock@${version}`,
    packages: found.all(),
    directKnown: projects > 0,
    partial: [
      ...missingReasons(missing),
      ...(projects > 0 ? [] : ["it does not hold the project itself"]),
    ],
  };
}

/** Yarn's own patches stand under `name@patch:name@…#…` for what was asked as `name@…`. */
function patchesIn<T>(byKey: ReadonlyMap<string, T>): Map<string, T> {
  const found = new Map<string, T>();
  for (const [key, entry] of byKey) {
    const [name, range] = splitNameAt(key);
    const inner = /^patch:([^#]*)/.exec(range ?? "")?.[1];
    if (inner === undefined) continue;
    try {
      found.set(`${name}@${decodeURIComponent(splitNameAt(inner)[1] ?? "")}`, entry);
    } catch (error) {
      // Not what yarn encodes: then nothing else asks for it either.
      if (!(error instanceof URIError)) throw error;
    }
  }
  return found;
}
