import { VersusError } from "../error.ts";
import { describeValue, didYouMean, oneOf } from "./_problems.ts";
import type { Parameter, Parameters, ParameterValue, Scenario } from "./types.ts";

/** Values as they come from a command line (text) or from YAML. */
export type GivenParameters = Readonly<Record<string, ParameterValue>>;

const NUMBER = /^[+-]?\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?$/;

function short(value: number): string {
  const [digits, exponent] = value.toExponential().split("e+");
  return Math.abs(value) >= 1e6 && digits!.length <= 3 && exponent !== undefined
    ? `${digits}e${exponent}`
    : `${value}`;
}

/**
 * Says what values a parameter takes, for "expected …".
 *
 * @param parameter The parameter.
 * @returns `a whole number from 0 to 1e12`.
 */
export function describeParameter(parameter: Parameter): string {
  const { type, min, max, choices } = parameter;
  if (type === "boolean") return "true or false";
  if (type === "string") return choices === undefined ? "text" : oneOf(choices);
  const kind = type === "integer" ? "a whole number" : "a number";
  if (min !== undefined && max !== undefined) return `${kind} from ${short(min)} to ${short(max)}`;
  if (min !== undefined) return `${kind} of at least ${short(min)}`;
  if (max !== undefined) return `${kind} of at most ${short(max)}`;
  return kind;
}

/** Text as the parameter's type has it; text that is none stays text. */
function convert(parameter: Parameter, given: ParameterValue): ParameterValue {
  if (typeof given !== "string" || parameter.type === "string") return given;
  const text = given.trim();
  if (parameter.type === "boolean") {
    return text === "true" ? true : text === "false" ? false : given;
  }
  return NUMBER.test(text) ? Number(text.replaceAll("_", "")) : given;
}

function isValid(parameter: Parameter, value: ParameterValue): boolean {
  const { type, min = -Infinity, max = Infinity, choices } = parameter;
  if (type === "boolean" || type === "string") {
    return typeof value === type && (choices === undefined || choices.includes(String(value)));
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  if (type === "integer" && !Number.isSafeInteger(value)) return false;
  return value >= min && value <= max;
}

/**
 * Reads one value of a parameter.
 *
 * @param parameter The parameter.
 * @param given A value, or text: numbers as `1e8`, `1_000_000` or `0.5`.
 * @returns The value in the parameter's type.
 * @throws {VersusError} If it is of another type or out of range; the message names neither the
 * parameter nor the scenario.
 */
export function readParameter(parameter: Parameter, given: ParameterValue): ParameterValue {
  const value = convert(parameter, given);
  if (isValid(parameter, value)) return value === 0 ? 0 : value;
  const { type, choices = [] } = parameter;
  const meant = type === "string" && typeof value === "string" ? didYouMean(value, choices) : "";
  const numeric = type === "integer" || type === "number";
  throw new VersusError(
    `found ${describeValue(given)}, expected ${describeParameter(parameter)}${meant}`,
    numeric && typeof value === "string" ? { hint: "Write numbers as 1e8 or 1_000_000" } : {},
  );
}

/**
 * Finds a parameter by name.
 *
 * @param scenario The scenario.
 * @param name The name.
 * @returns The parameter.
 * @throws {VersusError} If the scenario has none of that name.
 */
export function findParameter(scenario: Scenario, name: string): Parameter {
  const found = scenario.parameters.find((parameter) => parameter.name === name);
  if (found !== undefined) return found;
  const names = scenario.parameters.map((parameter) => parameter.name);
  const known = names.length === 0 ? ", it has none" : `, expected ${oneOf(names)}`;
  throw new VersusError(
    `${scenario.name} has no parameter ${describeValue(name)}${didYouMean(name, names) || known}`,
    { hint: `See \`versus show ${scenario.name}\`` },
  );
}

/**
 * Reads the value of a scenario's parameter.
 *
 * @param scenario The scenario.
 * @param name The parameter's name.
 * @param given The value, as for {@linkcode readParameter}.
 * @returns The value in the parameter's type.
 * @throws {VersusError} If there is no such parameter, or it can't have that value.
 */
export function resolveParameter(
  scenario: Scenario,
  name: string,
  given: ParameterValue,
): ParameterValue {
  const parameter = findParameter(scenario, name);
  try {
    return readParameter(parameter, given);
  } catch (error) {
    if (!(error instanceof VersusError)) throw error;
    throw new VersusError(`Parameter ${name} of ${scenario.name}: ${error.message}`, {
      hint: error.hint ?? `See \`versus show ${scenario.name}\``,
      cause: error,
    });
  }
}

/** The value of every parameter when nothing is said. */
export function defaultsOf({ parameters }: Pick<Scenario, "parameters">): Parameters {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default]));
}

/**
 * Gives every parameter of a scenario a value.
 *
 * @param scenario The scenario.
 * @param given What was asked for; the rest has its default.
 * @returns The value of every parameter, in the order of the file.
 * @throws {VersusError} If a name is unknown or a value of the wrong type or out of range.
 */
export function resolveParameters(scenario: Scenario, given: GivenParameters = {}): Parameters {
  const values = Object.entries(given).map(([name, value]) =>
    [name, resolveParameter(scenario, name, value)] as const
  );
  return Object.fromEntries([
    ...scenario.parameters.map((parameter) => [parameter.name, parameter.default] as const),
    ...values,
  ]);
}
