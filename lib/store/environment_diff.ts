/** What differs between the environments of two runs, and what that does to a comparison. */
import type { Environment } from "../record/types.ts";
import type { EnvironmentDifference } from "./documents.ts";
import type { Measured } from "./types.ts";

type Effect = EnvironmentDifference["effect"];

/**
 * The facts that are compared. Another processor or operating system makes ratios meaningless: they would
 * say more of it than of the programs. All others may have a part in a difference.
 */
const FACTS: readonly (readonly [keyof Environment, Effect])[] = [
  ["os", "meaningless"],
  ["cpuModel", "meaningless"],
  ["cores", "weakens"],
  ["affinity", "weakens"],
  ["memTotalKb", "weakens"],
  ["kernel", "weakens"],
  ["virtualization", "weakens"],
  ["governor", "weakens"],
  ["runtime", "weakens"],
];

/** Memory that differs by less is the same memory: what the kernel keeps for itself varies. */
const MEMORY_SHARE = 0.02;

/** A load that is higher by more than this share of the processors is another load. */
const LOAD_SHARE = 0.25;

function text(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join(",") : String(value);
}

function isSame(field: keyof Environment, a: Environment, b: Environment): boolean {
  if (field === "memTotalKb") {
    return Math.abs(a.memTotalKb - b.memTotalKb) <= MEMORY_SHARE * a.memTotalKb;
  }
  return text(a[field]) === text(b[field]);
}

function difference(
  field: string,
  a: string | undefined,
  b: string | undefined,
  effect: Effect,
): EnvironmentDifference {
  return {
    field,
    ...(a === undefined ? {} : { a }),
    ...(b === undefined ? {} : { b }),
    effect,
  };
}

function loadDifference(a: Environment, b: Environment): EnvironmentDifference[] {
  if (a.loadAvg1 === undefined || b.loadAvg1 === undefined) return [];
  if (Math.abs(a.loadAvg1 - b.loadAvg1) <= LOAD_SHARE * Math.min(a.cores, b.cores)) return [];
  return [difference("loadAvg1", a.loadAvg1.toFixed(2), b.loadAvg1.toFixed(2), "weakens")];
}

/** The name of a machine stands for it only where no identifier does. */
function machineDifference(a: Measured, b: Measured): EnvironmentDifference[] {
  if (a.machine !== "unknown" && b.machine !== "unknown") {
    return a.machine === b.machine ? [] : [difference("machine", a.machine, b.machine, "weakens")];
  }
  const [one, other] = [a.record.environment?.hostname, b.record.environment?.hostname];
  if (one === undefined || other === undefined || one === other) return [];
  return [difference("hostname", one, other, "weakens")];
}

/**
 * Names what differs between the environments of two runs.
 *
 * @param a The reference.
 * @param b The other.
 * @returns The differences, those that make a comparison meaningless first; none for runs of the same
 * machine in the same state. Where one tells nothing of its machine, that is the one difference.
 */
export function environmentDiff(a: Measured, b: Measured): EnvironmentDifference[] {
  const [one, other] = [a.record.environment, b.record.environment];
  if (one === undefined || other === undefined) {
    const known = (e: Environment | undefined) => e === undefined ? undefined : e.cpuModel;
    return [difference("environment", known(one), known(other), "weakens")];
  }
  const [from, to] = [a.record.version, b.record.version];
  return [
    ...FACTS.filter(([field]) => !isSame(field, one, other))
      .map(([field, effect]) => difference(field, text(one[field]), text(other[field]), effect)),
    ...machineDifference(a, b),
    ...loadDifference(one, other),
    ...(from === to ? [] : [difference("version", from, to, "weakens")]),
  ];
}
