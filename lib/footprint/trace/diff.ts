/** What differs between two footprints. */
import type { FootprintDocument, FootprintPackage, TracedFile } from "../types.ts";

/** A package that both have, in different versions or sizes. */
export interface ChangedPackage {
  readonly before: FootprintPackage;
  readonly after: FootprintPackage;
}

/** What differs between two footprints; `before` is the first. */
export interface FootprintDiff {
  readonly before: FootprintDocument;
  readonly after: FootprintDocument;
  /** Regular files that only the second opened. */
  readonly addedFiles: readonly TracedFile[];
  /** Regular files that only the first opened. */
  readonly removedFiles: readonly TracedFile[];
  /** How many regular files both opened. */
  readonly commonFiles: number;
  /** Packages that only the second opened. */
  readonly addedPackages: readonly FootprintPackage[];
  /** Packages that only the first opened. */
  readonly removedPackages: readonly FootprintPackage[];
  /** Packages that both opened, in other versions. */
  readonly changedPackages: readonly ChangedPackage[];
}

/** Regular files, by the bytes of their paths. */
function regularFiles({ files }: FootprintDocument): Map<string, TracedFile> {
  return new Map(
    files.filter(({ kind }) => kind === "file" || kind === "gone")
      .map((file) => [file.pathBase64 ?? file.path, file]),
  );
}

function without<T>(all: ReadonlyMap<string, T>, others: ReadonlyMap<string, T>): T[] {
  return [...all].filter(([key]) => !others.has(key)).map(([, value]) => value);
}

/** Opened packages; of several versions all are told. */
function openedPackages({ packages }: FootprintDocument): Map<string, FootprintPackage> {
  return new Map(
    packages.filter(({ opened }) => opened)
      .map((one) => [`${one.ecosystem}\0${one.name}\0${one.version ?? ""}`, one]),
  );
}

/**
 * Compares two footprints by files and packages.
 *
 * @param before The first.
 * @param after The second.
 * @returns What only one of them has, and what changed.
 */
export function diffFootprints(before: FootprintDocument, after: FootprintDocument): FootprintDiff {
  const [filesBefore, filesAfter] = [regularFiles(before), regularFiles(after)];
  const [packagesBefore, packagesAfter] = [openedPackages(before), openedPackages(after)];
  const removed = without(packagesBefore, packagesAfter);
  const added = without(packagesAfter, packagesBefore);
  const changed: ChangedPackage[] = [];
  for (const one of added) {
    const other = removed.find((p) => p.ecosystem === one.ecosystem && p.name === one.name);
    const taken = changed.some((pair) => pair.before === other);
    if (other !== undefined && !taken) changed.push({ before: other, after: one });
  }
  const addedFiles = without(filesAfter, filesBefore);
  return {
    before,
    after,
    addedFiles,
    removedFiles: without(filesBefore, filesAfter),
    commonFiles: filesAfter.size - addedFiles.length,
    addedPackages: added.filter((one) => !changed.some((pair) => pair.after === one)),
    removedPackages: removed.filter((one) => !changed.some((pair) => pair.before === one)),
    changedPackages: changed,
  };
}
