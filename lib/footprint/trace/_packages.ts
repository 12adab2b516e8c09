/** Packages in three columns: declared, installed, opened. */
import type { PackageRef } from "../attribution/types.ts";
import type { DeclaredPackage, FootprintPackage, TracedFile } from "../types.ts";

/** A counted file with the package that it belongs to. */
export interface PackagedFile {
  readonly file: TracedFile;
  readonly package: PackageRef | undefined;
}

/** Two names of one package; versions differ between what is declared and what is there. */
function keyOf({ ecosystem, name }: { ecosystem: string; name: string }): string {
  return `${ecosystem}\0${name}`;
}

/**
 * Adds files, declarations and installations up by package.
 *
 * A package that was opened in one version counts as declared whichever version is.
 *
 * @param files Regular files that were opened, with their packages.
 * @param declared What the project declares.
 * @param installed What is in the environments that the program uses.
 * @param firstOutputS When the program first wrote, in seconds after its start.
 * @returns Opened ones first, most files first; then declared, then installed ones.
 */
export function packagesOf(
  files: readonly PackagedFile[],
  declared: readonly DeclaredPackage[],
  installed: Iterable<PackageRef>,
  firstOutputS: number | undefined,
): FootprintPackage[] {
  const found = new Map<string, FootprintPackage>();
  const firstAtS = new Map<string, number>();
  const versioned = (ref: PackageRef) => `${keyOf(ref)}\0${ref.version ?? ""}`;

  function entry(ref: PackageRef): FootprintPackage {
    const key = versioned(ref);
    const known = found.get(key);
    if (known !== undefined) return known;
    const { ecosystem, name, version } = ref;
    const made: FootprintPackage = {
      ecosystem,
      name,
      ...(version === undefined ? {} : { version }),
      ...{ files: 0, bytes: 0, declared: false, installed: false, opened: false, direct: false },
    };
    found.set(key, made);
    return made;
  }

  for (const { file, package: ref } of files) {
    if (ref === undefined) continue;
    const one = entry(ref);
    one.files++;
    one.bytes += file.bytes ?? 0;
    one.opened = true;
    one.installed = true;
    const key = versioned(ref);
    firstAtS.set(key, Math.min(firstAtS.get(key) ?? Infinity, file.firstAtS));
  }
  for (const ref of installed) entry(ref).installed = true;
  const byName = Map.groupBy(found.values(), keyOf);
  for (const one of declared) {
    const { ecosystem, name, version, direct } = one;
    const same = byName.get(keyOf(one)) ??
      [entry({ ecosystem, name, ...(version === undefined ? {} : { version }) })];
    for (const known of same) {
      known.declared = true;
      known.direct ||= direct;
    }
  }
  for (const [key, one] of found) {
    const first = firstAtS.get(key);
    if (first !== undefined && firstOutputS !== undefined) one.late = first > firstOutputS;
  }
  const rank = (one: FootprintPackage) => (one.opened ? 0 : one.declared ? 1 : 2);
  return [...found.values()].sort((a, b) =>
    rank(a) - rank(b) || b.files - a.files || b.bytes - a.bytes || (a.name < b.name ? -1 : 1)
  );
}
