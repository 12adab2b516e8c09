/** The latest run of every scenario. */
import type { RunRecord } from "../../lib/record/schema.ts";
import { type History, loadRun, useHistory } from "../../lib/store/mod.ts";
import { OPEN } from "./flags.ts";

/** Scenario names with the identifier of the latest run that has samples of it. */
function latestIds({ db }: History): Map<string, string[]> {
  const rows = db.prepare(
    `SELECT cases.scenario, runs.id FROM cases JOIN runs ON runs.no = cases.run
    WHERE runs.imported = 0 AND EXISTS (SELECT 1 FROM samples WHERE samples.case_no = cases.no)
    GROUP BY cases.scenario HAVING runs.started_at = max(runs.started_at)
    ORDER BY cases.scenario`,
  ).all();
  const byRun = new Map<string, string[]>();
  for (const { scenario, id } of rows) {
    byRun.set(String(id), [...byRun.get(String(id)) ?? [], String(scenario)]);
  }
  return byRun;
}

/**
 * Reads the latest run of every scenario of this machine.
 *
 * @returns Runs with only those scenarios of which they are the latest, by the name of the scenario.
 */
export function latestOfEach(): RunRecord[] {
  const records = useHistory((history) =>
    [...latestIds(history)].flatMap(([id, scenarios]) => {
      const record = loadRun(history, id) as RunRecord;
      return scenarios.map((name) => ({
        ...record,
        scenarios: record.scenarios.filter((scenario) => scenario.name === name),
      }));
    }), OPEN);
  return records.sort((a, b) => a.scenarios[0]!.name < b.scenarios[0]!.name ? -1 : 1);
}
