/** Limits of a program: the largest file that it may write, and how many it may have open. */
import type { Libc } from "./_libc.ts";

const RLIMIT_FSIZE = 1;
const RLIMIT_NOFILE = 7;

/** `ulimit -f` counts in these (POSIX). */
const BLOCK_BYTES = 512;

/** Reads the soft and the hard limit of a process. */
function readLimit(
  { c }: Libc,
  pid: number,
  resource: number,
): BigUint64Array<ArrayBuffer> | undefined {
  const words = new BigUint64Array(2);
  const failed = c.prlimit?.(pid, resource, null, new Uint8Array(words.buffer));
  return failed === 0 ? words : undefined;
}

function writeLimit({ c }: Libc, pid: number, resource: number, soft: bigint, hard: bigint): void {
  const words = new BigUint64Array([soft, hard]);
  c.prlimit?.(pid, resource, new Uint8Array(words.buffer), null);
}

/**
 * Limits the files of a process and of what it starts (Linux). A program that writes more gets
 * SIGXFSZ: a full disk harms more than a failed program.
 *
 * @param libc The C library.
 * @param pid The process.
 * @param bytes The limit; a lower one that holds already stays.
 */
export function limitFiles(libc: Libc, pid: number, bytes: number): void {
  const hard = readLimit(libc, pid, RLIMIT_FSIZE)?.[1];
  if (hard === undefined) return;
  const limit = BigInt(bytes) < hard ? BigInt(bytes) : hard;
  writeLimit(libc, pid, RLIMIT_FSIZE, limit, limit);
}

/**
 * Does the same with a shell, where no call reaches another process.
 *
 * @param argv The program and its arguments.
 * @param bytes The limit, rounded up to blocks of 512 bytes.
 * @returns What to start instead.
 */
export function withFileLimit(argv: readonly string[], bytes: number): string[] {
  const script = `ulimit -f ${Math.ceil(bytes / BLOCK_BYTES)}\nexec "$@"`;
  return ["/bin/sh", "-c", script, "sh", ...argv];
}

function parentOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/**
 * Finds the limit of open files that this process was started with (Linux). Deno raises it as far
 * as it may, and programs that look at it would behave otherwise than in the user's shell: it is
 * read from the nearest ancestor that is not Deno.
 *
 * @param libc The C library.
 * @returns The limit; `undefined` when it is unknown or was not raised.
 */
export function originalOpenFiles(libc: Libc): bigint | undefined {
  const own = readLimit(libc, 0, RLIMIT_NOFILE);
  if (own === undefined) return undefined;
  try {
    const deno = Deno.readLinkSync("/proc/self/exe");
    let ancestor = Deno.ppid;
    while (Deno.readLinkSync(`/proc/${ancestor}/exe`) === deno) ancestor = parentOf(ancestor);
    const given = readLimit(libc, ancestor, RLIMIT_NOFILE);
    return given !== undefined && given[1] === own[1] && given[0]! < own[0]! ? given[0] : undefined;
  } catch {
    // An ancestor of another user, or none that can be seen.
    return undefined;
  }
}

/**
 * Sets how many files a process may have open (Linux).
 *
 * @param libc The C library.
 * @param pid The process.
 * @param limit The soft limit; the hard one stays.
 */
export function limitOpenFiles(libc: Libc, pid: number, limit: bigint): void {
  const hard = readLimit(libc, pid, RLIMIT_NOFILE)?.[1];
  if (hard !== undefined) writeLimit(libc, pid, RLIMIT_NOFILE, limit, hard);
}
