/**
 * Scenarios as data: YAML in, validated scenarios and cases out.
 *
 * The way through: `readYaml` guards against hostile files, a valibot schema says what keys there are,
 * cross checks say what a schema can't, and `expandCases` makes the cases that a run measures. Nothing
 * here starts a program.
 *
 * @module
 */
export type { Language, Toolchain, ToolchainName } from "../toolchain/types.ts";
export * from "./types.ts";
export { LANGUAGES } from "./_names.ts";
export { type Problem, ValidationError } from "./_problems.ts";
export {
  caseId,
  type CaseSelection,
  expandCases,
  publishedFor,
  type PublishedMatch,
  referenceCase,
  selectVariants,
  workersOf,
} from "./cases.ts";
export {
  checkOutput,
  digestText,
  type ExpectedOutput,
  expectedOutput,
  type OutputCheck,
} from "./expectation.ts";
export { findScenario, findTarget, isPath, type Target } from "./find.ts";
export { type JsonSchema, scenarioJsonSchema, suiteJsonSchema } from "./json_schema.ts";
export {
  type LoadAllOptions,
  type LoadOptions,
  loadScenario,
  loadScenarios,
  parseScenario,
} from "./load.ts";
export { type NewScenario, newScenario } from "./new.ts";
export { describeParameter, type GivenParameters, resolveParameters } from "./parameters.ts";
export { evaluateRule, type RuleResult } from "./rule.ts";
export { sourceFiles } from "./sources.ts";
export { loadSuite, loadSuites, parseSuite } from "./suite.ts";
export { expandSuite, type SuiteStep } from "./suite_steps.ts";
export { parseSweep, type Sweep } from "./sweep.ts";
export { fillCommand, type TemplateValues, templateValues } from "./template.ts";
export { describeCommands, type ScenarioCommand, scenarioDigest } from "./trust.ts";
export { parseYaml, readTextFile, readYaml } from "./yaml.ts";
