/** Looks at what was opened, after the program has ended. */
import type { FileKind } from "../types.ts";
import type { OpenedFile } from "./_ledger.ts";
import { bytesOf, showPath } from "./_path.ts";

/** What is at a path. */
export interface Looked {
  readonly kind: FileKind;
  /** Its size, in bytes; absent if it is gone or not to be seen. */
  readonly bytes?: number;
}

const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;

/** `open` and `close` of the C library, for paths that are no UTF-8: Deno takes strings alone. */
function openLibrary() {
  return Deno.dlopen("libc.so.6", {
    open: { parameters: ["buffer", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  });
}

let library: ReturnType<typeof openLibrary> | undefined;

function statBytes(binary: string): Deno.FileInfo | undefined {
  try {
    library ??= openLibrary();
  } catch {
    // Another C library: such a file can't be looked at.
    return undefined;
  }
  const fd = library.symbols.open(bytesOf(`${binary}\0`), O_PATH | O_CLOEXEC);
  if (fd < 0) throw new Deno.errors.NotFound();
  try {
    return Deno.statSync(`/proc/self/fd/${fd}`);
  } finally {
    library.symbols.close(fd);
  }
}

function kindOf(info: Deno.FileInfo): FileKind {
  if (info.isFile) return "file";
  if (info.isDirectory) return "directory";
  if (info.isFifo === true) return "pipe";
  return info.isSocket === true ? "socket" : "device";
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** What the path alone tells: what is in these folders changes from process to process. */
function kindByPath(path: string): FileKind | undefined {
  if (isBelow(path, "/proc")) return "proc";
  if (isBelow(path, "/sys")) return "sys";
  const stream = isBelow(path, "/dev/fd") || /^\/dev\/std(?:in|out|err)$/.test(path);
  return stream ? "device" : undefined;
}

/**
 * Finds out what a path is that was opened. Links are followed, as the open did.
 *
 * @param file What was opened.
 * @returns Its kind and size. What is gone was a regular file, unless it was opened as a folder: folders
 * that are opened otherwise and then removed are not told apart.
 */
export function lookAt(file: OpenedFile): Looked {
  const known = kindByPath(file.path);
  if (known !== undefined) return { kind: known };
  const shown = showPath(file.asked ?? file.path);
  try {
    const info = shown.pathBase64 === undefined
      ? Deno.statSync(shown.path)
      : statBytes(file.asked ?? file.path);
    if (info === undefined) return { kind: file.folder ? "directory" : "file" };
    const kind = kindOf(info);
    return kind === "file" ? { kind, bytes: info.size } : { kind };
  } catch (error) {
    if (file.folder) return { kind: "directory" };
    const gone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    // Behind a folder that may not be entered, or a link in a circle.
    return { kind: gone ? "gone" : "file" };
  }
}
