/** The file system as the rules see it: remembered, so that ten thousand paths cost few calls. */
import { dirname, join } from "node:path";

/** A folder is not listed beyond this. */
const MAX_LISTED = 200_000;
/** A text that a rule reads is never larger: metadata, not data. */
const MAX_TEXT = 64 << 20;

/** What rules may ask about files. */
export interface FileView {
  /** The folder that stands for `/`. */
  readonly root: string;
  /** The names in a folder; `undefined` if it is none, or not for us to see. */
  list(folder: string): ReadonlySet<string> | undefined;
  /** Whether there is something of that name. */
  has(path: string): boolean;
  /** A text file's content; `undefined` if it can't be read. */
  text(path: string): string | undefined;
  /** The end of a file, at most so many bytes. */
  tail(path: string, bytes: number): string | undefined;
  /** Where a path leads once all links are followed; `undefined` if nowhere. */
  real(path: string): string | undefined;
  /** The path on this machine. */
  onDisk(path: string): string;
}

/** Runs a look that may fail: what can't be seen is not there for a rule. */
function look<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && !(error instanceof TypeError)) return undefined;
    throw error;
  }
}

/** Remembers answers by path. */
export function remember<T>(ask: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (known.has(key)) return known.get(key)!;
    const answer = ask(key);
    known.set(key, answer);
    return answer;
  };
}

/**
 * Makes a view of the files below a root.
 *
 * @param root The folder that stands for `/`.
 */
export function openFiles(root: string): FileView {
  const onDisk = (path: string) => root === "/" ? path : join(root, path);

  const list = remember((folder: string) =>
    look((): ReadonlySet<string> => {
      const names = new Set<string>();
      for (const entry of Deno.readDirSync(onDisk(folder))) {
        names.add(entry.name);
        if (names.size >= MAX_LISTED) break;
      }
      return names;
    })
  );

  const real = remember((path: string) =>
    look(() => {
      const found = Deno.realPathSync(onDisk(path));
      if (root === "/") return found;
      return found.startsWith(`${root}/`) ? found.slice(root.length) : undefined;
    })
  );

  return {
    root,
    list,
    real,
    onDisk,
    has: remember((path: string) => look(() => Deno.lstatSync(onDisk(path))) !== undefined),
    text: (path) =>
      look(() => {
        const disk = onDisk(path);
        const info = Deno.statSync(disk);
        return info.isFile && info.size <= MAX_TEXT ? Deno.readTextFileSync(disk) : undefined;
      }),
    tail: (path, bytes) =>
      look(() => {
        using file = Deno.openSync(onDisk(path));
        const { size, isFile } = file.statSync();
        if (!isFile) return undefined;
        file.seekSync(Math.max(0, size - bytes), Deno.SeekMode.Start);
        const buffer = new Uint8Array(Math.min(size, bytes));
        const read = file.readSync(buffer) ?? 0;
        return new TextDecoder().decode(buffer.subarray(0, read));
      }),
  };
}

/** The folders above a path, nearest first, without `/`. */
export function* foldersAbove(path: string): Generator<string> {
  for (let folder = dirname(path); folder !== "/" && folder !== "."; folder = dirname(folder)) {
    yield folder;
  }
}

/** Whether a path is a folder or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || (path.startsWith(folder) && path[folder.length] === "/");
}
