/** The file that strace writes: read while it grows, and gone afterwards unless it is kept. */
import { resolve } from "node:path";
import { printable, VersusError } from "../../error.ts";

/** Bytes that are read at once. */
const CHUNK_BYTES = 1 << 20;

/** A log. */
export interface TraceLog extends Disposable {
  /** Where strace writes. */
  readonly path: string;
  /** Reads on; `undefined` at the end of what is there. The bytes are valid until the next call. */
  read(): Uint8Array | undefined;
  /** strace has opened it: from here on the name is not needed. */
  opened(): void;
}

function create(path: string): void {
  let info: Deno.FileInfo | undefined;
  try {
    using file = Deno.openSync(path, { write: true, create: true, truncate: true, mode: 0o600 });
    info = file.statSync();
  } catch (error) {
    throw new VersusError(
      `Cannot write the log ${printable(path)}: ${error instanceof Error ? error.message : error}`,
      { hint: "Choose a file in a folder that you may write to", cause: error },
    );
  }
  if (!info.isFile) {
    throw new VersusError(`Cannot keep the log in ${printable(path)}: it is not a regular file`, {
      hint: "Name a new file",
    });
  }
}

/**
 * Makes an empty log.
 *
 * @param keep Where to keep it; else it is a temporary file that nobody but this user can read.
 * @returns The log.
 * @throws {VersusError} If it can't be written there.
 */
export function openLog(keep: string | undefined): TraceLog {
  const path = keep === undefined
    ? Deno.makeTempFileSync({ prefix: "versus-trace-" })
    : resolve(keep);
  if (keep !== undefined) create(path);
  const file = Deno.openSync(path);
  const buffer = new Uint8Array(CHUNK_BYTES);
  let temporary = keep === undefined;
  function removeName(): void {
    if (!temporary) return;
    temporary = false;
    try {
      Deno.removeSync(path);
    } catch (error) {
      // A program that cleans up the folder of temporary files may have done it.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return {
    path,
    read() {
      const count = file.readSync(buffer);
      return count === null || count === 0 ? undefined : buffer.subarray(0, count);
    },
    opened: removeName,
    [Symbol.dispose]() {
      removeName();
      file.close();
    },
  };
}
