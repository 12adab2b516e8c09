/** What a schema can't say: names that must exist, values in range, rules, placeholders. */
import { VersusError } from "../error.ts";
import { parseRange } from "../toolchain/version.ts";
import { checkAbilities } from "./_ability_checks.ts";
import { Problems, type Trail } from "./_problem_list.ts";
import type { Problem } from "./_problems.ts";
import { RESERVED_NAMES } from "./_rule_parser.ts";
import { defaultsOf, readParameter } from "./parameters.ts";
import { evaluateRule } from "./rule.ts";
import { BUILT_IN_PLACEHOLDERS, parseTemplate, templateProblem } from "./template.ts";
import type {
  CommandTemplate,
  Expectation,
  Parameter,
  Parameters,
  Scenario,
  Variant,
} from "./types.ts";

function checkParameter(problems: Problems, parameter: Parameter): void {
  const { name, type, min, max, choices } = parameter;
  const trail = ["parameters", name];
  if (RESERVED_NAMES.includes(name)) {
    problems.add(trail, `"${name}" means something else in rules and commands`);
  }
  const numeric = type === "integer" || type === "number";
  for (const key of ["min", "max"] as const) {
    const bound = parameter[key];
    if (bound === undefined) continue;
    if (!numeric) problems.add([...trail, key], `a ${type} has no ${key}`);
    else if (type === "integer" && !Number.isSafeInteger(bound)) {
      problems.add([...trail, key], `found ${bound}, expected a whole number below 2^53`);
    }
  }
  if (choices !== undefined) {
    if (type !== "string") problems.add([...trail, "choices"], `a ${type} has no choices`);
    problems.duplicates([...trail, "choices"], choices);
  }
  if (min !== undefined && max !== undefined && min > max) {
    return problems.add([...trail, "min"], `found ${min}, expected at most max, which is ${max}`);
  }
  checkOwnValue(problems, [...trail, "default"], parameter, parameter.default);
  if (parameter.published !== undefined) {
    checkOwnValue(problems, [...trail, "published"], parameter, parameter.published);
  }
}

/** In YAML a value has its type: "10" in quotes is text, and no number. */
function checkOwnValue(
  problems: Problems,
  trail: Trail,
  parameter: Parameter,
  value: string | number | boolean,
): void {
  const read = problems.attempt(trail, () => readParameter(parameter, value));
  if (read !== undefined && typeof read !== typeof value) {
    problems.add(trail, `found "${value}" in quotes, expected it without`);
  }
}

function checkValues(
  problems: Problems,
  trail: Trail,
  parameters: readonly Parameter[],
  params: Parameters,
): void {
  const names = parameters.map(({ name }) => name);
  for (const [name, value] of Object.entries(params)) {
    if (!problems.name([...trail, name], "parameter", name, names)) continue;
    checkOwnValue(problems, [...trail, name], parameters[names.indexOf(name)]!, value);
  }
}

function checkCommand(
  problems: Problems,
  trail: Trail,
  command: CommandTemplate,
  names: readonly string[],
): void {
  command.forEach((text, i) => {
    const problem = templateProblem(text, names);
    if (problem !== undefined) problems.add([...trail, i], problem);
    else if (text.includes("\0")) problems.add([...trail, i], "found a NUL character");
    else if (i === 0 && text.trim() === "") problems.add([...trail, 0], "found no program");
  });
}

function uses(text: string, name: string): boolean {
  try {
    return parseTemplate(text).some((part) => part.kind === "name" && part.name === name);
  } catch (error) {
    if (error instanceof VersusError) return false;
    throw error;
  }
}

