/** Which packages a Python project names itself, for lock files that do not say. */
import { pyproject } from "./pyproject.ts";
import { requirements } from "./requirements.ts";
import { readBeside } from "./_text.ts";
import type { ManifestFile, ManifestReader } from "./types.ts";

/** Where the names may be, best first. */
const SOURCES: readonly (readonly [string, ManifestReader])[] = [
  ["pyproject.toml", pyproject],
  ["requirements.in", requirements],
  ["requirements.txt", requirements],
];

/**
 * Reads the names from the manifest beside a lock file.
 *
 * @param lock The lock file.
 * @param names Which manifests may be asked.
 * @returns Normalised names, or `undefined` where no manifest tells.
 */
export async function directNames(
  lock: ManifestFile,
  names: readonly string[] = SOURCES.map(([name]) => name),
): Promise<ReadonlySet<string> | undefined> {
  for (const [name, reader] of SOURCES) {
    if (!names.includes(name)) continue;
    const file = await readBeside(lock, name);
    if (file === undefined) continue;
    const { packages, partial } = await reader.read(file);
    const direct = packages.filter((p) => p.direct);
    if (direct.length > 0 && (partial ?? []).length === 0) {
      return new Set(direct.map((p) => p.name));
    }
  }
  return undefined;
}

/** The reason where {@linkcode directNames} found nothing. */
export const NO_DIRECT =
  "it does not tell direct from indirect packages, nor does a manifest beside it";
