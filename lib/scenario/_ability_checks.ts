/** Checks of what a scenario can say beyond its programs: sizes, bounds, figures, questions. */
import type { Problems, Trail } from "./_problem_list.ts";
import { defaultsOf } from "./parameters.ts";
import { evaluateCondition, evaluateRule } from "./rule.ts";
import type { Bounds, Parameters, Scenario } from "./types.ts";
import { BUILT_IN_METRICS, unitProblem } from "./_units.ts";

/** `loop` and `calibrate` name a parameter that is a number. */
function checkSize(problems: Problems, scenario: Scenario, key: "loop" | "calibrate"): void {
  const name = scenario[key];
  if (name === undefined) return;
  const names = scenario.parameters.map((parameter) => parameter.name);
  if (!problems.name([key], "parameter", name, names)) return;
  const { type } = scenario.parameters[names.indexOf(name)]!;
  if (type !== "integer" && type !== "number") {
    problems.add([key], `"${name}" is a ${type}, expected a numeric parameter`);
  }
}

function checkMetrics(problems: Problems, { metrics = [] }: Scenario): void {
  for (const { name, unit } of metrics) {
    if (BUILT_IN_METRICS.includes(name)) {
      problems.add(["metrics", name], `"${name}" is measured already, expected another name`);
      continue;
    }
    const problem = unitProblem(name, unit);
    if (problem !== undefined) problems.add(["metrics", name, "unit"], problem);
  }
}

function checkObservations(problems: Problems, { observe = [] }: Scenario): void {
  for (const { name, pattern } of observe) {
    try {
      new RegExp(pattern, "mu");
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const why = error.message.replace(/^Invalid regular expression: /, "");
      problems.add(["observe", name, "pattern"], `found no regular expression: ${why}`);
    }
  }
}

function checkBounds(
  problems: Problems,
  scenario: Scenario,
  { memoryBytes, limit }: Bounds,
  trail: Trail,
  fixed: Parameters,
): void {
  const { parameters } = scenario;
  const params = { ...defaultsOf(scenario), ...fixed };
  if (memoryBytes !== undefined) {
    problems.attempt(
      [...trail, "memoryBytes"],
      () => evaluateRule(memoryBytes, parameters, params),
    );
  }
  if (limit !== undefined) {
    problems.attempt(
      [...trail, "limit", "rule"],
      () => evaluateCondition(limit.rule, parameters, params),
    );
  }
}

/**
 * Checks what a scenario says of sizes, bounds, figures that programs print, and questions.
 *
 * @param problems Takes what is wrong.
 * @param scenario The scenario; its parameters are valid.
 */
export function checkAbilities(problems: Problems, scenario: Scenario): void {
  checkSize(problems, scenario, "loop");
  checkSize(problems, scenario, "calibrate");
  checkMetrics(problems, scenario);
  checkObservations(problems, scenario);
  checkBounds(problems, scenario, scenario, [], {});
  for (const variant of scenario.variants) {
    const trail = ["variants", variant.name];
    checkBounds(problems, scenario, variant, trail, variant.params);
    if (variant.unused !== undefined && variant.name === scenario.reference) {
      problems.add(
        ["reference"],
        `"${variant.name}" throws its result away, expected one that is ranked`,
      );
    }
  }
}
