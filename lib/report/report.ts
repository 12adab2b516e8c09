/** One report of several runs. */
import type { RunRecord } from "../record/schema.ts";
import { markdownExporter } from "./markdown.ts";
import { renderRun, type RunTableOptions } from "./table.ts";

/** How many languages, scenarios and runs there are, and from when. */
function summary(records: readonly RunRecord[]): string {
  const scenarios = new Set(records.flatMap((r) => r.scenarios.map(({ name }) => name)));
  const cases = records.flatMap((r) => r.scenarios.flatMap((s) => s.cases));
  const measured = cases.filter((c) => c.status === "ok" && c.samples.length > 0);
  const languages = new Set(measured.map(({ language }) => language));
  const samples = cases.reduce((sum, c) => sum + c.samples.length, 0);
  const days = records.map(({ startedAt }) => startedAt.slice(0, 10)).sort();
  const [first, last] = [days[0]!, days.at(-1)!];
  const one = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  return `${one(scenarios.size, "scenario")}, ${one(languages.size, "language")}, ` +
    `${one(measured.length, "case")}, ${one(samples, "sample")}, ` +
    (first === last ? `of ${first}` : `from ${first} to ${last}`);
}

/**
 * Writes a report as text for a terminal or a file.
 *
 * @param records The runs, at least one.
 * @param options Width, colours, ASCII, verbose.
 * @returns The text, ending with a line feed.
 */
export function textReport(records: readonly RunRecord[], options: RunTableOptions = {}): string {
  const parts = records.map((record) => renderRun(record, options));
  return [...(records.length > 1 ? [`${summary(records)}\n`] : []), ...parts].join("\n");
}

/**
 * Writes a report in GitHub's Markdown.
 *
 * @param records The runs, at least one.
 * @returns The text, ending with a line feed.
 */
export function markdownReport(records: readonly RunRecord[]): string {
  return [
    `# What was measured\n\n${summary(records)}\n`,
    ...records.map((record) => markdownExporter.render(record)),
  ].join("\n");
}
