/** What cases were traced to, as columns of a run's CSV. */
import type { FootprintDocument } from "../record/footprint_types.ts";
import type { CaseResult } from "../record/schema.ts";
import { otherOpened, packageCounts, unattributed } from "./_footprint_figures.ts";

type Figure = readonly [name: string, value: (footprint: FootprintDocument) => number | undefined];

const FIGURES: readonly Figure[] = [
  ["filesOpened", ({ opened }) => opened.unique],
  ["opens", ({ opened }) => opened.count],
  ["otherOpened", otherOpened],
  ["unattributed", unattributed],
  ["missed", ({ missed }) => missed.count],
  ["onDiskBytes", ({ bytes }) => bytes.onDisk],
  ["readBytes", ({ bytes }) => bytes.read],
  ["mappedBytes", ({ bytes }) => bytes.mapped],
  ["packagesDeclared", (footprint) => packageCounts(footprint).declared],
  ["packagesInstalled", (footprint) => packageCounts(footprint).installed],
  ["packagesOpened", (footprint) => packageCounts(footprint).opened],
  ["sockets", ({ sockets }) => sockets.length],
  ["processes", ({ processes }) => processes.length],
  ["untracedS", ({ time }) => time.untracedS],
  ["tracedS", ({ time }) => time.tracedS],
];

/** A column: its title, and its value for a case. */
export type FootprintColumn = readonly [
  title: string,
  value: (c: CaseResult) => number | string | undefined,
];

/**
 * Makes the columns of what was traced.
 *
 * @param cases All cases of a run.
 * @returns The columns; none where nothing was traced.
 */
export function footprintColumns(cases: readonly CaseResult[]): FootprintColumn[] {
  if (!cases.some(({ footprint }) => footprint !== undefined)) return [];
  return [
    ...FIGURES.map(([name, value]): FootprintColumn => [
      `footprint.${name}`,
      ({ footprint }) => footprint === undefined ? undefined : value(footprint),
    ]),
    ["footprint.partial", ({ footprint }) => footprint?.partial?.reason],
  ];
}
