/** What stands in the way of comparing two cases. */
import type { CaseResult } from "../record/types.ts";
import type { EnvironmentDifference } from "./documents.ts";
import type { MatchedCase } from "./_match.ts";

/** Facts that decide over a case with several workers. */
const PARALLEL = new Set(["cores", "affinity"]);

function named({ field, a, b }: EnvironmentDifference): string {
  return `${field} ${a ?? "not told"} and ${b ?? "not told"}`;
}

function notMeasured(name: string, c: CaseResult): string | undefined {
  if (c.status !== "ok") return `${name} is ${c.status}`;
  return c.samples.length === 0 ? `${name} has no samples` : undefined;
}

function workersOf({ workers, params }: CaseResult): number {
  return workers ?? (typeof params["workers"] === "number" ? params["workers"] : 1);
}

/**
 * Names what makes a comparison of two cases meaningless.
 *
 * A toolchain of another kind (PyPy in the place of CPython) does: the case would be another variant. One
 * of another version does not, since that may be the very question; see {@linkcode toolchainDifference}.
 *
 * @param pair The cases.
 * @param environment What differs between their machines.
 * @returns The reason in words; `undefined` when nothing stands in the way.
 */
export function obstacleOf(
  { a, b }: MatchedCase,
  environment: readonly EnvironmentDifference[],
): string | undefined {
  const missing = notMeasured("A", a) ?? notMeasured("B", b);
  if (missing !== undefined) return missing;
  const machine = environment.find(({ effect }) => effect === "meaningless");
  if (machine !== undefined) return `different machines: ${named(machine)}`;
  const parallel = environment.find(({ field }) => PARALLEL.has(field));
  if (parallel !== undefined && Math.max(workersOf(a), workersOf(b)) > 1) {
    return `several workers on different processors: ${named(parallel)}`;
  }
  if (a.variant === b.variant && a.toolchain !== undefined && b.toolchain !== undefined) {
    const [one, other] = [a.toolchain.name, b.toolchain.name];
    if (one !== other) return `different toolchains: ${one} and ${other}`;
  }
  if (a.caseId === b.caseId && a.expected !== undefined && b.expected !== undefined) {
    if (a.expected !== b.expected && a.iterations === b.iterations) {
      return "different results are due, so the work is different";
    }
  }
  return undefined;
}

/**
 * Names the versions of the toolchains of two cases of the same variant, where they differ.
 *
 * @param a The case of A.
 * @param b The case of B.
 */
export function toolchainDifference(
  a: CaseResult,
  b: CaseResult,
): { field: string; a: string; b: string }[] {
  if (a.variant !== b.variant || a.toolchain === undefined || b.toolchain === undefined) return [];
  const [one, other] = [a.toolchain, b.toolchain].map(({ name, version }) => `${name} ${version}`);
  return one === other ? [] : [{ field: "toolchain", a: one!, b: other! }];
}
