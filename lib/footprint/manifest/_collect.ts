/** Gathers the packages of one file: each name and version once. */
import { printable } from "../../error.ts";
import type { DeclaredPackage, Ecosystem } from "../types.ts";

/** Packages under way. */
export interface Collector {
  /** Adds a package; one that is there already becomes direct if this one is. */
  add(found: DeclaredPackage): void;
  /** All of them, in the order in which they were first seen. */
  all(): DeclaredPackage[];
}

/** Tells packages apart: the same name in two versions is two packages. */
export function packageKey(
  found: { ecosystem: Ecosystem; name: string; version?: string },
): string {
  return `${found.ecosystem}\0${found.name}\0${found.version ?? ""}`;
}

/** Makes an empty collector. */
export function collectPackages(): Collector {
  const byKey = new Map<string, DeclaredPackage>();
  return {
    add(found) {
      const key = packageKey(found);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, { ...found });
      else if (found.direct) known.direct = true;
    },
    all: () => [...byKey.values()],
  };
}

/** A package without a version key where none is fixed. */
export function declared(
  ecosystem: Ecosystem,
  name: string,
  version: string | undefined,
  direct: boolean,
): DeclaredPackage {
  return { ecosystem, name, ...(version === undefined ? {} : { version }), direct };
}

/** At most three names of many, for a message. */
export function some(names: Iterable<string>): string {
  const all = [...names].map((name) => printable(name.slice(0, 80)));
  const shown = all.slice(0, 3).join(", ");
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
}

/**
 * Says that a lock file names packages which it does not hold, as one that was cut short does.
 *
 * @param missing What is missing.
 * @returns Reasons for a partial result; none when nothing is missing.
 */
export function missingReasons(missing: ReadonlySet<string>): string[] {
  if (missing.size === 0) return [];
  return [
    `it names ${some(missing)} without holding ${missing.size === 1 ? "it" : "them"}: ` +
    "the file was cut short or edited, so the counts may be too low",
  ];
}
