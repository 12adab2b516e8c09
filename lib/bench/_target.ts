/** What `--target` makes of a scenario: one parameter is found for each case, whose name says so. */
import { VersusError } from "../error.ts";
import type { Calibration } from "../record/schema.ts";
import { caseId } from "../scenario/mod.ts";
import type { Case, Scenario } from "../scenario/types.ts";

/** The parameter that a target time adjusts. */
export function calibratedParameter({ calibrate, loop }: Scenario): string | undefined {
  return calibrate ?? loop;
}

/**
 * Tells what a target time calibrates.
 *
 * @param scenario The scenario.
 * @param targetS Seconds that an execution should take; nothing is calibrated when `undefined`.
 * @returns The parameter and the target.
 * @throws {VersusError} If the scenario has no parameter that its work grows with.
 */
export function calibrationOf(
  scenario: Scenario,
  targetS: number | undefined,
): Calibration | undefined {
  if (targetS === undefined) return undefined;
  const parameter = calibratedParameter(scenario);
  if (parameter !== undefined) return { parameter, targetS };
  throw new VersusError(
    `Found a target time for ${scenario.name}, which has no parameter that its work grows with`,
    { hint: "Leave --target out, or name the parameter as calibrate in its scenario.yaml" },
  );
}

/**
 * Names cases by the target in the place of the size, which is not known yet, so that a resumed run
 * and a later one with the same target have the same names.
 *
 * @param cases The cases.
 * @param calibration What is calibrated.
 * @returns The cases with names such as `viete-pi/go[n=2s]`. A variant that fixes the parameter for
 * itself keeps its name.
 * @throws {VersusError} If the parameter is swept as well.
 */
export function nameByTarget(cases: readonly Case[], calibration: Calibration): Case[] {
  const { parameter, targetS } = calibration;
  const named = cases.map((one): Case => {
    const { scenario, variant, params } = one;
    if (Object.hasOwn(variant.params, parameter)) return one;
    const shown = { ...params, [parameter]: `${targetS}s` };
    return { ...one, caseId: caseId(scenario.name, variant.name, shown) };
  });
  const ids = new Set(named.map((one) => one.caseId));
  if (ids.size === named.length) return named;
  throw new VersusError(
    `Found a sweep over ${parameter} of ${
      named[0]!.scenario.name
    } and a target time, which decides it`,
    { hint: "Give one of them" },
  );
}
