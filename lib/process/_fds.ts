/** File descriptors: pipes, and which ones a child would inherit by accident. */
import { cBytes, errnoText, lastErrno, type Libc } from "./_libc.ts";

const O_CLOEXEC = 0o2000000;
const F_GETFD = 1;
const FD_CLOEXEC = 1;
const F_SETPIPE_SZ = 1031;

/** How much a pipe of captured output holds, where the system allows it. */
const PIPE_BYTES = 1 << 20;

/** An error of the system, for a caller that has no better words. */
export function systemError(libc: Libc, what: string, errno = lastErrno(libc)): Error {
  return new Error(`${what}: ${errnoText(libc, errno)}`);
}

/** Both ends of a pipe or of a pair of sockets. */
export interface Ends {
  /** The end that this process keeps; of a pipe, the one to read. */
  readonly ours: number;
  /** The end for the child; of a pipe, the one to write. */
  readonly theirs: number;
}

/**
 * Makes a pipe that no other child inherits (on macOS through `POSIX_SPAWN_CLOEXEC_DEFAULT`).
 *
 * @param libc The C library.
 * @returns Its ends.
 * @throws {Error} If the system gives none.
 */
export function makePipe(libc: Libc): Ends {
  const bytes = cBytes(8);
  const failed = libc.os === "linux" ? libc.c.pipe2!(bytes, O_CLOEXEC) : libc.c.pipe(bytes);
  if (failed !== 0) throw systemError(libc, "pipe");
  const [ours, theirs] = new Int32Array(bytes.buffer);
  return { ours: ours!, theirs: theirs! };
}

/**
 * Makes a pipe for output: a larger one, so that a program which writes a little never waits.
 *
 * @param libc The C library.
 * @returns Its ends.
 * @throws {Error} If the system gives none.
 */
export function makeOutputPipe(libc: Libc): Ends {
  const ends = makePipe(libc);
  // Refused where many pipes are open; the usual size serves as well.
  if (libc.os === "linux") libc.c.fcntl!(ends.ours, F_SETPIPE_SZ, BigInt(PIPE_BYTES));
  return ends;
}

/**
 * Makes a pair of connected sockets that no other child inherits (Linux).
 *
 * @param libc The C library.
 * @returns Both ends.
 * @throws {Error} If the system gives none.
 */
export function makeSocketPair(libc: Libc): Ends {
  const AF_UNIX = 1;
  const SOCK_STREAM = 1;
  const bytes = cBytes(8);
  if (libc.c.socketpair!(AF_UNIX, SOCK_STREAM | O_CLOEXEC, 0, bytes) !== 0) {
    throw systemError(libc, "socketpair");
  }
  const [ours, theirs] = new Int32Array(bytes.buffer);
  return { ours: ours!, theirs: theirs! };
}

/**
 * Lists the descriptors above 2 that this process was given by its own parent and that a child
 * would inherit, since whoever opened them did not say close-on-exec (Linux; Deno's own do).
 *
 * @param libc The C library.
 * @returns The descriptors, empty where /proc does not tell.
 */
export function inheritedFds(libc: Libc): number[] {
  if (libc.os !== "linux") return [];
  const found: number[] = [];
  for (const entry of Deno.readDirSync("/proc/self/fd")) {
    const fd = Number(entry.name);
    if (fd <= 2) continue;
    const flags = libc.c.fcntl!(fd, F_GETFD, 0n);
    if (flags >= 0 && (flags & FD_CLOEXEC) === 0) found.push(fd);
  }
  return found;
}
