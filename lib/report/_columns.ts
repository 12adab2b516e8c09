/**
 * The columns of a scenario's table, and which go first when there is no room:
 * toolchain, samples, lines of code, interval, per iteration, calibrated size, the programs' own
 * figures, CPU, bar, published, memory, wall time beside another primary metric, relative. Variant and
 * primary metric always stay.
 */
import type { RunRecord, ScenarioResult } from "../record/schema.ts";
import { bar, barScale } from "./_bar.ts";
import { primaryOf, publishedTitle, type Row, type ScenarioRows, titleOf } from "./_rows.ts";
import type { Symbols } from "./_symbols.ts";
import { clean, displayWidth } from "./_text.ts";
import {
  sayInterval,
  sayMedian,
  sayMemory,
  sayMetric,
  sayPublished,
  sayRelative,
} from "./_wording.ts";
import type { Column, GridCell } from "./grid.ts";
import { formatCount, formatSetting } from "./units.ts";

/** The title of the column with peak memory: short, since it stands in narrow terminals too. */
export const MEMORY = "memory";

/** The width that names of variants have before other columns are left out for them. */
const NAME_CELLS = 24;

/** A column with what stands in it. */
export interface RunColumn {
  readonly column: Column;
  readonly cell: (row: Row) => GridCell;
}

function relativeCell(row: Row, signs: Symbols): GridCell {
  if (row.reference) return { text: "reference", tone: "muted" };
  return row.case.relative === undefined
    ? { text: "not compared", tone: "muted" }
    : sayRelative(row.case.relative, signs);
}

function barColumn(rows: readonly Row[], signs: Symbols): RunColumn {
  const scale = barScale(rows.map(({ value }) => value!.median));
  return {
    column: {
      title: scale.kind === "log" ? "log scale" : "",
      min: 10,
      grow: 30,
      drop: 4,
    },
    cell: (row) => ({ draw: (width) => bar(row.value!.median, scale, width, signs) }),
  };
}

function toolchain({ case: c }: Row): string {
  return c.toolchain === undefined ? "" : `${c.toolchain.name} ${c.toolchain.version}`;
}

/** Whether a scenario is about how long its programs are. */
export function showsLines({ tags }: ScenarioResult): boolean {
  return tags?.includes("lines") ?? false;
}

/** A size that was found for a case: `1.23e9` is easier to read than its digits. */
export function saySize(value: unknown): string {
  if (typeof value !== "number") return "";
  return value >= 1e7 ? value.toExponential().replace("e+", "e") : formatCount(value);
}

/**
 * Chooses the columns of a scenario's table: those that have something in them.
 *
 * @param record The run, for its primary metric and confidence.
 * @param scenario The scenario.
 * @param rows The rows with a valid result; at least one.
 * @param signs Give the signs.
 * @returns The columns, left to right.
 */
export function runColumns(
  record: RunRecord,
  scenario: ScenarioResult,
  rows: ScenarioRows,
  signs: Symbols,
): RunColumn[] {
  const { ranked, unranked } = rows;
  const primary = primaryOf(record, scenario);
  const { calibrated } = scenario;
  const compared = ranked.some(({ case: c }) => c.relative !== undefined);
  const interval = `${formatSetting(100 * record.confidence)} interval`;

  // Names of what is not ranked stand below in the same column.
  const names = Math.min(
    NAME_CELLS,
    Math.max(0, ...unranked.map(({ label }) => displayWidth(clean(label, signs)))),
  );

  function has(metric: string): boolean {
    return metric !== primary && ranked.some(({ case: c }) => c.summary[metric] !== undefined);
  }
  function right(title: string, cell: (row: Row) => GridCell, drop?: number): RunColumn {
    return { column: { title, align: "right", ...(drop === undefined ? {} : { drop }) }, cell };
  }
  function median(metric: string, drop: number): RunColumn[] {
    if (!has(metric)) return [];
    return [right(titleOf(scenario, metric), ({ case: c }) => sayMedian(c, metric, signs), drop)];
  }

  return [
    {
      column: { title: "variant", keep: NAME_CELLS, squeeze: 8, cut: "middle", min: names },
      cell: ({ label }) => label,
    },
    right(titleOf(scenario, primary), ({ case: c }) => sayMetric(c, primary, signs)),
    ...has("wallS") ? [right("time", ({ case: c }) => sayMetric(c, "wallS", signs), 1.5)] : [],
    ...calibrated === undefined ? [] : [
      right(calibrated.parameter, ({ case: c }) => saySize(c.params[calibrated.parameter]), 5.5),
    ],
    ...Object.keys(scenario.metrics ?? {}).flatMap((metric) => median(metric, 5.2)),
    ...median("nsPerIteration", 6),
    ...median("cpuPercent", 5),
    ...has("maxRssKb") ? [right(MEMORY, ({ case: c }) => sayMemory(c, signs), 2)] : [],
    ...compared
      ? [
        {
          column: { title: "relative", drop: 1 },
          cell: (row: Row) => relativeCell(row, signs),
        },
        {
          column: { title: interval, drop: 7 },
          cell: ({ case: c }: Row) =>
            c.relative === undefined ? "" : sayInterval(c.relative, signs),
        },
      ]
      : [],
    ...ranked.some(({ published }) => published !== undefined)
      ? [{
        column: { title: publishedTitle(scenario, rows, primary), drop: 3 },
        cell: (row: Row): GridCell => ({ text: sayPublished(row, signs), tone: "muted" }),
      }]
      : [],
    ...showsLines(scenario)
      ? [right("lines", ({ case: c }) => c.linesOfCode === undefined ? "" : `${c.linesOfCode}`, 8)]
      : [],
    right("samples", ({ case: c }) => formatCount(c.samples.length), 9),
    ...ranked.some(({ case: c }) => c.toolchain !== undefined)
      ? [{ column: { title: "toolchain", drop: 10 }, cell: toolchain }]
      : [],
    ...ranked.length > 1 ? [barColumn(ranked, signs)] : [],
  ];
}
