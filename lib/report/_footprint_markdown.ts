/** A scenario of kind footprint in Markdown: all columns, and who owns what was opened. */
import type { ScenarioResult } from "../record/schema.ts";
import {
  figureNotes,
  figuresIn,
  footprintRows,
  footprintWarnings,
  type TracedRow,
} from "./_footprint_figures.ts";
import { isRegular, ownerRows } from "./_footprint_rows.ts";
import { block, line, literal } from "./_markdown_text.ts";
import { publishedNotes, sayNote } from "./_notes.ts";
import { symbols } from "./_symbols.ts";
import { sayStatus } from "./_wording.ts";
import { formatBytes, formatCount } from "./units.ts";

const signs = symbols();

/** Owners that are listed for a case, before the rest is one row. */
const OWNERS = 12;

function owners({ label, footprint }: TracedRow): string[] {
  const rows = ownerRows(footprint);
  const rest = rows.slice(OWNERS);
  const cells = rows.slice(0, OWNERS).map(({ owner, files, bytes }) => [
    owner,
    formatCount(files.length),
    formatBytes(bytes, signs),
  ]);
  if (rest.length > 0) {
    cells.push([
      `${rest.length} more`,
      formatCount(rest.reduce((sum, { files }) => sum + files.length, 0)),
      formatBytes(rest.reduce((sum, { bytes }) => sum + bytes, 0), signs),
    ]);
  }
  if (!footprint.files.some(isRegular)) return [];
  return [
    "",
    `### ${literal(label)}`,
    "",
    line(["owner", "files", "on disk"]),
    line(["---", "---:", "---:"]),
    ...cells.map((row) => line(row.map(literal))),
  ];
}

/**
 * Writes a scenario of kind footprint.
 *
 * @param scenario The scenario.
 * @returns Lines: the table, notes, and the owners of each case's files.
 */
export function footprintSection(scenario: ScenarioResult): string[] {
  const rows = footprintRows(scenario);
  const { traced, others } = rows;
  const figures = figuresIn(traced, signs);
  const notes = [
    ...figureNotes(rows, (title) => figures.some((figure) => figure.title === title)),
    ...others.map((row) => {
      const { status, reason } = sayStatus(row.case);
      return `${row.label}: ${status}${reason === "" ? "" : `: ${reason}`}`;
    }),
    ...publishedNotes(traced).map(sayNote),
  ];
  const sources = new Set(traced.flatMap(({ published }) => published?.value.source ?? []));
  if (sources.size > 0) {
    notes.push(
      `published: figures of ${[...sources].join(", ")}, from another machine, not measured in ` +
        "this run",
    );
  }
  const warnings = new Set(
    [
      ...scenario.warnings,
      ...scenario.cases.flatMap((c) => [...c.warnings, ...footprintWarnings(c)]),
    ].map(({ message, advice }) => advice === "" ? message : `${message}; ${advice}`),
  );
  return [
    `## ${literal(scenario.name)}: ${literal(scenario.title)}`,
    ...(traced.length === 0 ? [] : [
      "",
      line(["variant", ...figures.map(({ title }) => title)]),
      line(["---", ...figures.map(({ words }) => words ? "---" : "---:")]),
      ...traced.map((row) =>
        line([row.label, ...figures.map(({ text }) => text(row, signs))].map(literal))
      ),
    ]),
    ...(notes.length === 0 ? [] : ["", ...notes.map((text) => `- ${block(text)}`)]),
    ...(warnings.size === 0 ? [] : ["", ...[...warnings].map((text) => `- ${block(text)}`)]),
    ...traced.flatMap(owners),
  ];
}
