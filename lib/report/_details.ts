/** What `--verbose` adds below a table: each case with everything that is known of it. */
import type { CaseResult, ScenarioResult } from "../record/schema.ts";
import { type Look, paragraph, publishedDetails } from "./_notes.ts";
import { type Row, titleOf } from "./_rows.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { sayInterval, sayMetric, sayRelative } from "./_wording.ts";
import { metricInfo } from "./metrics.ts";
import { formatBytes, formatQuantity, formatSeconds } from "./units.ts";

function toolchainText({ toolchain }: CaseResult): string[] {
  if (toolchain === undefined) return [];
  const real = toolchain.realPath === toolchain.path ? "" : ` (really ${toolchain.realPath})`;
  return [`${toolchain.name} ${toolchain.version} at ${toolchain.path}${real}`];
}

function buildText({ build }: CaseResult, signs: Symbols): string[] {
  if (build === undefined) return [];
  const parts = [
    build.seconds === undefined ? "" : `built in ${formatSeconds(build.seconds, signs)}`,
    build.maxRssKb === undefined ? "" : `${formatBytes(build.maxRssKb * 1024, signs)} to build`,
    build.artifactBytes === undefined ? "" : `artifact ${formatBytes(build.artifactBytes, signs)}`,
    build.linkage ?? "",
    build.cached ? "from the cache" : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? [] : [parts.join(", ")];
}

function metricTexts(scenario: ScenarioResult, c: CaseResult, signs: Symbols): string[] {
  return Object.entries(c.summary).map(([name, { min, max }]) => {
    const { quantity, factor } = metricInfo(name);
    const ends = [min, max].map((end) => formatQuantity(end * factor, quantity, signs));
    const range = min === max ? "" : `, from ${ends.join(" to ")}`;
    return `${titleOf(scenario, name)}: ${sayMetric(c, name, signs)}${range}`;
  });
}

function samplesText({ samples }: CaseResult): string[] {
  if (samples.length === 0) return [];
  const methods = Map.groupBy(samples, ({ method }) => method);
  const parts = [...methods].map(([method, of]) => `${of.length} by ${method}`);
  return [`${samples.length} samples: ${parts.join(", ")}`];
}

function relativeText({ relative }: CaseResult, signs: Symbols): string[] {
  if (relative === undefined) return [];
  const interval = sayInterval(relative, signs);
  const p = relative.pAdjusted < 0.0001 ? "p < 0.0001" : `p = ${relative.pAdjusted.toFixed(4)}`;
  return [
    `${metricInfo(relative.metric).title} against ${relative.toCaseId}: ` +
    `${sayRelative(relative, signs).text}${interval === "" ? "" : ` (${interval})`}, ${p}`,
  ];
}

/** What a program printed, where the scenario asks questions of it. */
function outputLines({ output }: CaseResult, look: Look): string[] {
  if (output === undefined || output === "") return [];
  return ["it printed", ...output.split("\n").map((line) => `  ${line}`)]
    .flatMap((line) => paragraph(line, "    ", look));
}

/**
 * Writes everything that is known of the cases.
 *
 * @param scenario The scenario.
 * @param rows The rows in the order of the table.
 * @param look Width, colours, signs.
 * @returns Lines.
 */
export function detailLines(
  scenario: ScenarioResult,
  rows: readonly Row[],
  look: Look,
): string[] {
  const signs = symbols(look.ascii);
  return rows.flatMap((row) => {
    const c = row.case;
    const facts = [
      ...toolchainText(c),
      ...buildText(c, signs),
      ...(c.linesOfCode === undefined ? [] : [`${c.linesOfCode} lines of code`]),
      ...samplesText(c),
      ...metricTexts(scenario, c, signs),
      ...relativeText(c, signs),
      ...publishedDetails(row, signs),
    ];
    const output = outputLines(c, look);
    return facts.length === 0 ? [] : [
      ...paragraph(row.label, "  ", look),
      ...facts.flatMap((fact) => paragraph(fact, "    ", look)),
      ...output,
    ];
  });
}