function checkVariant(problems: Problems, scenario: Scenario, variant: Variant): void {
  const trail = ["variants", variant.name];
  const parameterNames = scenario.parameters.map(({ name }) => name);
  // A build is kept for all parameters, so it can't use any.
  variant.build.forEach((step, i) => {
    checkCommand(problems, [...trail, "build", i], step, BUILT_IN_PLACEHOLDERS);
  });
  checkCommand(problems, [...trail, "run"], variant.run, [
    ...BUILT_IN_PLACEHOLDERS,
    ...parameterNames,
  ]);
  if (variant.build.length === 0 && variant.run.some((text) => uses(text, "out"))) {
    problems.add([...trail, "run"], "uses {out}, but no build step makes anything there");
  }
  const { artifact, requires, workers } = variant;
  if (artifact !== undefined) {
    const problem = templateProblem(artifact, BUILT_IN_PLACEHOLDERS);
    if (problem !== undefined) problems.add([...trail, "artifact"], problem);
    else if (!uses(artifact, "out") && !uses(artifact, "dir")) {
      problems.add(
        [...trail, "artifact"],
        `found "${artifact}", expected a path in {out} or {dir}`,
      );
    }
  }
  for (const [name, value] of Object.entries(variant.env)) {
    const filled = [...BUILT_IN_PLACEHOLDERS, ...parameterNames].find((known) =>
      uses(value, known)
    );
    if (filled !== undefined) {
      problems.add([...trail, "env", name], `{${filled}} is not filled in here, only in commands`);
    } else if (value.includes("\0")) {
      problems.add([...trail, "env", name], "found a NUL character");
    }
  }
  if (requires !== undefined) problems.attempt([...trail, "requires"], () => parseRange(requires));
  if (workers !== undefined) {
    const params = { ...defaultsOf(scenario), ...variant.params };
    problems.attempt(
      [...trail, "workers"],
      () => evaluateRule(workers, scenario.parameters, params),
    );
  }
  if (variant.expect !== undefined) {
    checkExpectation(problems, scenario, [...trail, "expect"], variant.expect, variant.params);
  }
  problems.duplicates([...trail, "files"], variant.files);
  checkValues(problems, [...trail, "params"], scenario.parameters, variant.params);
}

function checkExpectation(
  problems: Problems,
  scenario: Scenario,
  trail: Trail,
  expect: Expectation,
  fixed: Parameters,
): void {
  const { rule, results, tolerance } = expect;
  if (rule === undefined && results === undefined) {
    problems.add(trail, "missing what is expected: a rule or results");
  }
  if (rule !== undefined) {
    // A rule that has no result for the defaults could only be found wrong after a build.
    problems.attempt(
      [...trail, "rule"],
      () => evaluateRule(rule, scenario.parameters, { ...defaultsOf(scenario), ...fixed }),
    );
  }
  results?.forEach(({ params, stdout, sha256 }, i) => {
    checkValues(problems, [...trail, "results", i, "params"], scenario.parameters, params);
    if ((stdout === undefined) === (sha256 === undefined)) {
      problems.add(
        [...trail, "results", i],
        `found ${stdout === undefined ? "neither" : "both"}, expected either stdout or sha256`,
      );
    }
    if (sha256 !== undefined && scenario.metrics !== undefined) {
      problems.add([...trail, "results", i, "sha256"], "metrics can't be taken out of a digest");
    }
  });
  if (tolerance !== undefined && rule === undefined && results === undefined) {
    problems.add([...trail, "tolerance"], "there is no result that it could hold for");
  }
}

function checkPublished(problems: Problems, scenario: Scenario): void {
  const variants = scenario.variants.map(({ name }) => name);
  scenario.published.forEach(({ variant, params }, i) => {
    problems.name(["published", i, "variant"], "variant", variant, variants);
    checkValues(problems, ["published", i, "params"], scenario.parameters, params);
  });
}

/**
 * Checks a scenario for what its schema can't say.
 *
 * @param scenario The scenario, as its schema has it.
 * @param expectGiven Whether the file says how results are checked.
 * @returns What is wrong, in the order of the file's usual layout.
 */
export function checkScenario(scenario: Scenario, expectGiven: boolean): Problem[] {
  const problems = new Problems();
  problems.duplicates(["tags"], scenario.tags);
  for (const parameter of scenario.parameters) checkParameter(problems, parameter);
  // Values can't be judged by parameters that are wrong themselves.
  if (problems.found.length > 0) return problems.found;
  if (expectGiven) checkExpectation(problems, scenario, ["expect"], scenario.expect, {});
  checkAbilities(problems, scenario);
  if (scenario.variants.length === 0) {
    problems.add(["variants"], "found none, expected at least one");
  } else {
    const names = scenario.variants.map(({ name }) => name);
    problems.name(["reference"], "variant", scenario.reference, names);
  }
  for (const variant of scenario.variants) checkVariant(problems, scenario, variant);
  checkPublished(problems, scenario);
  return problems.found;
}
