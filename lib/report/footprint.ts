/** A footprint for people and in files: text, JSON, CycloneDX, CSV, Markdown. */
import { basename } from "node:path";
import { printable, VersusError } from "../error.ts";
import type { FootprintDocument } from "../footprint/types.ts";
import { footprintCycloneDx } from "./_footprint_cyclonedx.ts";
import { footprintCsv, footprintMarkdown } from "./_footprint_files.ts";
import { renderFootprint } from "./_footprint_text.ts";
import { toJson } from "./json.ts";

export { footprintCycloneDx } from "./_footprint_cyclonedx.ts";
export { renderFootprintDiff, renderFootprintTable } from "./_footprint_diff.ts";
export { footprintCsv, footprintMarkdown } from "./_footprint_files.ts";
export type { FootprintTextOptions } from "./_footprint_look.ts";
export type { NamedFootprint } from "./_footprint_rows.ts";
export { renderFootprint } from "./_footprint_text.ts";

/** Columns of a text that is written to a file. */
const FILE_WIDTH = 120;

/** Writes a footprint in one format. */
export type FootprintExporter = (document: FootprintDocument) => string;

const FORMATS: readonly (readonly [string, FootprintExporter])[] = [
  // Longer endings first: what ends with .cdx.json ends with .json as well.
  [".cdx.json", footprintCycloneDx],
  [".json", (document) => `${toJson(document, 2)}\n`],
  [".csv", footprintCsv],
  [".md", footprintMarkdown],
  [".txt", (document) => renderFootprint(document, { width: FILE_WIDTH, verbose: true })],
];

/**
 * Chooses the format of a footprint by the name of a file.
 *
 * @param path The file that is to be written: `footprint.csv`.
 * @returns What writes it.
 * @throws {VersusError} With exit code 2 if the name's ending is none that is known.
 */
export function footprintExporterFor(path: string): FootprintExporter {
  const name = basename(path).toLowerCase();
  const found = FORMATS.find(([ending]) => name.endsWith(ending) && name !== ending);
  if (found !== undefined) return found[1];
  throw new VersusError(
    `Unknown format of "${printable(path)}": expected a file name that ends with one of ` +
      FORMATS.map(([ending]) => ending).join(", "),
    { hint: "Give the file a name such as footprint.json or footprint.md" },
  );
}
