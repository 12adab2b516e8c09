/** Packages as short texts, for comparisons. */
import type { DeclaredPackage } from "../../../lib/footprint/types.ts";

/** `chalk@4.1.2`, sorted. */
export function names(
  packages: readonly DeclaredPackage[],
  only: (found: DeclaredPackage) => boolean = () => true,
): string[] {
  return packages.filter(only).map(({ name, version }) =>
    version === undefined ? name : `${name}@${version}`
  ).sort();
}

/** Those that are named directly. */
export function direct(packages: readonly DeclaredPackage[]): string[] {
  return names(packages, (found) => found.direct);
}
