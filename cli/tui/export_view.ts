/** A screen as text, for the clipboard and for files. */
import { cellWidth, lineText, pad, visibleRows } from "../../lib/tui/mod.ts";
import { VersusError } from "../../lib/error.ts";
import type { AnyTable } from "./screen.ts";
import { screenOf } from "./screens/mod.ts";
import { type State, topView } from "./state.ts";

/** The formats that a screen is written in, by the ending of the file's name. */
export const FORMATS = ["txt", "csv", "md", "json"] as const;

interface Cells {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function cellsOf(table: AnyTable, state: State): Cells {
  const view = topView(state);
  const columns = table.columns.filter(({ title }) => title !== "" || table.columns.length === 1);
  const shown = columns.filter(({ id }) => !["bar", "spark"].includes(id));
  return {
    head: shown.map(({ title }) => title),
    rows: visibleRows(table, view.table).map((row) =>
      shown.map((column) => lineText(column.cell(row)).trim())
    ),
  };
}

function aligned({ head, rows }: Cells): string {
  const widths = head.map((title, i) =>
    rows.reduce((most, row) => Math.max(most, cellWidth(row[i]!)), cellWidth(title))
  );
  return [head, ...rows]
    .map((row) => row.map((cell, i) => pad(cell, widths[i]!)).join("  ").trimEnd() + "\n")
    .join("");
}

/** The cells of a row that is selected, with tabs between them. */
export function rowText(table: AnyTable, row: unknown): string {
  return table.columns.map((column) => lineText(column.cell(row)).trim()).filter((t) => t !== "")
    .join("\t");
}

/**
 * Writes the screen that is seen as text: its title, its table as far as it is not filtered away, its
 * text.
 *
 * @param state The state.
 * @param width Cells of a line of text.
 * @returns The text, ending with a line feed.
 */
export function viewText(state: State, width = 100): string {
  const view = topView(state);
  const screen = screenOf(view);
  const table = screen.table?.(state, view);
  const lines = screen.lines?.(state, view, width) ?? [];
  return [
    `${screen.title(state, view)}\n`,
    table === undefined ? "" : aligned(cellsOf(table, state)),
    lines.map((line) => `${lineText(line).trimEnd()}\n`).join(""),
  ].filter((part) => part !== "").join("\n");
}

/** A cell that a spreadsheet neither splits nor takes for a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Writes the screen that is seen in the format that a file's name asks for.
 *
 * @param state The state.
 * @param file The file's name.
 * @returns What belongs into it.
 * @throws {VersusError} If the format is unknown, or a screen without a table is to be one.
 */
export function exportText(state: State, file: string): string {
  const format = file.match(/\.([a-z]+)$/)?.[1];
  const view = topView(state);
  const screen = screenOf(view);
  if (format === "txt") return viewText(state);
  if (format === "json") return JSON.stringify(screen.json?.(state, view) ?? null, null, 2) + "\n";
  const table = screen.table?.(state, view);
  if ((format === "csv" || format === "md") && table !== undefined) {
    const { head, rows } = cellsOf(table, state);
    if (format === "csv") {
      return [head, ...rows].map((row) => row.map(csvCell).join(",") + "\n").join("");
    }
    const line = (row: readonly string[]) =>
      `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
    return line(head) + line(head.map(() => "---")) + rows.map(line).join("");
  }
  throw new VersusError(
    table === undefined && format !== undefined && ["csv", "md"].includes(format)
      ? "this screen has no table, expected .txt or .json"
      : `found ${file}, expected a name that ends in ${FORMATS.map((f) => `.${f}`).join(", ")}`,
  );
}
