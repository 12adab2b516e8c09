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

/** What the manifest beside a lock file names. */
export interface NamedBeside {
  /** Normalised names. */
  readonly direct: ReadonlySet<string>;
  /** Those that the lock file has to hold. */
  readonly required: readonly string[];
}

/**
 * Reads the names from the manifest beside a lock file.
 *
 * @param lock The lock file.
 * @param names Which manifests may be asked.
 * @returns What it names, or `undefined` where no manifest tells.
 */
export async function namedBeside(
  lock: ManifestFile,
  names: readonly string[] = SOURCES.map(([name]) => name),
): Promise<NamedBeside | undefined> {
  for (const [name, reader] of SOURCES) {
    if (!names.includes(name)) continue;
    const file = await readBeside(lock, name);
    if (file === undefined) continue;
    const { packages, partial, required } = await reader.read(file);
    const direct = packages.filter((p) => p.direct);
    if (direct.length > 0 && (partial ?? []).length === 0) {
      return { direct: new Set(direct.map((p) => p.name)), required: required ?? [] };
    }
  }
  return undefined;
}

/** Names that a lock file has to hold and does not. */
export function lacking(beside: NamedBeside | undefined, held: ReadonlySet<string>): string[] {
  return (beside?.required ?? []).filter((name) => !held.has(name));
}

/** The reason where {@linkcode namedBeside} found nothing. */
export const NO_DIRECT =
  "it does not tell direct from indirect packages, nor does a manifest beside it";
