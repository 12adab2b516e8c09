/** The comparison table of a scenario of kind footprint. */
import type { ScenarioResult } from "../record/schema.ts";
import { detailLines } from "./_details.ts";
import {
  type CaseFigure,
  figureNotes,
  figuresIn,
  footprintRows,
  footprintWarnings,
  type TracedRow,
} from "./_footprint_figures.ts";
import { renderFootprint } from "./_footprint_text.ts";
import { type Look, partLines, publishedLines, warningLines } from "./_notes.ts";
import { paramsText, type Row, scenarioRows } from "./_rows.ts";
import { note, titleLines, unrankedLines } from "./_scenario_parts.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, displayWidth } from "./_text.ts";
import { type Column, type GridCell, layOut } from "./grid.ts";

/** Figures that are not measured in this run, or disturbed by how they are. */
const MUTED = new Set(["published", "traced"]);

function columnOf({ title, drop, words }: CaseFigure): Column {
  return {
    title,
    ...(words ? {} : { align: "right" as const }),
    ...(drop === undefined ? {} : { drop }),
  };
}

function cellOf({ title, text }: CaseFigure, row: TracedRow, signs: Symbols): GridCell {
  const said = text(row, signs);
  return MUTED.has(title) || said === "reference" ? { text: said, tone: "muted" } : said;
}

function withWarnings(row: Row): Row {
  const { case: c } = row;
  return { ...row, case: { ...c, warnings: [...c.warnings, ...footprintWarnings(c)] } };
}

function treeLines({ label, footprint }: TracedRow, look: Look): string[] {
  const { width, color, ascii } = look;
  const text = renderFootprint(footprint, { width: width - 4, color, ascii });
  return [
    `  ${clean(label, symbols(ascii))}`,
    ...text.trimEnd().split("\n").map((l) => `    ${l}`),
  ];
}

/**
 * Draws a scenario of kind footprint: what opened least first; with `verbose` what each case opened, as a
 * tree of owners.
 *
 * @param scenario The scenario.
 * @param look Width, colours, signs.
 * @returns The lines.
 */
export function footprintLines(scenario: ScenarioResult, look: Look): string[] {
  const signs = symbols(look.ascii);
  const inner: Look = { ...look, width: look.width - 2 };
  const rows = footprintRows(scenario);
  const { traced, others } = rows;
  const figures = figuresIn(traced, signs);
  const widest = Math.max(0, ...others.map(({ label }) => displayWidth(clean(label, signs))));
  const grid = layOut(
    [
      { title: "variant", keep: 16, squeeze: 8, cut: "middle", min: Math.min(24, widest) },
      ...figures.map(columnOf),
    ],
    traced.map((row) => [row.label, ...figures.map((figure) => cellOf(figure, row, signs))]),
    inner,
  );
  const labelWidth = traced.length === 0 ? Math.min(28, widest) : grid.widths[0]!;
  const body = [
    ...(traced.length === 0 ? [] : grid.lines),
    ...others.flatMap((row) => unrankedLines(row, labelWidth, "", inner)),
  ].map((line) => `  ${line}`);
  const shown = new Set(grid.shown.map(({ title }) => title));
  const notes = traced.length === 0 ? [] : [
    ...figureNotes(rows, (title) => shown.has(title)).flatMap((text) => note(text, look)),
    ...(shown.has("published") ? publishedLines(traced, look) : []),
  ];
  const context = partLines([paramsText(scenarioRows(scenario, "wallS").common)], "  ", look)
    .filter((line) => line.trim() !== "");
  const sections = [
    body.length === 0 ? ["  no cases"] : body,
    notes,
    warningLines(scenario, [...traced, ...others].map(withWarnings), look),
    ...(look.verbose ? traced.map((row) => treeLines(row, look)) : []),
    look.verbose ? detailLines(scenario, [...traced, ...others], look) : [],
  ];
  return [
    ...titleLines(scenario, look),
    ...context,
    ...sections.filter((lines) => lines.length > 0).flatMap((lines) => ["", ...lines]),
  ];
}
