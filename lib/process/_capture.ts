/** Reads what a child writes, keeps the first bytes and counts the rest. */
import { makeOutputPipe } from "./_fds.ts";
import { cBytes, type Libc } from "./_libc.ts";
import type { ChildFd } from "./_spawn_call.ts";
import type { CapturedOutput, OutputTarget } from "./types.ts";

/** As much as is read at once. */
const CHUNK_BYTES = 1 << 18;

/**
 * The most that is read after a program and all that it left behind have ended: more than a pipe
 * holds. Only a process that is none of its descendants could still be writing.
 */
const REST_BYTES = 4 << 20;

/** A read can be interrupted; one that fails for ever must not be tried for ever. */
const MAX_FAILURES = 100;

const scratch = cBytes(CHUNK_BYTES);

/** One output of a child. */
export interface Capture {
  /** The descriptor to watch for input; -1 once the other side is closed. */
  readonly fd: number;
  /** Reads what is there; call only when the descriptor is readable. */
  drain(): void;
  /**
   * Reads what is left without waiting.
   *
   * @param isReadable Whether a descriptor has something to read now.
   * @returns What was kept.
   */
  finish(isReadable: (fd: number) => boolean): CapturedOutput;
  /** Closes the child's end in this process, once the child has its own. */
  started(): void;
  /** Closes what is open. */
  [Symbol.dispose](): void;
}

/**
 * Opens a pipe for an output.
 *
 * @param libc The C library.
 * @param bound How many bytes to keep.
 * @returns The capture, and the end of it for the child.
 */
export function openCapture(
  libc: Libc,
  bound: number,
): { readonly capture: Capture; readonly childFd: ChildFd } {
  const { c } = libc;
  const ends = makeOutputPipe(libc);
  const kept: Uint8Array<ArrayBuffer>[] = [];
  let { ours: fd, theirs } = ends;
  let keptBytes = 0;
  let totalBytes = 0;
  let failures = 0;
  function drain(): void {
    const count = Number(c.read(fd, scratch, BigInt(CHUNK_BYTES)));
    if (count > 0) {
      totalBytes += count;
      if (keptBytes < bound) {
        const part = scratch.slice(0, Math.min(count, bound - keptBytes));
        kept.push(part);
        keptBytes += part.length;
      }
    } else if (count === 0 || ++failures > MAX_FAILURES) closeOurs();
  }
  function closeOurs(): void {
    if (fd >= 0) c.close(fd);
    fd = -1;
  }
  function started(): void {
    if (theirs >= 0) c.close(theirs);
    theirs = -1;
  }
  return {
    childFd: { fd: theirs },
    capture: {
      get fd() {
        return fd;
      },
      drain,
      finish(isReadable) {
        const limit = totalBytes + REST_BYTES;
        while (fd >= 0 && totalBytes < limit && isReadable(fd)) drain();
        closeOurs();
        const bytes = new Uint8Array(keptBytes);
        let offset = 0;
        for (const part of kept) {
          bytes.set(part, offset);
          offset += part.length;
        }
        return { bytes, totalBytes };
      },
      started,
      [Symbol.dispose]() {
        closeOurs();
        started();
      },
    },
  };
}

/** The standard streams of a child. */
export interface Streams {
  /** What its descriptors 0, 1 and 2 are. */
  readonly fds: readonly [ChildFd, ChildFd, ChildFd];
  /** What is captured of its output. */
  readonly stdout: Capture | undefined;
  /** What is captured of its errors. */
  readonly stderr: Capture | undefined;
  /** Closes what is open. */
  [Symbol.dispose](): void;
}

/**
 * Opens the standard streams of a child. Files exist already; both outputs into one file share
 * their place in it.
 *
 * @param libc The C library.
 * @param stdin The file to read.
 * @param stdout Where the output goes.
 * @param stderr Where the errors go.
 * @returns The streams.
 */
export function openStreams(
  libc: Libc,
  stdin: string,
  stdout: OutputTarget,
  stderr: OutputTarget,
): Streams {
  using stack = new DisposableStack();
  function open(target: OutputTarget): { capture?: Capture; childFd: ChildFd } {
    if (target === "null") return { childFd: { write: "/dev/null" } };
    if ("file" in target) return { childFd: { write: target.file } };
    const opened = openCapture(libc, target.captureBytes);
    stack.use(opened.capture);
    return opened;
  }
  const out = open(stdout);
  const shared = typeof stdout === "object" && typeof stderr === "object" &&
    "file" in stdout && "file" in stderr && stdout.file === stderr.file;
  const err = shared ? { childFd: { fd: 1 }, capture: undefined } : open(stderr);
  const owned = stack.move();
  return {
    fds: [{ read: stdin }, out.childFd, err.childFd],
    stdout: out.capture,
    stderr: err.capture,
    [Symbol.dispose]: () => owned.dispose(),
  };
}
