/** Footprints beside each other, and what differs between two. */
import type { FootprintDiffDocument, FootprintPackage } from "../footprint/types.ts";
import {
  fold,
  type FootprintTextOptions,
  joined,
  line,
  type Look,
  lookOf,
  many,
} from "./_footprint_look.ts";
import { figuresOf, type NamedFootprint } from "./_footprint_rows.ts";
import { type GridOptions, renderTable } from "./grid.ts";
import type { Tone } from "./_style.ts";
import { symbols } from "./_symbols.ts";
import { formatCount } from "./units.ts";

/**
 * Draws footprints beside each other: a row each.
 *
 * @param footprints The footprints, in the order of the rows.
 * @param options Width, colours, ASCII.
 * @returns The table, ending with a line feed.
 */
export function renderFootprintTable(
  footprints: readonly NamedFootprint[],
  options: GridOptions = {},
): string {
  const signs = symbols(options.ascii);
  const figures = figuresOf(footprints.map(({ document }) => document));
  return renderTable(
    [
      { title: "program", squeeze: 10, cut: "middle" },
      ...figures.map(({ title, drop }) => ({
        title,
        align: "right" as const,
        ...(drop === undefined ? {} : { drop }),
      })),
    ],
    footprints.map(({ label, document }) => [
      document.partial === undefined ? label : `${label} (partial)`,
      ...figures.map(({ text }) => text(document, signs) ?? ""),
    ]),
    options,
  );
}

function changes<T>(
  sign: string,
  tone: Tone,
  all: readonly T[],
  name: (one: T) => string,
  look: Look,
): string[] {
  const { shown, more } = fold(all, 20, look);
  return [
    ...shown.map((one) => line(`${sign} ${name(one)}`, look, tone)),
    ...(more === 0 ? [] : [line(`${sign} ${formatCount(more)} more`, look, "muted")]),
  ];
}

function packageName({ ecosystem, name, version }: FootprintPackage): string {
  return `${ecosystem}:${name}${version === undefined ? "" : ` ${version}`}`;
}

/**
 * Draws what differs between two footprints.
 *
 * @param diff The difference.
 * @param compared The two, with what they are called.
 * @param options Width, colours, ASCII, whether nothing is folded.
 * @returns The text, ending with a line feed.
 */
export function renderFootprintDiff(
  diff: FootprintDiffDocument,
  compared: readonly [NamedFootprint, NamedFootprint],
  options: FootprintTextOptions = {},
): string {
  const look = lookOf(options);
  const { addedFiles, removedFiles, commonFiles } = diff;
  const table = renderFootprintTable(compared, options);
  const packages = [
    ...changes("-", "bad", diff.removedPackages, packageName, look),
    ...changes("+", "good", diff.addedPackages, packageName, look),
    ...changes(
      "~",
      "warning",
      diff.changedPackages,
      (pair) => `${packageName(pair.before)} ${look.signs.arrow} ${pair.after.version ?? "?"}`,
      look,
    ),
  ];
  return joined([
    table.trimEnd().split("\n"),
    packages.length === 0 ? [] : [line("Packages", look, "title"), ...packages],
    [
      line(
        `Files: ${many(removedFiles.length, "file")} less, ${
          many(addedFiles.length, "file")
        } more, ` +
          `${formatCount(commonFiles)} in both`,
        look,
        "title",
      ),
      ...changes("-", "bad", removedFiles, ({ path }) => path, look),
      ...changes("+", "good", addedFiles, ({ path }) => path, look),
    ],
  ]);
}
