/** A table a scenario in GitHub's Markdown, with the figures that documents published. */
import type { RunRecord, ScenarioResult } from "../record/schema.ts";
import { saySize, showsLines } from "./_columns.ts";
import { footprintSection } from "./_footprint_markdown.ts";
import { block, line, literal } from "./_markdown_text.ts";
import { matrixOf } from "./_matrix.ts";
import { publishedNotes, sayNote } from "./_notes.ts";
import {
  paramsText,
  primaryOf,
  publishedTitle,
  type Row,
  type ScenarioRows,
  scenarioRows,
  titleOf,
} from "./_rows.ts";
import { LAW_TITLES, lawNotes, lawRows, SCALING_TITLES, scalingRows } from "./_scaling.ts";
import { symbols } from "./_symbols.ts";
import {
  sayCalibrated,
  sayInterval,
  sayMedian,
  sayMemory,
  sayMetric,
  sayPublished,
  sayRelative,
  sayStatus,
} from "./_wording.ts";
import type { Exporter } from "./types.ts";
import { formatSetting } from "./units.ts";

const signs = symbols();

interface MarkdownColumn {
  readonly title: string;
  readonly align: "left" | "right";
  readonly cell: (row: Row) => string;
}

/** The most of a program's output that a cell shows. */
const SHOWN = 200;

function cut(text: string | undefined): string {
  if (text === undefined) return "not known";
  return text.length <= SHOWN ? text : text.slice(0, SHOWN) + signs.ellipsis;
}

function result(row: Row, metric: string): string {
  if (row.value !== undefined) return sayMetric(row.case, metric, signs);
  const { status, reason } = sayStatus(row.case);
  const { expected, actual } = row.case;
  const outputs = row.case.status === "wrong-output"
    ? `; expected "${cut(expected)}", got "${cut(actual)}"`
    : "";
  return status + (reason === "" ? "" : `: ${reason}`) + outputs;
}

function columnsOf(
  record: RunRecord,
  scenario: ScenarioResult,
  rows: ScenarioRows,
): MarkdownColumn[] {
  const primary = primaryOf(record, scenario);
  const { calibrated } = scenario;
  function has(metric: string): boolean {
    return metric !== primary && rows.ranked.some((row) => row.case.summary[metric] !== undefined);
  }
  function ranked(cell: (row: Row) => string): (row: Row) => string {
    return (row) => row.value === undefined ? "" : cell(row);
  }
  function column(metric: string, cell: (row: Row) => string): MarkdownColumn[] {
    if (!has(metric)) return [];
    return [{ title: titleOf(scenario, metric), align: "right", cell: ranked(cell) }];
  }
  return [
    { title: "variant", align: "left", cell: ({ label }) => label },
    { title: titleOf(scenario, primary), align: "right", cell: (row) => result(row, primary) },
    ...column("wallS", ({ case: c }) => sayMetric(c, "wallS", signs)),
    ...(calibrated === undefined ? [] : [{
      title: calibrated.parameter,
      align: "right" as const,
      cell: ranked(({ case: c }) => saySize(c.params[calibrated.parameter])),
    }]),
    ...Object.keys(scenario.metrics ?? {}).flatMap((metric) =>
      column(metric, ({ case: c }) => sayMedian(c, metric, signs))
    ),
    ...column("nsPerIteration", ({ case: c }) => sayMedian(c, "nsPerIteration", signs)),
    ...column("cpuPercent", ({ case: c }) => sayMedian(c, "cpuPercent", signs)),
    ...column("maxRssKb", ({ case: c }) => sayMemory(c, signs)),
    {
      title: "relative",
      align: "left",
      cell: ranked(({ case: c, reference }) => {
        if (reference) return "reference";
        if (c.relative === undefined) return "";
        const interval = sayInterval(c.relative, signs);
        const { text } = sayRelative(c.relative, signs);
        return interval === "" ? text : `${text} (${interval})`;
      }),
    },
    ...([...rows.ranked, ...rows.unranked].some(({ published }) => published !== undefined)
      ? [{
        title: publishedTitle(scenario, rows, primary),
        align: "left" as const,
        cell: (row: Row) => sayPublished(row, signs),
      }]
      : []),
    ...(showsLines(scenario)
      ? [{
        title: "lines",
        align: "right" as const,
        cell: ({ case: c }: Row) => `${c.linesOfCode ?? ""}`,
      }]
      : []),
  ];
}

