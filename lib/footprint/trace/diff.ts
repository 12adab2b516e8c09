/** What differs between two footprints. */
import type {
  ChangedPackage,
  FootprintDiffDocument,
  FootprintDocument,
  FootprintPackage,
  FootprintSide,
  TracedFile,
} from "../types.ts";

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

/** Pairs packages of the same name; each is in one pair at most. */
function pairVersions(
  removed: readonly FootprintPackage[],
  added: readonly FootprintPackage[],
): ChangedPackage[] {
  const left = new Set(removed);
  return added.flatMap((after) => {
    const before = [...left].find((one) =>
      one.ecosystem === after.ecosystem && one.name === after.name
    );
    if (before === undefined) return [];
    left.delete(before);
    return [{ before, after }];
  });
}

function sideOf({ command, startedAt, opened, bytes }: FootprintDocument): FootprintSide {
  return { command, startedAt, opened, bytes };
}

/**
 * Compares two footprints by files and packages.
 *
 * @param before The first.
 * @param after The second.
 * @returns What only one of them has, and what changed.
 */
export function diffFootprints(
  before: FootprintDocument,
  after: FootprintDocument,
): FootprintDiffDocument {
  const [filesBefore, filesAfter] = [regularFiles(before), regularFiles(after)];
  const [packagesBefore, packagesAfter] = [openedPackages(before), openedPackages(after)];
  const removed = without(packagesBefore, packagesAfter);
  const added = without(packagesAfter, packagesBefore);
  const changedPackages = pairVersions(removed, added);
  const addedFiles = without(filesAfter, filesBefore);
  return {
    schema: "versus.footprint-diff/1",
    before: sideOf(before),
    after: sideOf(after),
    commonFiles: filesAfter.size - addedFiles.length,
    addedFiles,
    removedFiles: without(filesBefore, filesAfter),
    addedPackages: added.filter((one) => !changedPackages.some((pair) => pair.after === one)),
    removedPackages: removed.filter((one) => !changedPackages.some((pair) => pair.before === one)),
    changedPackages,
  };
}
