/** The run document itself. */
import type { Exporter } from "./types.ts";

/** What a terminal acts on and JSON leaves as it is: DEL, C1 and bidirectional controls. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Writes any document as JSON that is safe to show in a terminal.
 *
 * @param value A document of plain objects, arrays, strings and finite numbers.
 * @param indent Spaces a level; none for one line.
 * @returns JSON in which control characters of every kind are escaped; without a line end.
 */
export function toJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent)
    .replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Writes the run document, as `--json` prints it. */
export const jsonExporter: Exporter = {
  format: "json",
  extensions: [".json"],
  render: (record) => `${toJson(record, 2)}\n`,
};