function section(record: RunRecord, scenario: ScenarioResult): string[] {
  const metric = primaryOf(record, scenario);
  const rows = scenarioRows(scenario, metric);
  const all = [...rows.ranked, ...rows.unranked];
  const columns = columnsOf(record, scenario, rows);
  const percent = formatSetting(100 * record.confidence);
  const settings = [paramsText(rows.common), sayCalibrated(scenario)].filter((text) => text !== "")
    .map((text) => `${text}; `).join("");
  const warnings = new Set(
    [...scenario.warnings, ...scenario.cases.flatMap((c) => c.warnings)]
      .map(({ message, advice }) => advice === "" ? message : `${message}; ${advice}`),
  );
  const figures = all.flatMap(({ published }) => published?.value ?? []);
  const sources = [...new Set(figures.map(({ source }) => source))];
  return [
    `## ${literal(scenario.name)}: ${literal(scenario.title)}`,
    "",
    block(
      `${settings}${titleOf(scenario, metric)}: median ± half of its ${percent} interval`,
    ),
    "",
    line(columns.map(({ title }) => literal(title))),
    line(columns.map(({ align }) => align === "right" ? "---:" : "---")),
    ...all.map((row) => line(columns.map(({ cell }) => literal(cell(row))))),
    ...(sources.length === 0 ? [] : [
      "",
      `Published: figures of ${sources.map(literal).join(", ")}, from another machine, ` +
      "not measured in this run" +
      publishedNotes(all).map((note) => `; ${literal(sayNote(note))}`).join(""),
    ]),
    ...matrixSection(scenario, all),
    ...scalingSection(record, scenario),
    ...(warnings.size === 0 ? [] : ["", ...[...warnings].map((text) => `- ${block(text)}`)]),
  ];
}

/** The answers of the programs' outputs. */
function matrixSection(scenario: ScenarioResult, rows: readonly Row[]): string[] {
  const matrix = matrixOf(scenario, rows);
  if (matrix === undefined) return [];
  return [
    "",
    line(["output", ...matrix.titles.map(literal)]),
    line(["---", ...matrix.titles.map(() => "---")]),
    ...matrix.rows.map(({ label, answers }) => line([label, ...answers].map(literal))),
  ];
}

/** What more workers gave. */
function scalingSection(record: RunRecord, scenario: ScenarioResult): string[] {
  const rows = scalingRows(scenario, signs);
  const laws = lawRows(scenario, signs);
  if (rows.length === 0) return [];
  return [
    "",
    line(SCALING_TITLES),
    line(SCALING_TITLES.map((_, i) => i === 0 ? "---" : "---:")),
    ...rows.map((cells) => line(cells.map(literal))),
    ...(laws.length === 0 ? [] : [
      "",
      line(LAW_TITLES),
      line(LAW_TITLES.map((_, i) => i === 0 ? "---" : "---:")),
      ...laws.map((cells) => line(cells.map(literal))),
    ]),
    ...lawNotes(record, scenario).flatMap((note) => ["", block(note)]),
  ];
}

function gateSection({ gate }: RunRecord): string[] {
  if (gate === undefined) return [];
  return [
    `## Gate: ${gate.verdict}`,
    "",
    `Against ${literal(gate.baseline)}, at most ${formatSetting(gate.limitPercent)} more allowed`,
    "",
    line(["case", "ratio", "interval", "verdict"]),
    line(["---", "---:", "---:", "---"]),
    ...gate.cases.map(({ caseId, ratio, low, high, verdict }) =>
      line([
        literal(caseId),
        ratio.toFixed(3),
        `${low.toFixed(3)}${signs.to}${high.toFixed(3)}`,
        verdict,
      ])
    ),
  ];
}

/** Writes a table a scenario. */
export const markdownExporter: Exporter = {
  format: "markdown",
  extensions: [".md"],
  render(record) {
    const machine: Partial<RunRecord["environment"]> = record.environment ?? {};
    const origin = [record.startedAt, machine.cpuModel, machine.os, machine.kernel]
      .filter((part) => part !== undefined);
    return [
      ...record.scenarios.flatMap((scenario) => [
        ...(scenario.kind === "footprint" ? footprintSection(scenario) : section(record, scenario)),
        "",
      ]),
      ...gateSection(record),
      ...(record.gate === undefined ? [] : [""]),
      literal(`Run ${record.id}, ${origin.join(", ")}`),
    ].map((text) => `${text}\n`).join("");
  },
};
