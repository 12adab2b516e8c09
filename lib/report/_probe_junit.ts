/** Probes as JUnit's XML: a testcase a target, and one for each limit. */
import { printable } from "../error.ts";
import type { ProbeDocument, ProbeGate, ProbeTargetResult } from "../probe/schema.ts";
import { errorsOf } from "./_probe_rows.ts";

/** Escapes for content and attributes; what XML 1.0 (section 2.2) forbids is written visibly. */
function escape(text: string): string {
  return printable(text.toWellFormed())
    .replace(/[\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

interface Test {
  readonly classname: string;
  readonly name: string;
  readonly seconds: number;
  readonly failure?: { readonly type: string; readonly message: string };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escape(String(value))}"`)
    .join("");
}

function decimal(seconds: number): string {
  return seconds.toFixed(9).replace(/\.?0+$/, "");
}

function xmlOf({ classname, name, seconds, failure }: Test): string {
  const open = `    <testcase${attributes({ classname, name, time: decimal(seconds) })}`;
  if (failure === undefined) return `${open}/>`;
  return `${open}>\n      <failure${attributes({ ...failure })}/>\n    </testcase>`;
}

function targetTest(protocol: string, target: ProbeTargetResult): Test {
  const { summary, warm, state, samples } = target;
  const assertion = samples.some(({ error }) => error?.code === "assertion");
  const seconds = (summary.p50Ms ?? warm?.p50Ms ?? 0) / 1000;
  const base = { classname: `probe.${protocol}`, name: target.target, seconds };
  if (state === "open" && !assertion) return base;
  const errors = errorsOf(target);
  const message = errors.map(({ code, message }) => `${code}: ${message}`).join("; ");
  return {
    ...base,
    failure: { type: assertion ? "assertion" : errors[0]?.code ?? state, message },
  };
}

function gateTest(protocol: string, { target, option, passed, message }: ProbeGate): Test {
  const base = { classname: `probe.${protocol}.limits`, name: `${target} ${option}`, seconds: 0 };
  return passed ? base : { ...base, failure: { type: option, message } };
}

/**
 * Writes probes as JUnit's XML. A target without an answer, or with one that was not expected, is a
 * failure; so is each limit that does not hold. A testcase's time is the median of its attempts.
 *
 * @param document What was measured.
 * @returns The file.
 */
export function probeJunit(document: ProbeDocument): string {
  const { protocol, startedAt, targets, gates = [] } = document;
  const tests = [
    ...targets.map((target) => targetTest(protocol, target)),
    ...gates.map((gate) => gateTest(protocol, gate)),
  ];
  const counts = {
    tests: tests.length,
    failures: tests.filter(({ failure }) => failure !== undefined).length,
    errors: 0,
    skipped: 0,
    time: decimal(tests.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
  const timestamp = startedAt.replace(/(\.\d+)?Z$/, "");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: `versus probe ${protocol}`, ...counts })}>`,
    `  <testsuite${attributes({ name: `probe ${protocol}`, timestamp, ...counts })}>`,
    ...tests.map(xmlOf),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
