/** Declared, installed, opened: how many of each, and what is in one column alone. */
import type { FootprintPackage } from "../types.ts";

/** Packages by how they stand in the three columns. */
export interface DependencyCounts {
  /** Named by a manifest or lock file. */
  readonly declared: number;
  /** Of those, named by a manifest itself. */
  readonly direct: number;
  /** Of those, brought along by others. */
  readonly indirect: number;
  /** Declared and never opened. */
  readonly unused: number;
  /** Opened and not declared, in an ecosystem of which something is declared. */
  readonly undeclared: number;
  /** Installed, declared or not, and never opened. */
  readonly idle: number;
  /** First opened after the program's first output. */
  readonly late: number;
}

/**
 * Counts packages by how they stand in the three columns.
 *
 * The language's runtime and the system's packages are declared by no manifest: they count as undeclared
 * only where a manifest names packages of their kind.
 *
 * @param packages The packages of a footprint.
 * @returns The counts.
 */
export function countDependencies(packages: readonly FootprintPackage[]): DependencyCounts {
  const ecosystems = new Set(
    packages.filter(({ declared }) => declared).map(({ ecosystem }) => ecosystem),
  );
  function count(wanted: (one: FootprintPackage) => boolean): number {
    return packages.reduce((sum, one) => sum + Number(wanted(one)), 0);
  }
  return {
    declared: count(({ declared }) => declared),
    direct: count(({ declared, direct }) => declared && direct),
    indirect: count(({ declared, direct }) => declared && !direct),
    unused: count(({ declared, opened }) => declared && !opened),
    undeclared: count(({ declared, opened, ecosystem }) =>
      opened && !declared && ecosystems.has(ecosystem)
    ),
    idle: count(({ installed, opened }) => installed && !opened),
    late: count(({ late }) => late === true),
  };
}
