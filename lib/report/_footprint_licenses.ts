/** What packages that a program opened say of their licences, from their own metadata on this machine. */
import { join } from "node:path";
import type { FootprintPackage } from "../record/footprint_types.ts";

/** A licence as CycloneDX has it: an SPDX expression, or the words of whoever made the package. */
export type License = { readonly expression: string } | { readonly license: { name: string } };

/** Identifiers of SPDX joined by its operators (SPDX 3.0, annex "SPDX license expressions"). */
const EXPRESSION = /^\(*[A-Za-z0-9][A-Za-z0-9.+-]*\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9.+-]+\)*)*$/;

/** Longer texts are the licence itself, not its name. */
const NAME_CHARACTERS = 80;

function read(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // The package is gone, or not for us to read: its licence is not known.
    return undefined;
  }
}

function named(text: string): License | undefined {
  const name = text.trim();
  const isName = name !== "" && name !== "UNKNOWN" && name.length <= NAME_CHARACTERS &&
    !name.includes("\n");
  return isName ? { license: { name } } : undefined;
}

/** From `METADATA`: PEP 639's expression, else the words of older packages, else their classifiers. */
function fromMetadata(text: string): License | undefined {
  const head = text.split(/\r?\n\r?\n/, 1)[0]!;
  const expression = /^License-Expression:[ \t]*(.+)$/m.exec(head)?.[1]?.trim();
  if (expression !== undefined && EXPRESSION.test(expression)) return { expression };
  const words = /^License:[ \t]*(.+)$/m.exec(head)?.[1];
  const classifier = /^Classifier: License :: (?:OSI Approved :: )?(.+)$/m.exec(head)?.[1];
  return named(words ?? "") ?? named(classifier ?? "");
}

function pypi({ name, version }: FootprintPackage, path: string): License | undefined {
  const site = /^(.*\/(?:site|dist)-packages)\//.exec(path)?.[1];
  if (site === undefined) return undefined;
  const wanted = name.replace(/[-_.]+/g, "-").toLowerCase();
  try {
    for (const { name: folder } of Deno.readDirSync(site)) {
      const found = /^(.+?)-([^-]+)\.dist-info$/.exec(folder);
      if (found === null || found[1]!.replace(/[-_.]+/g, "-").toLowerCase() !== wanted) continue;
      if (version !== undefined && found[2] !== version) continue;
      return fromMetadata(read(join(site, folder, "METADATA")) ?? "");
    }
  } catch {
    // The environment is gone.
  }
  return undefined;
}

function npm({ name }: FootprintPackage, path: string): License | undefined {
  const marker = `/node_modules/${name}/`;
  const at = path.lastIndexOf(marker);
  if (at === -1) return undefined;
  const text = read(join(path.slice(0, at + marker.length), "package.json"));
  try {
    const value = JSON.parse(text ?? "null") as { license?: unknown; licenses?: unknown } | null;
    // Older packages have an object, or a list of them.
    const [given] = [value?.license ?? value?.licenses].flat() as unknown[];
    const words = typeof given === "object" && given !== null && "type" in given
      ? given.type
      : given;
    if (typeof words !== "string" || words === "") return undefined;
    return EXPRESSION.test(words) ? { expression: words } : named(words);
  } catch {
    // A package.json that nobody can read says nothing.
    return undefined;
  }
}

/**
 * Finds the licence of a package.
 *
 * @param one The package.
 * @param path A file of it that was opened.
 * @returns What its metadata says; `undefined` where that is not there or says nothing.
 */
export function licenseOf(one: FootprintPackage, path: string): License | undefined {
  if (one.ecosystem === "pypi") return pypi(one, path);
  if (one.ecosystem === "npm") return npm(one, path);
  return undefined;
}
