/**
 * Which system calls are traced, and how strace is asked for them.
 *
 * They are those that open files, look for files, read and map them, reach others through sockets,
 * and change what a path or a descriptor means. Calls that this strace or processor does not know
 * are left out with `?`.
 */

/** Opens a file. */
const OPENS = ["open", "openat", "openat2", "creat", "open_by_handle_at"];

/** Looks for a file by its path. */
const LOOKS = [
  ...["stat", "lstat", "newfstatat", "statx", "stat64", "lstat64", "fstatat64"],
  ...["access", "faccessat", "faccessat2", "readlink", "readlinkat"],
];

/** Reads from a descriptor. They are printed without the data: that is faster, and nobody's business. */
const READS = ["read", "readv", "pread64", "preadv", "preadv2"];

/** Writes, which tell when the first output came. Printed without the data as well. */
const WRITES = ["write", "writev"];

/** Reads from a descriptor into another, or into memory. */
const TRANSFERS = ["sendfile", "sendfile64", "copy_file_range", "splice", "mmap", "mmap2"];

/** Reaches others. */
const SOCKETS = ["socket", "connect", "bind", "sendto", "sendmsg", "sendmmsg"];

/** Starts processes and threads, or changes what they share. */
const PROCESSES = ["execve", "execveat", "fork", "vfork", "clone", "clone3", "unshare"];

/** Changes what a path means. */
const PLACES = ["chdir", "fchdir", "chroot", "pivot_root", "setns"];

/** Changes what a descriptor means. */
const DESCRIPTORS = ["dup", "dup2", "dup3", "close", "close_range", "fcntl", "fcntl64"];

/** Opens files where no system call shows it. */
const HIDDEN = ["io_uring_setup"];

/** All of them, in the order in which they are asked for. */
export const TRACED_CALLS: readonly string[] = [
  ...OPENS,
  ...LOOKS,
  ...READS,
  ...WRITES,
  ...TRANSFERS,
  ...SOCKETS,
  ...PROCESSES,
  ...PLACES,
  ...DESCRIPTORS,
  ...HIDDEN,
];

function optional(calls: readonly string[]): string {
  return calls.map((call) => `?${call}`).join(",");
}

/** What `-e` is given to trace {@linkcode TRACED_CALLS} and no other. */
export const TRACE_EXPRESSION = `trace=${optional(TRACED_CALLS)}`;

/** How much of an argument or of what is sent is printed, in bytes; paths are always whole. */
const STRING_BYTES = 256;

/**
 * Signals that end no process and come often. They can't be left out all: strace then also leaves out
 * the line that says which signal ended a process.
 */
const QUIET_SIGNALS = "signal=!SIGCHLD,SIGURG,SIGWINCH,SIGCONT";

/** What strace is told to print, but for the time. */
export const PRINT_OPTIONS: readonly string[] = [
  ...["-e", TRACE_EXPRESSION],
  ...["-e", `raw=${optional([...READS, ...WRITES])}`],
  ...["-e", QUIET_SIGNALS],
  ...["-s", String(STRING_BYTES)],
];
