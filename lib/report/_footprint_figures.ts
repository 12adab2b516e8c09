/** The figures of a case that was traced, for the table, CSV and Markdown of a run. */
import type { FootprintDocument } from "../record/footprint_types.ts";
import type { CaseResult, PublishedValue, ScenarioResult, Warning } from "../record/schema.ts";
import { type Row, scenarioRows } from "./_rows.ts";
import type { Symbols } from "./_symbols.ts";
import { sayMedian, sayPublishedValue } from "./_wording.ts";
import { formatBytes, formatCount, formatRatio, formatSeconds } from "./units.ts";

/** The metric under which documents published numbers of opened files. */
export const FILES_OPENED = "filesOpened";

/** Ecosystems of languages; packages of the system and runtimes are what others need. */
const LANGUAGES = new Set(["pypi", "npm", "jsr", "go", "cargo"]);

/** A row whose case was traced. */
export interface TracedRow extends Row {
  readonly footprint: FootprintDocument;
  /** The reference's number of files ÷ this one's; absent where one of them opened none. */
  readonly ratio?: number;
}

/** The rows of a scenario of kind footprint. */
export interface FootprintRows {
  /** Those with a footprint, what opened least first. */
  readonly traced: readonly TracedRow[];
  /** Without one, in the order of the run. */
  readonly others: readonly Row[];
  /** What others are compared with, where it was traced. */
  readonly reference?: string;
}

/** Packages of languages in three columns. */
export function packageCounts({ packages }: FootprintDocument): {
  declared: number;
  installed: number;
  opened: number;
} {
  const own = packages.filter(({ ecosystem }) => LANGUAGES.has(ecosystem));
  return {
    declared: own.filter(({ declared }) => declared).length,
    installed: own.filter(({ installed }) => installed).length,
    opened: own.filter(({ opened }) => opened).length,
  };
}

/** Folders, devices, and files of /proc and /sys. */
export function otherOpened({ files, opened }: FootprintDocument): number {
  return files.length - opened.unique;
}

/** Regular files that no rule explains. */
export function unattributed({ files }: FootprintDocument): number {
  return files.filter(({ kind, rule }) =>
    (kind === "file" || kind === "gone") && rule === "unattributed"
  ).length;
}

/** What a document published for a case. */
export function publishedFiles({ published = [] }: CaseResult): PublishedValue | undefined {
  return published.find(({ metric }) => metric === FILES_OPENED);
}

/**
 * Puts the cases of a scenario of kind footprint in order.
 *
 * @param scenario The scenario.
 * @returns Cases that were traced, and the others.
 */
export function footprintRows(scenario: ScenarioResult): FootprintRows {
  const { ranked, unranked, references } = scenarioRows(scenario, "wallS");
  const all = [...ranked, ...unranked];
  const [name = scenario.cases[0]?.variant] = references;
  const reference = all.find((row) => row.reference || row.label === name);
  const base = reference?.case.footprint?.opened.unique;
  const traced = all.flatMap((row): TracedRow[] => {
    const { footprint } = row.case;
    if (footprint === undefined || row.case.status !== "ok") return [];
    const value = publishedFiles(row.case);
    const { published: _, ...rest } = row;
    const own = footprint.opened.unique;
    return [{
      ...rest,
      reference: row === reference,
      footprint,
      ...(value === undefined ? {} : { published: { value } }),
      ...(base === undefined || base === 0 || own === 0 ? {} : { ratio: base / own }),
    }];
  });
  return {
    traced: traced.sort((a, b) =>
      a.footprint.opened.unique - b.footprint.opened.unique ||
      a.footprint.bytes.onDisk - b.footprint.bytes.onDisk
    ),
    others: all.filter(({ case: c }) => c.footprint === undefined || c.status !== "ok"),
    ...(base === undefined || reference === undefined ? {} : { reference: reference.label }),
  };
}

/** A figure of a case that was traced. */
export interface CaseFigure {
  /** Its heading. */
  readonly title: string;
  /** Its text; empty where nothing was measured. */
  readonly text: (row: TracedRow, signs: Symbols) => string;
  /** Which figures a narrow table loses first: the largest number. */
  readonly drop?: number;
  /** Whether it stands at the left: words. */
  readonly words?: boolean;
}

