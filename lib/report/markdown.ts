/** A table a scenario in GitHub's Markdown, with the figures that documents published. */
import { printable } from "../error.ts";
import type { RunRecord, ScenarioResult } from "../record/schema.ts";
import { paramsText, type Row, type ScenarioRows, scenarioRows } from "./_rows.ts";
import { symbols } from "./_symbols.ts";
import {
  sayInterval,
  sayMedian,
  sayMemory,
  sayMetric,
  sayPublished,
  sayRelative,
  sayStatus,
} from "./_wording.ts";
import { metricInfo } from "./metrics.ts";
import type { Exporter } from "./types.ts";
import { formatSetting } from "./units.ts";

const signs = symbols();

/**
 * Makes text from outside literal. A backslash becomes an entity, so that none stands before the
 * escaped pipe of a cell.
 */
function literal(text: string): string {
  return printable(text.toWellFormed())
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\\", "&#92;")
    .replace(/[|`*_[\]~]/g, "\\$&");
}

/** Makes text literal where a block may begin: no heading, list or rule comes of it. */
function block(text: string): string {
  return literal(text)
    .replace(/^\s+/, "")
    .replace(/^[#+=-]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

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

function columnsOf(record: RunRecord, rows: ScenarioRows): MarkdownColumn[] {
  const primary = record.primaryMetric;
  function has(metric: string): boolean {
    return metric !== primary && rows.ranked.some((row) => row.case.summary[metric] !== undefined);
  }
  function ranked(cell: (row: Row) => string): (row: Row) => string {
    return (row) => row.value === undefined ? "" : cell(row);
  }
  function column(metric: string, cell: (row: Row) => string): MarkdownColumn[] {
    if (!has(metric)) return [];
    return [{ title: metricInfo(metric).title, align: "right", cell: ranked(cell) }];
  }
  return [
    { title: "variant", align: "left", cell: ({ label }) => label },
    { title: metricInfo(primary).title, align: "right", cell: (row) => result(row, primary) },
    ...column("wallS", ({ case: c }) => sayMetric(c, "wallS", signs)),
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
    ...(rows.sources.length === 0 ? [] : [{
      title: "published",
      align: "left" as const,
      cell: ranked((row) => sayPublished(row, signs)),
    }]),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function section(record: RunRecord, scenario: ScenarioResult): string[] {
  const rows = scenarioRows(scenario, record.primaryMetric);
  const columns = columnsOf(record, rows);
  const percent = formatSetting(100 * record.confidence);
  const params = paramsText(rows.common);
  const warnings = new Set(
    [...scenario.warnings, ...scenario.cases.flatMap((c) => c.warnings)]
      .map(({ message, advice }) => advice === "" ? message : `${message}; ${advice}`),
  );
  const figures = rows.ranked.flatMap(({ published }) => published?.value ?? []);
  const notes = new Set(figures.flatMap(({ note }) => note ?? []));
  return [
    `## ${literal(scenario.name)}: ${literal(scenario.title)}`,
    "",
    block(
      `${params === "" ? "" : `${params}; `}${metricInfo(record.primaryMetric).title}: ` +
        `median ± half of its ${percent} interval`,
    ),
    "",
    line(columns.map(({ title }) => literal(title))),
    line(columns.map(({ align }) => align === "right" ? "---:" : "---")),
    ...[...rows.ranked, ...rows.unranked].map((row) =>
      line(columns.map(({ cell }) => literal(cell(row))))
    ),
    ...(rows.sources.length === 0 ? [] : [
      "",
      `Published: figures of ${rows.sources.map(literal).join(", ")}, from another machine, ` +
      `not measured in this run${[...notes].map((note) => `; ${literal(note)}`).join("")}`,
    ]),
    ...(warnings.size === 0 ? [] : ["", ...[...warnings].map((text) => `- ${block(text)}`)]),
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
      ...record.scenarios.flatMap((scenario) => [...section(record, scenario), ""]),
      ...gateSection(record),
      ...(record.gate === undefined ? [] : [""]),
      literal(`Run ${record.id}, ${origin.join(", ")}`),
    ].map((text) => `${text}\n`).join("");
  },
};
