/** Probes for people and in files: text, JSON, NDJSON, CSV, Markdown, JUnit, Prometheus. */
import { basename } from "node:path";
import { printable, VersusError } from "../error.ts";
import type { ProbeDocument } from "../probe/schema.ts";
import { probeCsv, probeMarkdown } from "./_probe_files.ts";
import { probeJunit } from "./_probe_junit.ts";
import { probePrometheus } from "./_probe_prometheus.ts";
import { toJson } from "./json.ts";

export { probeCsv, probeMarkdown } from "./_probe_files.ts";
export { probeJunit } from "./_probe_junit.ts";
export { probePrometheus } from "./_probe_prometheus.ts";
export { type ProbeTextOptions, renderProbe } from "./_probe_text.ts";

/** Writes probes in one format. */
export type ProbeExporter = (document: ProbeDocument) => string;

const FORMATS: readonly (readonly [string, ProbeExporter])[] = [
  [".json", (document) => `${toJson(document, 2)}\n`],
  [".csv", probeCsv],
  [".md", probeMarkdown],
  [".junit.xml", probeJunit],
  [".xml", probeJunit],
  [".prom", probePrometheus],
];

/** What a file of events ends with; it is written as they happen and not by an exporter. */
export const EVENT_ENDINGS = [".ndjson", ".jsonl"] as const;

/**
 * Chooses the format of probes by the name of a file.
 *
 * @param path The file that is to be written: `probes.junit.xml`.
 * @returns What writes it; `events` for a file of events.
 * @throws {VersusError} With exit code 2 if the name's ending is none that is known.
 */
export function probeExporterFor(path: string): ProbeExporter | "events" {
  const name = basename(path).toLowerCase();
  const ends = (ending: string) => name.endsWith(ending) && name !== ending;
  if (EVENT_ENDINGS.some(ends)) return "events";
  const found = FORMATS.find(([ending]) => ends(ending));
  if (found !== undefined) return found[1];
  const known = [...FORMATS.map(([ending]) => ending), ...EVENT_ENDINGS].join(", ");
  throw new VersusError(
    `Unknown format of "${printable(path)}": expected a file name that ends with one of ${known}`,
    { hint: "Give the file a name such as probes.json or probes.prom" },
  );
}
