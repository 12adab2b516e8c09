/** What more workers gave: a table of speed-ups, and Amdahl's law in words. */
import type { PublishedValue, RunRecord, Scaling, ScenarioResult } from "../record/schema.ts";
import { type Look, paragraph } from "./_notes.ts";
import { publishedValue } from "./_rows.ts";
import { paint } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { type Column, type GridCell, layOut } from "./grid.ts";
import { formatPercent, formatRatio, formatSeconds } from "./units.ts";

/** A law that is farther from the times than this says little, in percent. */
const MUCH = 5;

/** The columns of the table. */
export const SCALING_TITLES = [
  "variant",
  "workers",
  "time",
  "speed-up",
  "interval",
  "efficiency",
  "improvement",
  "published",
] as const;

/** The speed-up that a document published for a point, where it has the point's base as well. */
function publishedSpeedups(scenario: ScenarioResult, { points }: Scaling): string[] {
  const figures = points.map(({ caseId }): PublishedValue | undefined => {
    const c = scenario.cases.find((one) => one.caseId === caseId)!;
    return publishedValue(scenario, c, "wallS");
  });
  const base = figures[0];
  return figures.map((figure) =>
    base === undefined || figure === undefined || figure.source !== base.source
      ? ""
      : formatRatio(base.value / figure.value)
  );
}

/** The rows of the table as text, in the order of {@linkcode SCALING_TITLES}. */
export function scalingRows(scenario: ScenarioResult, signs: Symbols): string[][] {
  return (scenario.scaling ?? []).flatMap((scaling) => {
    const published = publishedSpeedups(scenario, scaling);
    return scaling.points.map((point, i) => {
      const { workers, seconds, speedup, low, high, efficiency, improvementPercent } = point;
      return [
        scaling.variant,
        `${workers}`,
        formatSeconds(seconds, signs),
        formatRatio(speedup),
        low === undefined || high === undefined
          ? ""
          : `${formatRatio(low)}${signs.to}${formatRatio(high)}`,
        formatPercent(100 * efficiency),
        improvementPercent === undefined ? "" : formatPercent(improvementPercent),
        published[i]!,
      ];
    });
  });
}

/** The columns of the table of laws. */
export const LAW_TITLES = [
  "Amdahl's law",
  "serial fraction",
  "at most",
  "residual",
  "fitted to",
] as const;

/** Which numbers of workers a law was fitted to: `1 to 4`, `1, 2, 4`. */
function sayCounts(counts: readonly number[]): string {
  const [first, last] = [counts[0]!, counts.at(-1)!];
  return last - first === counts.length - 1 ? `${first} to ${last}` : counts.join(", ");
}

/** The rows of the table of laws as text, in the order of {@linkcode LAW_TITLES}. */
export function lawRows({ scaling = [] }: ScenarioResult, signs: Symbols): string[][] {
  return scaling.flatMap(({ variant, amdahl }) => {
    if (amdahl === undefined) return [];
    const { serialFraction, maxSpeedup, residualPercent, workers } = amdahl;
    return [[
      variant,
      formatPercent(100 * serialFraction),
      maxSpeedup === undefined ? "no bound" : `${formatRatio(maxSpeedup)} ${signs.times}`,
      formatPercent(residualPercent),
      `${sayCounts(workers)} workers`,
    ]];
  });
}

/**
 * Says what a reader of the laws must know.
 *
 * @param record The run, for its processors.
 * @param scenario The scenario.
 * @returns Sentences.
 */
export function lawNotes(record: RunRecord, { scaling = [] }: ScenarioResult): string[] {
  const cores = record.environment?.affinity?.length ?? Infinity;
  const laws = scaling.filter(({ amdahl }) => amdahl !== undefined);
  const poor = laws.filter(({ amdahl }) => amdahl!.residualPercent > MUCH)
    .map(({ variant }) => variant);
  return [
    ...(laws.some(({ amdahl }) => amdahl!.workers.at(-1)! > cores)
      ? [
        `More than ${cores} workers have no processor of their own here, which counts as serial`,
      ]
      : []),
    ...(poor.length > 0
      ? [`The law describes these times poorly, over ${MUCH} % beside them: ${poor.join(", ")}`]
      : []),
  ];
}

/**
 * Draws what more workers gave.
 *
 * @param record The run.
 * @param scenario One of its scenarios.
 * @param look Width, colours, signs.
 * @returns Lines; none when no variant was run with several numbers of workers.
 */
export function scalingLines(record: RunRecord, scenario: ScenarioResult, look: Look): string[] {
  const signs = symbols(look.ascii);
  const rows = scalingRows(scenario, signs);
  if (rows.length === 0) return [];
  const drops = [undefined, undefined, 2, undefined, 3, undefined, 1, 4];
  const laws = lawRows(scenario, signs);
  const notes = lawNotes(record, scenario).flatMap((note) => paragraph(note, "  ", look))
    .map((line) => paint(line, "muted", look.color));
  return [
    ...table(SCALING_TITLES, rows, drops, look),
    ...(laws.length === 0 ? [] : [
      "",
      ...table(LAW_TITLES, laws, [undefined, undefined, undefined, 2, 3], look),
    ]),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ];
}

/** Lays out texts under titles: columns that are empty are left out, and a name that is repeated. */
function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  drops: readonly (number | undefined)[],
  look: Look,
): string[] {
  const filled = titles.map((_, i) => rows.some((row) => row[i] !== ""));
  const columns = titles.map((title, i): Column => ({
    title,
    ...(i === 0 ? { squeeze: 8, cut: "middle" as const } : { align: "right" as const }),
    ...(drops[i] === undefined ? {} : { drop: drops[i] }),
  }));
  const { lines } = layOut(
    columns.filter((_, i) => filled[i]),
    rows.map((row, r) =>
      row.map((text, i): GridCell => {
        if (i === 0 && rows[r - 1]?.[0] === text) return "";
        return titles[i] === "published" ? { text, tone: "muted" } : text;
      }).filter((_, i) => filled[i])
    ),
    { ...look, width: look.width - 2 },
  );
  return lines.map((line) => `  ${line}`);
}
