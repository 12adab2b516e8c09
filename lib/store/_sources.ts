/** The files that the index is made from: this machine's journals, and runs from elsewhere. */
import { join } from "node:path";

/** A file that holds a run. */
export interface Source {
  /** Its path in the state folder, with `/`: `runs/ID.jsonl`, `imported/NAME.json`. */
  readonly source: string;
  /** Its size. */
  readonly bytes: number;
  /** When it was changed, in milliseconds since 1970. */
  readonly modified: number;
}

/** Where runs from elsewhere are kept. */
export const IMPORTED = "imported";

/** The name of the file with the tags. */
export const TAGS_FILE = "tags.jsonl";

const FOLDERS = [["runs", ".jsonl"], [IMPORTED, ".json"]] as const;

/** The size and the time of change of a file; `undefined` when it is gone. */
export function lookAt(folder: string, source: string): Source | undefined {
  try {
    const { size, mtime } = Deno.statSync(join(folder, source));
    return { source, bytes: size, modified: mtime?.getTime() ?? 0 };
  } catch (error) {
    // It may go away between the listing and this: that is no error.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw error;
  }
}

function entriesOf(path: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(path)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return [];
    }
    throw error;
  }
}

/**
 * Lists the files that hold runs.
 *
 * @param folder The state folder.
 * @returns All of them, those of this machine first, each kind by name.
 */
export function listSources(folder: string): Source[] {
  return FOLDERS.flatMap(([name, suffix]) =>
    entriesOf(join(folder, name))
      .filter((entry) => entry.isFile && entry.name.endsWith(suffix))
      .map((entry) => entry.name).sort()
      .flatMap((file) => lookAt(folder, `${name}/${file}`) ?? [])
  );
}
