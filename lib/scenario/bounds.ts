/** Whether a case fits the types of its language and the memory of the machine, and what would. */
import { findParameter } from "./parameters.ts";
import { evaluateCondition, evaluateRule, ruleParameters } from "./rule.ts";
import type { Bounds, Case, Parameters, Scenario, Variant } from "./types.ts";

/** Why a case is not to be started. */
export interface Refusal {
  /** One clause: `it needs about 36.4 GB of memory and 22.1 GB are free`. */
  readonly reason: string;
  /** The parameters that decide it. */
  readonly parameters: readonly string[];
}

type BoundCase = Pick<Case, "scenario" | "variant" | "params">;

/**
 * Writes an amount of memory for a message.
 *
 * @param bytes At least 0.
 * @returns For example `36.4 GB`, with 1 GB of 1,024 MB.
 */
export function sayMemory(bytes: number): string {
  const names = ["bytes", "KB", "MB", "GB", "TB", "PB"];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < names.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${unit === 0 ? amount.toFixed(0) : Number(amount.toPrecision(3))} ${names[unit]}`;
}

/**
 * Estimates the peak memory of a case by the rule of its variant or scenario.
 *
 * @param one The case.
 * @returns Bytes of all its processes; `undefined` when there is no rule.
 * @throws {VersusError} If the rule has no result for the parameters.
 */
export function memoryOf({ scenario, variant, params }: BoundCase): number | undefined {
  const rule = variant.memoryBytes ?? scenario.memoryBytes;
  if (rule === undefined) return undefined;
  return Number(evaluateRule(rule, scenario.parameters, params).text);
}

function brokenLimit(one: BoundCase, { limit }: Bounds): Refusal | undefined {
  const { parameters } = one.scenario;
  if (limit === undefined || evaluateCondition(limit.rule, parameters, one.params)) {
    return undefined;
  }
  return {
    reason: `${limit.reason} (${limit.rule})`,
    parameters: ruleParameters(limit.rule, parameters),
  };
}

/**
 * Tells why a case must not be started: it is beyond a type's bound, or needs more memory than is
 * free.
 *
 * @param one The case.
 * @param freeBytes The memory that is free; not looked at when `undefined`.
 * @returns Why, or `undefined` when it fits.
 * @throws {VersusError} If a rule has no result for the parameters.
 */
export function refusalOf(one: BoundCase, freeBytes: number | undefined): Refusal | undefined {
  const { scenario, variant } = one;
  const broken = brokenLimit(one, scenario) ?? brokenLimit(one, variant);
  if (broken !== undefined || freeBytes === undefined) return broken;
  const needed = memoryOf(one);
  if (needed === undefined || needed <= freeBytes) return undefined;
  const rule = (variant.memoryBytes ?? scenario.memoryBytes)!;
  return {
    reason: `it needs about ${sayMemory(needed)} of memory, and ${sayMemory(freeBytes)} are free`,
    parameters: ruleParameters(rule, scenario.parameters),
  };
}

/**
 * Finds the largest value of a parameter that a case may have. The bounds are taken to be of the kind
 * that holds for small values and not for large ones.
 *
 * @param one The case, with the other parameters fixed.
 * @param name A numeric parameter.
 * @param most The value to start from, which is returned when it fits.
 * @param freeBytes The memory that is free, as for {@linkcode refusalOf}.
 * @returns The value, whole for whole parameters; `undefined` when not even the least value fits.
 */
export function largestFitting(
  one: { readonly scenario: Scenario; readonly variant: Variant; readonly params: Parameters },
  name: string,
  most: number,
  freeBytes: number | undefined,
): number | undefined {
  const { type, min = 0 } = findParameter(one.scenario, name);
  const fits = (value: number) =>
    refusalOf({ ...one, params: { ...one.params, [name]: value } }, freeBytes) === undefined;
  if (fits(most)) return most;
  let [low, high] = [Math.min(min, most), most];
  if (!fits(low)) return undefined;
  // Halving until the ends are neighbours: 53 steps for whole numbers, as many digits for others.
  for (let i = 0; i < 64; i++) {
    const middle = type === "integer" ? Math.floor(low + (high - low) / 2) : (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Tells the exit code that is due.
 *
 * @param scenario The scenario.
 * @param variant The variant, which goes first.
 * @returns The code; 0 when neither says any.
 */
export function dueExitCode(
  scenario: Pick<Scenario, "exitCode">,
  variant: Pick<Variant, "exitCode">,
): number {
  return variant.exitCode ?? scenario.exitCode ?? 0;
}
