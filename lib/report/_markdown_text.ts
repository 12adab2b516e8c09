/** Text from outside in Markdown. */
import { printable } from "../error.ts";

/**
 * Makes text from outside literal. A backslash becomes an entity, so that none stands before the
 * escaped pipe of a cell.
 */
export function literal(text: string): string {
  return printable(text.toWellFormed())
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\\", "&#92;")
    .replace(/[|`*_[\]~]/g, "\\$&");
}

/** Makes text literal where a block may begin: no heading, list or rule comes of it. */
export function block(text: string): string {
  return literal(text)
    .replace(/^\s+/, "")
    .replace(/^[#+=-]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");
}

/** A row of a table, from cells that are literal already. */
export function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