function sayRatio({ ratio, reference }: TracedRow, signs: Symbols): string {
  if (reference) return "reference";
  if (ratio === undefined) return "";
  return ratio >= 1
    ? `${formatRatio(ratio)} ${signs.times} fewer`
    : `${formatRatio(1 / ratio)} ${signs.times} more`;
}

function sayPackages({ footprint }: TracedRow): string {
  const { declared, installed, opened } = packageCounts(footprint);
  return `${declared}/${installed}/${opened}`;
}

/** All figures, left to right. */
export const CASE_FIGURES: readonly CaseFigure[] = [
  { title: "files", text: ({ footprint }) => formatCount(footprint.opened.unique) },
  { title: "other", text: ({ footprint }) => formatCount(otherOpened(footprint)), drop: 3 },
  { title: "relative", text: sayRatio, drop: 1, words: true },
  {
    title: "published",
    text: ({ published }, signs) =>
      published === undefined ? "" : sayPublishedValue(published.value, signs),
    drop: 2,
  },
  { title: "missed", text: ({ footprint }) => formatCount(footprint.missed.count), drop: 4 },
  { title: "on disk", text: ({ footprint }, signs) => formatBytes(footprint.bytes.onDisk, signs) },
  {
    title: "read",
    text: ({ footprint }, signs) => formatBytes(footprint.bytes.read, signs),
    drop: 8,
  },
  {
    title: "mapped",
    text: ({ footprint }, signs) => formatBytes(footprint.bytes.mapped, signs),
    drop: 8,
  },
  { title: "packages", text: sayPackages, drop: 5 },
  {
    title: "artifact",
    text: ({ case: { build } }, signs) =>
      build?.artifactBytes === undefined ? "" : formatBytes(build.artifactBytes, signs),
    drop: 7,
  },
  { title: "linkage", text: ({ case: { build } }) => build?.linkage ?? "", drop: 9, words: true },
  { title: "untraced", text: ({ case: c }, signs) => sayMedian(c, "wallS", signs), drop: 6 },
  {
    title: "traced",
    text: ({ footprint }, signs) => formatSeconds(footprint.time.tracedS, signs),
    drop: 6,
  },
  {
    title: "toolchain",
    text: ({ case: { toolchain } }) =>
      toolchain === undefined ? "" : `${toolchain.name} ${toolchain.version}`,
    drop: 10,
    words: true,
  },
];

/** Codes of warnings that the table says by itself: how a program is linked has a column. */
const TOLD = new Set(["static"]);

/** What a case's footprint warns of, beside what the case itself does. */
export function footprintWarnings({ footprint }: CaseResult): Warning[] {
  return (footprint?.warnings ?? []).filter(({ code }) => !TOLD.has(code));
}

/** The figures that any row has. */
export function figuresIn(rows: readonly TracedRow[], signs: Symbols): CaseFigure[] {
  return CASE_FIGURES.filter(({ text }) => rows.some((row) => text(row, signs) !== ""));
}

/**
 * Says what the columns mean; only of columns that are shown.
 *
 * @param rows The rows.
 * @param shown Whether a column is shown, by its title.
 * @returns Sentences without a full stop.
 */
export function figureNotes(
  { traced, reference }: FootprintRows,
  shown: (title: string) => boolean,
): string[] {
  const unexplained = traced.filter(({ footprint }) => unattributed(footprint) > 0)
    .map(({ label, footprint }) =>
      `${unattributed(footprint)} of ${footprint.opened.unique} of ${label}`
    );
  return [
    "files: regular files, each once" +
    (shown("other") ? "; other: folders, devices, /proc and /sys" : ""),
    shown("relative") && reference !== undefined
      ? `relative: number of files, against ${reference}`
      : "",
    shown("packages")
      ? "packages: declared/installed/opened, of the language's own package manager; what is inside " +
        "of an executable counts as installed"
      : "",
    shown("traced")
      ? "traced: a program is stopped at its calls, so that this is no start-up time; untraced: the " +
        "median without that"
      : "",
    ...traced.flatMap(({ label, footprint: { partial } }) =>
      partial === undefined ? [] : [`not all of ${label} was seen: ${partial.reason}`]
    ),
    unexplained.length === 0 ? "" : `nothing explains ${unexplained.join(", ")}`,
  ].filter((text) => text !== "");
}
