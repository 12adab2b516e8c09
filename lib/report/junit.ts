/**
 * JUnit's XML as CI servers read it: a testsuite a scenario, a testcase a case, and one testsuite for
 * the gate.
 *
 * A wrong output, a failure and a timeout are failures. "unavailable" and "optimised-away" are skipped:
 * nothing ran wrong, but there is no valid result. Of the gate, "regressed" is a failure and "undecided"
 * an error. A testcase's `time` is the median wall time, so that CI's trends show it.
 */
import { printable } from "../error.ts";
import type { CaseResult, Gate, RunRecord, ScenarioResult } from "../record/schema.ts";
import { FIGURES } from "./_footprint_rows.ts";
import { titleOf } from "./_rows.ts";
import { symbols } from "./_symbols.ts";
import { sayInterval, sayMetric, sayRelative, sayStatus } from "./_wording.ts";
import type { Exporter } from "./types.ts";
import { formatSetting } from "./units.ts";

const signs = symbols();

/** Escapes for content and attributes; what XML 1.0 (section 2.2) forbids is written visibly. */
function escape(text: string): string {
  return printable(text.toWellFormed())
    .replace(/[\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Content may have several lines. */
function content(lines: readonly string[]): string {
  return lines.flatMap((line) => line.split("\n")).map(escape).join("\n");
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join("");
}

type Outcome = "passed" | "failure" | "error" | "skipped";

interface Test {
  readonly outcome: Outcome;
  readonly seconds: number;
  readonly xml: string;
}

interface TestText {
  readonly classname: string;
  readonly name: string;
  readonly seconds?: number;
  readonly outcome: Outcome;
  readonly type?: string;
  readonly message?: string;
  /** Lines inside of a failure or error. */
  readonly body?: readonly string[];
  readonly output?: readonly string[];
}

function testcase(test: TestText): Test {
  const { classname, name, seconds = 0, outcome, type = "", message = "" } = test;
  const inside: string[] = [];
  if (outcome === "skipped") inside.push(`<skipped${attributes({ message })}/>`);
  if (outcome === "failure" || outcome === "error") {
    const body = content(test.body ?? []);
    inside.push(`<${outcome}${attributes({ type, message })}>${body}</${outcome}>`);
  }
  if (test.output !== undefined && test.output.length > 0) {
    inside.push(`<system-out>${content(test.output)}</system-out>`);
  }
  const open = `    <testcase${attributes({ classname, name, time: decimal(seconds) })}`;
  const xml = inside.length === 0
    ? `${open}/>`
    : [`${open}>`, ...inside.map((element) => `      ${element}`), "    </testcase>"].join("\n");
  return { outcome, seconds, xml };
}

/** JUnit's schema asks for decimals: no exponent. */
function decimal(seconds: number): string {
  return seconds.toFixed(9).replace(/\.?0+$/, "");
}

function outcomeOf(c: CaseResult): Outcome {
  switch (c.status) {
    case "ok":
      return c.samples.length === 0 && Object.keys(c.summary).length === 0 ? "skipped" : "passed";
    case "unavailable":
    case "optimised-away":
      return "skipped";
    default:
      return "failure";
  }
}

function measured(scenario: ScenarioResult, c: CaseResult): string[] {
  const metrics = Object.keys(c.summary).map((name) =>
    `${name}: ${titleOf(scenario, name)} ${sayMetric(c, name, signs)}`
  );
  const { relative } = c;
  const compared = relative === undefined ? [] : [
    `relative to ${relative.toCaseId}: ${sayRelative(relative, signs).text} ` +
    `(${sayInterval(relative, signs)})`,
  ];
  const { footprint } = c;
  const opened = footprint === undefined ? [] : FIGURES.flatMap(({ title, text }) => {
    const value = text(footprint, signs);
    return value === undefined ? [] : [`${title}: ${value}`];
  });
  const warnings = c.warnings.map(({ message, advice }) => `warning: ${message}; ${advice}`);
  return [...metrics, ...compared, ...opened, ...warnings];
}

function caseTest(scenario: ScenarioResult, c: CaseResult): Test {
  const { status, reason } = sayStatus(c);
  return testcase({
    classname: scenario.name,
    name: c.caseId,
    ...(c.summary.wallS === undefined ? {} : { seconds: c.summary.wallS.median }),
    outcome: outcomeOf(c),
    type: status,
    message: reason === "" ? status : `${status}: ${reason}`,
    body: [
      ...(reason === "" ? [] : [reason]),
      ...(c.expected === undefined ? [] : [`expected: ${c.expected}`]),
      ...(c.actual === undefined ? [] : [`actual: ${c.actual}`]),
    ],
    output: measured(scenario, c),
  });
}

const GATE_OUTCOMES = { passed: "passed", regressed: "failure", undecided: "error" } as const;

function gateTests(gate: Gate): Test[] {
  return gate.cases.map(({ caseId, ratio, low, high, verdict }) => {
    const ends = [low, high].map((end) => end.toFixed(4)).join(signs.to);
    const message = `${verdict}: ${ratio.toFixed(4)} (${ends}) times the value of ` +
      `${gate.baseline}, limit ${formatSetting(gate.limitPercent)} more`;
    return testcase({
      classname: "gate",
      name: caseId,
      outcome: GATE_OUTCOMES[verdict],
      type: verdict,
      message,
      output: verdict === "passed" ? [message] : [],
    });
  });
}

function counts(tests: readonly Test[]): Record<string, string | number> {
  function of(outcome: Outcome): number {
    return tests.filter((test) => test.outcome === outcome).length;
  }
  return {
    tests: tests.length,
    failures: of("failure"),
    errors: of("error"),
    skipped: of("skipped"),
    time: decimal(tests.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
}

function suite(
  record: RunRecord,
  name: string,
  tests: readonly Test[],
  warnings: string[],
): string {
  // JUnit's schema wants local time without a zone; UTC it is.
  const timestamp = record.startedAt.replace(/(\.\d+)?Z$/, "");
  return [
    `  <testsuite${attributes({ name, timestamp, ...counts(tests) })}>`,
    ...tests.map(({ xml }) => xml),
    ...(warnings.length === 0 ? [] : [`    <system-out>${content(warnings)}</system-out>`]),
    "  </testsuite>",
  ].join("\n");
}

/** Writes a testsuite a scenario, and one for the gate. */
export const junitExporter: Exporter = {
  format: "junit",
  extensions: [".junit.xml", ".xml"],
  render(record) {
    const suites = record.scenarios.map((scenario) => ({
      name: scenario.name,
      tests: scenario.cases.map((c) => caseTest(scenario, c)),
      warnings: scenario.warnings.map(({ message, advice }) => `warning: ${message}; ${advice}`),
    }));
    if (record.gate !== undefined) {
      suites.push({ name: "gate", tests: gateTests(record.gate), warnings: [] });
    }
    const all = suites.flatMap(({ tests }) => tests);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributes({ name: `versus ${record.id}`, ...counts(all) })}>`,
      ...suites.map(({ name, tests, warnings }) => suite(record, name, tests, warnings)),
      "</testsuites>",
      "",
    ].join("\n");
  },
};
