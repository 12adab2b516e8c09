/** Finds the run that a gate compares with, and judges by it. */
import { gateAgainst } from "../lib/bench/gate.ts";
import type { BenchPlan } from "../lib/bench/types.ts";
import { printable, VersusError } from "../lib/error.ts";
import type { Gate, RunRecord } from "../lib/record/schema.ts";
import type { Measured } from "../lib/store/mod.ts";

/** An earlier run, with its machine. */
export interface Baseline extends Measured {
  /** What the user called it. */
  readonly name: string;
}

/** What a gate decided, and why one side says less than it seems. */
export interface Judgement {
  /** The gate of the document. */
  readonly gate: Gate;
  /** Lines for a person. */
  readonly notes: readonly string[];
}

/** The cases that a plan will measure. */
function plannedCases(plan: BenchPlan): string[] {
  return plan.scenarios.flatMap(({ cases }) =>
    cases.filter(({ planned }) => planned.missing === undefined).map((c) => c.planned.caseId)
  );
}

/**
 * Loads an earlier run before anything is measured.
 *
 * @param name A JSON file of versus or hyperfine, a run's identifier or its beginning, `latest` (the latest
 * run with any of the planned cases), `latest~1`, or a tag.
 * @param plan What will be measured.
 * @throws {VersusError} If there is none, or the file holds something else.
 */
export async function loadBaseline(name: string, plan: BenchPlan): Promise<Baseline> {
  const { loadSides } = await import("./history/sides.ts");
  const [side] = await loadSides([name], { cases: plannedCases(plan) });
  if (side!.variant !== undefined) {
    throw new VersusError(`Found a variant in ${printable(name)}, expected a run`, {
      hint: "Choose variants with --variant; each is compared with its own",
    });
  }
  return { record: side!.record, machine: side!.machine, name };
}

/**
 * Judges a run by a baseline. Where the baseline was measured on another processor or operating system
 * the gate decides nothing: every case is undecided, whatever the numbers are.
 *
 * @param record The run.
 * @param baseline An earlier run.
 * @param limitPercent The slow-down that is allowed.
 * @returns The gate and what to tell.
 * @throws {VersusError} If the two have no case in common.
 */
export async function judgeBaseline(
  record: RunRecord,
  baseline: Baseline,
  limitPercent: number,
): Promise<Judgement> {
  const { environmentDiff, machineId } = await import("../lib/store/mod.ts");
  const gate = gateAgainst(record, baseline.record, baseline.name, limitPercent);
  const differences = environmentDiff(baseline, { record, machine: machineId() });
  const notes = differences.map(({ field, a, b }) =>
    `The baseline differs in ${field}: ${printable(a ?? "not told")}, now ${
      printable(b ?? "not told")
    }`
  );
  if (!differences.some(({ effect }) => effect === "meaningless")) return { gate, notes };
  const cases = gate.cases.map((c) => ({ ...c, verdict: "undecided" as const }));
  return {
    gate: { ...gate, verdict: "undecided", cases },
    notes: [...notes, "So the gate can't decide: make the baseline on this machine"],
  };
}
