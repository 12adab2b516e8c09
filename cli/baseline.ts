/** Finds the run that a gate compares with, and judges by it. */
import { gateAgainst } from "../lib/bench/gate.ts";
import type { BenchPlan } from "../lib/bench/types.ts";
import { printable, VersusError } from "../lib/error.ts";
import type { Gate, RunRecord } from "../lib/record/schema.ts";
import type { Measured } from "../lib/store/types.ts";

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

/** The verdict on all cases. */
function overall(cases: Gate["cases"]): Gate["verdict"] {
  const verdicts = cases.map(({ verdict }) => verdict);
  if (verdicts.includes("regressed")) return "regressed";
  return verdicts.includes("undecided") ? "undecided" : "passed";
}

/** The metric that each case is judged by. */
function metricsOf(record: RunRecord): Map<string, string> {
  return new Map(
    record.scenarios.flatMap((scenario) =>
      scenario.cases.map((c) => [c.caseId, scenario.primaryMetric ?? record.primaryMetric] as const)
    ),
  );
}

/**
 * Widens the intervals of a gate by how much its cases vary from run to run on this machine, as far as
 * the history tells: what two sessions of the machine differ by is no regression.
 */
async function widened(gate: Gate, now: Measured & { record: RunRecord }, before: Baseline) {
  const { spreadFor } = await import("./history/spread.ts");
  const { widenBySessions } = await import("../lib/store/sessions.ts");
  const { gateVerdict } = await import("../lib/stats/mod.ts");
  const metrics = metricsOf(now.record);
  let known = 0;
  const cases = await spreadFor(before, now, (spread) => {
    known = 0;
    return gate.cases.map((c) => {
      const found = spread(c.caseId, metrics.get(c.caseId)!);
      if (found === undefined) return c;
      known++;
      const rest = { p: 1, count: 0, sufficient: true, confidenceReached: now.record.confidence };
      const { low, high } = widenBySessions({ ...c, ...rest }, found, now.record.confidence);
      const verdict = c.verdict === "undecided"
        ? c.verdict
        : gateVerdict({ low, high }, gate.limitPercent);
      return { ...c, low, high, verdict };
    });
  });
  return { gate: { ...gate, cases, verdict: overall(cases) }, known };
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
  const own = { record, machine: machineId() };
  const { gate, known } = await widened(
    gateAgainst(record, baseline.record, baseline.name, limitPercent),
    own,
    baseline,
  );
  const differences = environmentDiff(baseline, own);
  const notes = differences.map(({ field, a, b }) =>
    `The baseline differs in ${field}: ${printable(a ?? "not told")}, now ${
      printable(b ?? "not told")
    }`
  );
  if (known > 0) {
    const which = known === gate.cases.length ? "The intervals" : `${known} of the intervals`;
    notes.push(`${which} of the gate hold how much a case varies from run to run on this machine`);
  }
  if (!differences.some(({ effect }) => effect === "meaningless")) return { gate, notes };
  const cases = gate.cases.map((c) => ({ ...c, verdict: "undecided" as const }));
  return {
    gate: { ...gate, verdict: "undecided", cases },
    notes: [...notes, "So the gate can't decide: make the baseline on this machine"],
  };
}
