/** Which format a file's name stands for. */
import { basename } from "node:path";
import { printable, VersusError } from "../error.ts";
import { csvExporter } from "./csv.ts";
import { cycloneDxExporter } from "./_footprint_cyclonedx.ts";
import { hyperfineExporter } from "./hyperfine.ts";
import { jsonExporter } from "./json.ts";
import { junitExporter } from "./junit.ts";
import { markdownExporter } from "./markdown.ts";
import type { Exporter } from "./types.ts";

/** All formats. */
export const exporters: readonly Exporter[] = [
  jsonExporter,
  csvExporter,
  markdownExporter,
  junitExporter,
  hyperfineExporter,
  cycloneDxExporter,
];

/** All endings, the longer ones first: `.hyperfine.json` is not just `.json`. */
const endings = exporters
  .flatMap((exporter) => exporter.extensions.map((extension) => ({ extension, exporter })))
  .sort((a, b) => b.extension.length - a.extension.length);

/**
 * Chooses the format by the name of a file.
 *
 * @param path The file that is to be written: `results/run.junit.xml`.
 * @returns The exporter.
 * @throws {VersusError} With exit code 2 if the name's ending is none that is known.
 */
export function exporterFor(path: string): Exporter {
  const name = basename(path).toLowerCase();
  const found = endings.find(({ extension }) => name.endsWith(extension) && name !== extension);
  if (found !== undefined) return found.exporter;
  const known = exporters.flatMap(({ extensions }) => extensions).join(", ");
  throw new VersusError(
    `Unknown format of "${printable(path)}": expected a file name that ends with one of ${known}`,
    { hint: "Give the file a name such as results.json or results.md" },
  );
}
