import { dirname, resolve } from "node:path";
import { printable, VersusError } from "../error.ts";
import { expandCases } from "./cases.ts";
import { findScenario, isPath } from "./find.ts";
import { parseSweep, type Sweep } from "./sweep.ts";
import type { Case, Scenario, Suite, SuiteRun } from "./types.ts";

/** One run of a suite, ready to be planned. */
export interface SuiteStep {
  /** As it stands in the suite. */
  readonly run: SuiteRun;
  /** The scenario that it names. */
  readonly scenario: Scenario;
  /** Its cases. */
  readonly cases: readonly Case[];
}

function sweepsOf({ sweep }: SuiteRun): Sweep[] {
  return Object.entries(sweep).map(([name, values]) =>
    typeof values === "string"
      ? parseSweep(`${name}=${values}`)
      : { name, values: [...new Set(values.map(String))] }
  );
}

/**
 * Finds the scenarios of a suite and makes the cases of each run.
 *
 * @param suite The suite.
 * @param roots Folders with bundled scenarios.
 * @returns The runs in order.
 * @throws {VersusError} If a scenario, variant, language, parameter or value does not exist; the
 * message names the suite's file and the run.
 */
export async function expandSuite(suite: Suite, roots: readonly string[]): Promise<SuiteStep[]> {
  const steps: SuiteStep[] = [];
  for (const [i, run] of suite.runs.entries()) {
    const name = isPath(run.scenario) ? resolve(dirname(suite.file), run.scenario) : run.scenario;
    try {
      const scenario = await findScenario(name, roots);
      const { variants, languages, params } = run;
      const cases = expandCases(scenario, {
        params,
        sweep: sweepsOf(run),
        ...(variants === undefined ? {} : { variants }),
        ...(languages === undefined ? {} : { languages }),
      });
      steps.push({ run, scenario, cases });
    } catch (error) {
      if (!(error instanceof VersusError)) throw error;
      throw new VersusError(`${printable(suite.file)}: runs[${i}]: ${error.message}`, {
        exitCode: error.exitCode,
        cause: error,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
      });
    }
  }
  return steps;
}
