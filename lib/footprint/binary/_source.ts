/** Reads parts of a file, never more than it has. */

/** A file that is read piece by piece. */
export interface ByteSource extends Disposable {
  /** The file. */
  readonly path: string;
  /** Its size, in bytes. */
  readonly size: number;
  /**
   * Reads bytes.
   *
   * @param offset Where they start.
   * @param length How many.
   * @returns Fewer where the file ends, none outside it.
   */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
}

/**
 * Opens a file.
 *
 * @throws {Deno.errors.NotFound} If it is not there; other errors of the file system.
 */
export function openSource(path: string): ByteSource {
  const file = Deno.openSync(path, { read: true });
  let size: number;
  try {
    size = file.statSync().size;
  } catch (error) {
    file.close();
    throw error;
  }
  return {
    path,
    size,
    read(offset, length) {
      const room = Math.max(0, Math.min(length, size - offset));
      if (!(offset >= 0) || room === 0) return new Uint8Array(0);
      const bytes = new Uint8Array(room);
      file.seekSync(offset, Deno.SeekMode.Start);
      let at = 0;
      while (at < room) {
        const count = file.readSync(bytes.subarray(at));
        if (count === null) break;
        at += count;
      }
      return bytes.subarray(0, at);
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/** The text up to the first NUL. */
export function cString(bytes: Uint8Array, at: number, limit = 4096): string {
  const end = bytes.subarray(at, at + limit).indexOf(0);
  const stop = end === -1 ? Math.min(bytes.length, at + limit) : at + end;
  return new TextDecoder().decode(bytes.subarray(at, stop));
}
