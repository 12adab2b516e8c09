/** The latest run of every scenario. */
import type { RunRecord } from "../../lib/record/schema.ts";
import { type History, loadRun, withHistory } from "../../lib/store/mod.ts";
import { OPEN } from "./flags.ts";

interface Row {
  readonly scenario: string;
  readonly id: string;
  readonly hasSamples: boolean;
}

/** The scenarios of each run of this machine that came to its end or has samples, latest first. */
function scenarioRows({ db }: History): Row[] {
  return db.prepare(
    `SELECT cases.scenario, runs.id, max(EXISTS (
        SELECT 1 FROM samples WHERE samples.case_no = cases.no)) AS has_samples
    FROM cases JOIN runs ON runs.no = cases.run
    WHERE runs.imported = 0 AND (runs.samples > 0 OR runs.status = 'ok')
    GROUP BY runs.no, cases.scenario ORDER BY runs.started_at DESC, runs.id DESC`,
  ).all().map(({ scenario, id, has_samples }) => ({
    scenario: String(scenario),
    id: String(id),
    hasSamples: has_samples === 1,
  }));
}

/** The latest run of each scenario by its name: with samples, unless the scenario never has any. */
function latestIds(history: History): Map<string, string> {
  const latest = new Map<string, string>();
  const rows = scenarioRows(history);
  for (const { scenario, id, hasSamples } of rows) {
    if (hasSamples && !latest.has(scenario)) latest.set(scenario, id);
  }
  for (const { scenario, id } of rows) if (!latest.has(scenario)) latest.set(scenario, id);
  return latest;
}

/**
 * Reads the latest run of every scenario of this machine.
 *
 * @returns Runs with only the scenario of which they are the latest, by the name of the scenario.
 */
export async function latestOfEach(): Promise<RunRecord[]> {
  const records = await withHistory((history) =>
    [...latestIds(history)].map(([name, id]) => {
      const record = loadRun(history, id) as RunRecord;
      return { ...record, scenarios: record.scenarios.filter((one) => one.name === name) };
    }), OPEN);
  return records.sort((a, b) => a.scenarios[0]!.name < b.scenarios[0]!.name ? -1 : 1);
}
