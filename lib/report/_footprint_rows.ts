/** A footprint as rows: owners with their files, totals as cells. */
import type { FootprintDocument, TracedFile } from "../footprint/types.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { formatBytes, formatCount, formatSeconds } from "./units.ts";

/** A footprint under a name. */
export interface NamedFootprint {
  /** What it is called in a table: a variant, a file, a command. */
  readonly label: string;
  /** The footprint. */
  readonly document: FootprintDocument;
}

/** An owner with the regular files of it that were opened. */
export interface OwnerRow {
  /** `pypi:paramiko@3.4.0`, `cpython:stdlib`, `unattributed`. */
  readonly owner: string;
  /** In the order of the first opens. */
  readonly files: readonly TracedFile[];
  /** Their sizes. */
  readonly bytes: number;
}

/** The owner of files that no rule explains. */
export const UNATTRIBUTED = "unattributed";

/** Whether a file is one of those that are counted. */
export function isRegular({ kind }: TracedFile): boolean {
  return kind === "file" || kind === "gone";
}

/**
 * Groups the regular files of a footprint by owner.
 *
 * @param document The footprint.
 * @returns Most files first, what no rule explains last.
 */
export function ownerRows(document: FootprintDocument): OwnerRow[] {
  const groups = Map.groupBy(
    document.files.filter(isRegular),
    ({ owner }) => owner ?? UNATTRIBUTED,
  );
  return [...groups]
    .map(([owner, files]): OwnerRow => ({
      owner,
      files,
      bytes: files.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
    }))
    .sort((a, b) =>
      Number(a.owner === UNATTRIBUTED) - Number(b.owner === UNATTRIBUTED) ||
      b.files.length - a.files.length || b.bytes - a.bytes || (a.owner < b.owner ? -1 : 1)
    );
}

/** A figure of a footprint. */
export interface Figure {
  readonly title: string;
  /** Its text; `undefined` where it was not measured. */
  readonly text: (document: FootprintDocument, signs: Symbols) => string | undefined;
  /** Which figures a narrow table loses first: the largest number. */
  readonly drop?: number;
}

/** The figures in which footprints are compared. */
export const FIGURES: readonly Figure[] = [
  { title: "files", text: ({ opened }) => formatCount(opened.unique) },
  { title: "opens", text: ({ opened }) => formatCount(opened.count), drop: 5 },
  { title: "missed", text: ({ missed }) => formatCount(missed.count), drop: 3 },
  { title: "on disk", text: ({ bytes }, signs) => formatBytes(bytes.onDisk, signs) },
  { title: "read", text: ({ bytes }, signs) => formatBytes(bytes.read, signs), drop: 2 },
  { title: "mapped", text: ({ bytes }, signs) => formatBytes(bytes.mapped, signs), drop: 2 },
  {
    title: "packages",
    text: ({ packages }) => formatCount(packages.filter(({ opened }) => opened).length),
    drop: 1,
  },
  { title: "processes", text: ({ processes }) => formatCount(processes.length), drop: 4 },
  {
    title: "untraced",
    text: ({ time }, signs) =>
      time.untracedS === undefined ? undefined : formatSeconds(time.untracedS, signs),
    drop: 6,
  },
  { title: "traced", text: ({ time }, signs) => formatSeconds(time.tracedS, signs), drop: 6 },
];

/** The figures that any of the footprints has. */
export function figuresOf(documents: readonly FootprintDocument[]): Figure[] {
  return FIGURES.filter(({ text }) => documents.some((one) => text(one, symbols()) !== undefined));
}

/** A command as one line, for people. */
export function commandText(command: readonly string[]): string {
  return command.map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`).join(" ");
}
