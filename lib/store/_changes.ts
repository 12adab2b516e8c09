/** What is newer than the index. */
import { listSources, lookAt, type Source, TAGS_FILE } from "./_sources.ts";
import type { History } from "./types.ts";

/** What has to be read. */
export interface Changes {
  /** Files that are new or other than they were. */
  readonly changed: readonly Source[];
  /** Files that are in the index only. */
  readonly gone: readonly string[];
  /** The new state of the file with the tags, where it is another one. */
  readonly tags: string | undefined;
}

interface Known {
  readonly bytes: number;
  readonly modified: number;
}

function knownSources({ db }: History): Map<string, Known> {
  const rows = db.prepare(
    "SELECT source, bytes, modified FROM runs UNION ALL SELECT source, bytes, modified FROM problems",
  ).all();
  const known = new Map<string, Known>();
  for (const { source, bytes, modified } of rows) {
    known.set(String(source), { bytes: Number(bytes), modified: Number(modified) });
  }
  return known;
}

function isCurrent(known: Known | undefined, { bytes, modified }: Source): boolean {
  return known !== undefined && known.bytes === bytes && known.modified === modified;
}

/**
 * Compares the index with the files that it is made from, by their sizes and times.
 *
 * @param history The index.
 */
export function changesOf(history: History): Changes {
  const { db, folder } = history;
  const sources = listSources(folder);
  const known = knownSources(history);
  const there = new Set(sources.map(({ source }) => source));
  const file = lookAt(folder, TAGS_FILE);
  const tags = file === undefined ? "" : `${file.bytes} ${file.modified}`;
  const indexed = db.prepare("SELECT value FROM meta WHERE key = 'tags'").get()?.["value"] ?? "";
  return {
    changed: sources.filter((source) => !isCurrent(known.get(source.source), source)),
    // A run may have begun since the listing.
    gone: [...known.keys()].filter((source) =>
      !there.has(source) && lookAt(folder, source) === undefined
    ),
    tags: tags === indexed ? undefined : tags,
  };
}

/** Whether there is anything to read or to forget. */
export function isUpToDate({ changed, gone, tags }: Changes): boolean {
  return changed.length === 0 && gone.length === 0 && tags === undefined;
}
