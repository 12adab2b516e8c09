/**
 * One row a case as comma-separated values after RFC 4180: UTF-8, CRLF, a header row.
 *
 * Columns that nothing was measured for are empty, never zero. Text that a spreadsheet would take
 * for a formula gets an apostrophe before it (OWASP, "CSV Injection"), control characters are
 * written as escapes, so that every record is one line.
 */
import { printable } from "../error.ts";
import type { CaseResult, RunRecord, ScenarioResult } from "../record/schema.ts";
import { footprintColumns } from "./_footprint_csv.ts";
import { publishedFiles } from "./_footprint_figures.ts";
import { paramsText, primaryOf, scenarioRows } from "./_rows.ts";
import type { Exporter } from "./types.ts";

type Value = string | number | boolean | undefined;
type Source = (c: CaseResult, scenario: ScenarioResult, record: RunRecord) => Value;

/** Characters with which a spreadsheet starts a formula, with their full-width forms. */
const FORMULA = /^\s*[=+\-@＝＋－＠|]/u;

function field(value: Value): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const text = printable(value.toWellFormed());
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const BASE: readonly (readonly [string, Source])[] = [
  ["runId", (_c, _s, record) => record.id],
  ["startedAt", (_c, _s, record) => record.startedAt],
  ["scenario", (_c, scenario) => scenario.name],
  ["kind", (_c, scenario) => scenario.kind],
  ["caseId", (c) => c.caseId],
  ["variant", (c) => c.variant],
  ["language", (c) => c.language],
  ["toolchain", (c) => c.toolchain?.name],
  ["toolchainVersion", (c) => c.toolchain?.version],
  ["status", (c) => c.status],
  ["reason", (c) => c.reason],
  ["samples", (c) => c.samples.length],
];

const RELATIVE = ["toCaseId", "metric", "ratio", "low", "high", "pAdjusted", "verdict"] as const;
const BUILD = ["seconds", "maxRssKb", "artifactBytes", "linkage"] as const;
const SUMMARY = ["median", "low", "high", "min", "max"] as const;

function keysOf(objects: Iterable<object>): string[] {
  const keys = new Set<string>();
  for (const object of objects) for (const key of Object.keys(object)) keys.add(key);
  return [...keys];
}

function columnsOf(record: RunRecord): (readonly [string, Source])[] {
  const cases = record.scenarios.flatMap((scenario) => scenario.cases);
  const bounded = cases.some((c) => c.samples.some(({ maxRssBound }) => maxRssBound === "upper"));
  return [
    ...BASE,
    ...keysOf(cases.map(({ params }) => params))
      .map((name): readonly [string, Source] => [`param.${name}`, (c) => c.params[name]]),
    ...keysOf(cases.map(({ summary }) => summary)).flatMap((metric) =>
      SUMMARY.map((part): readonly [string, Source] => [
        `${metric}.${part}`,
        (c) => c.summary[metric]?.[part],
      ])
    ),
    ...(bounded ? [["maxRssKb.bound", boundOf] as const] : []),
    ...RELATIVE.map((part): readonly [string, Source] => [
      `relative.${part}`,
      (c) => c.relative?.[part],
    ]),
    ...extraColumns(record),
    ...footprintColumns(cases),
    ...publishedColumns(record),
    ...BUILD.map((part): readonly [string, Source] => [`build.${part}`, (c) => c.build?.[part]]),
  ];
}

function boundOf({ samples }: CaseResult): string | undefined {
  if (!samples.some(({ maxRssKb }) => maxRssKb !== undefined)) return undefined;
  return samples.some(({ maxRssBound }) => maxRssBound === "upper") ? "upper" : "exact";
}

/** Columns that only some runs have something for. */
function extraColumns(record: RunRecord): (readonly [string, Source])[] {
  const cases = record.scenarios.flatMap((scenario) => scenario.cases);
  const columns: (readonly [string, Source])[] = [];
  for (const name of ["workers", "iterations", "linesOfCode"] as const) {
    if (cases.some((c) => c[name] !== undefined)) columns.push([name, (c) => c[name]]);
  }
  for (const name of keysOf(cases.map(({ observed }) => observed ?? {}))) {
    columns.push([`observed.${name}`, (c) => c.observed?.[name]]);
  }
  return columns;
}

/** What a document published for a case, by the metric that the case is ranked by. */
function publishedColumns(record: RunRecord): (readonly [string, Source])[] {
  const cases = record.scenarios.flatMap((scenario) => scenario.cases);
  if (!cases.some(({ published }) => published !== undefined)) return [];
  const found = new Map(record.scenarios.flatMap((scenario) => {
    const { ranked, unranked } = scenarioRows(scenario, primaryOf(record, scenario));
    return [...ranked, ...unranked].map((row) =>
      [row.case, row.published?.value ?? publishedFiles(row.case)] as const
    );
  }));
  const params = (c: CaseResult) => paramsText(found.get(c)?.params ?? {}) || undefined;
  return [
    ...(["source", "metric", "value", "unit"] as const).map((part): readonly [string, Source] => [
      `published.${part}`,
      (c) => found.get(c)?.[part],
    ]),
    ["published.params", params],
    ["published.note", (c) => found.get(c)?.note],
  ];
}

/** Writes one row a case with median, interval and extremes of every metric. */
export const csvExporter: Exporter = {
  format: "csv",
  extensions: [".csv"],
  render(record) {
    const columns = columnsOf(record);
    const rows = [columns.map(([name]) => field(name)).join(",")];
    for (const scenario of record.scenarios) {
      for (const c of scenario.cases) {
        rows.push(columns.map(([, value]) => field(value(c, scenario, record))).join(","));
      }
    }
    return rows.map((row) => `${row}\r\n`).join("");
  },
};
