/** The table that people read in a terminal. */
import type { RunRecord, ScenarioResult } from "../record/schema.ts";
import { MEMORY, runColumns } from "./_columns.ts";
import { curveLines } from "./_curves.ts";
import { detailLines } from "./_details.ts";
import { footprintLines } from "./_footprint_table.ts";
import { matrixLines, matrixOf } from "./_matrix.ts";
import {
  gateLines,
  type Look,
  originLines,
  partLines,
  publishedLines,
  warningLines,
} from "./_notes.ts";
import { scalingLines } from "./_scaling.ts";
import {
  paramsText,
  primaryOf,
  publishedTitle,
  type Row,
  type ScenarioRows,
  scenarioRows,
  titleOf,
} from "./_rows.ts";
import { note, titleLines, unrankedLines } from "./_scenario_parts.ts";
import { symbols } from "./_symbols.ts";
import { clean, displayWidth } from "./_text.ts";
import { hasBound, hasTree, sayCalibrated } from "./_wording.ts";
import { type Grid, type GridOptions, layOut } from "./grid.ts";
import { formatSetting } from "./units.ts";

/** How a run is drawn. */
export interface RunTableOptions extends GridOptions {
  /** Whether every case is described below its table. */
  readonly verbose?: boolean;
}

function contextLines(
  record: RunRecord,
  scenario: ScenarioResult,
  rows: ScenarioRows,
  look: Look,
): string[] {
  const signs = symbols(look.ascii);
  const percent = formatSetting(100 * record.confidence);
  const parts = [
    paramsText(rows.common),
    sayCalibrated(scenario),
    `${
      titleOf(scenario, primaryOf(record, scenario))
    }: median ${signs.plusMinus} half of its ${percent} interval`,
    rows.references.length === 1 ? `relative to ${rows.references[0]}` : "",
  ];
  return partLines(parts, "  ", look);
}

/** Whether the line of a case without a valid result tells a published figure. */
function showsPublished({ case: c, published }: Row): boolean {
  return c.status === "optimised-away" && published !== undefined;
}

function scenarioLines(record: RunRecord, scenario: ScenarioResult, look: Look): string[] {
  const signs = symbols(look.ascii);
  const metric = primaryOf(record, scenario);
  const rows = scenarioRows(scenario, metric);
  const inner: Look = { ...look, width: look.width - 2 };
  const columns = rows.ranked.length === 0 ? [] : runColumns(record, scenario, rows, signs);
  const grid: Grid = layOut(
    columns.map(({ column }) => column),
    rows.ranked.map((row) => columns.map(({ cell }) => cell(row))),
    inner,
  );
  const widest = Math.max(
    0,
    ...rows.unranked.map(({ label }) => displayWidth(clean(label, signs))),
  );
  const labelWidth = Math.min(grid.widths[0] ?? Math.min(28, widest), inner.width - 22);
  const body = [
    ...(rows.ranked.length === 0 ? [] : grid.lines),
    ...rows.unranked.flatMap((row) => unrankedLines(row, labelWidth, metric, inner)),
  ].map((line) => `  ${line}`);
  const all = [...rows.ranked, ...rows.unranked];
  function shows(title: string): boolean {
    return grid.shown.some((column) => column.title === title);
  }
  const explained = all.some((row) =>
    row.case.warnings.some(({ code }) => code === "memory-bound")
  );
  const bounded = !explained && rows.ranked.some((row) => hasBound(row.case));
  const summed = rows.ranked.some((row) => hasTree(row.case));
  const notes = [
    ...(bounded && shows(MEMORY)
      ? note(`${signs.atMost} marks an upper bound: the launcher itself hides smaller peaks`, look)
      : []),
    ...(summed && shows(MEMORY)
      ? note(`${signs.sum} adds up all processes of a variant, in an execution of its own`, look)
      : []),
    ...publishedLines(
      [
        ...(shows(publishedTitle(scenario, rows, metric)) ? rows.ranked : []),
        ...rows.unranked.filter(showsPublished),
      ],
      look,
    ),
  ];
  const matrix = matrixOf(scenario, all);
  const extra = [
    matrix === undefined ? [] : matrixLines(matrix, look),
    curveLines(record, scenario, inner).map((line) => `  ${line}`),
    scalingLines(record, scenario, look),
  ].filter((lines) => lines.length > 0);
  const warnings = warningLines(scenario, all, look);
  const details = look.verbose ? detailLines(scenario, all, look) : [];
  return [
    ...titleLines(scenario, look),
    ...contextLines(record, scenario, rows, look),
    "",
    ...(body.length === 0 ? ["  no cases"] : body),
    ...(notes.length === 0 ? [] : ["", ...notes]),
    ...extra.flatMap((lines) => ["", ...lines]),
    ...(warnings.length === 0 ? [] : ["", ...warnings]),
    ...(details.length === 0 ? [] : ["", ...details]),
  ];
}

/**
 * Draws a run for people: a table a scenario, best first, with what went wrong, warnings and the
 * gate.
 *
 * A terminal that is too narrow loses columns in this order: toolchain, samples, lines of code,
 * interval, per iteration, calibrated size, the programs' own figures, CPU, bar, published, memory, wall
 * time beside another primary metric, relative. Variant and primary metric always stay.
 *
 * Below a scenario's table stand the answers of its programs' outputs, where it asks questions; a curve,
 * where one parameter was swept over at least three values; what more workers gave, with Amdahl's law.
 * Scenarios of kind footprint have a table of what was opened instead.
 *
 * @param record The run.
 * @param options Width in cells (80 by default, at least 40), colours, ASCII, verbose; all off by default.
 * @returns The text, ending with a line feed. Text from outside can't bring escapes into it.
 */
export function renderRun(record: RunRecord, options: RunTableOptions = {}): string {
  const look: Look = {
    width: Math.max(40, options.width ?? 80),
    color: options.color ?? false,
    ascii: options.ascii ?? false,
    verbose: options.verbose ?? false,
  };
  const sections = [
    ...record.scenarios.map((scenario) =>
      scenario.kind === "footprint"
        ? footprintLines(scenario, look)
        : scenarioLines(record, scenario, look)
    ),
    ...(record.gate === undefined ? [] : [gateLines(record.gate, look)]),
    originLines(record, look),
  ];
  return sections.map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join("")).join("\n");
}
