/** Signals by number. */

const LINUX = [
  "",
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGILL",
  "SIGTRAP",
  "SIGABRT",
  "SIGBUS",
  "SIGFPE",
  "SIGKILL",
  "SIGUSR1",
  "SIGSEGV",
  "SIGUSR2",
  "SIGPIPE",
  "SIGALRM",
  "SIGTERM",
  "SIGSTKFLT",
  "SIGCHLD",
  "SIGCONT",
  "SIGSTOP",
  "SIGTSTP",
  "SIGTTIN",
  "SIGTTOU",
  "SIGURG",
  "SIGXCPU",
  "SIGXFSZ",
  "SIGVTALRM",
  "SIGPROF",
  "SIGWINCH",
  "SIGIO",
  "SIGPWR",
  "SIGSYS",
];

const DARWIN = [
  "",
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGILL",
  "SIGTRAP",
  "SIGABRT",
  "SIGEMT",
  "SIGFPE",
  "SIGKILL",
  "SIGBUS",
  "SIGSEGV",
  "SIGSYS",
  "SIGPIPE",
  "SIGALRM",
  "SIGTERM",
  "SIGURG",
  "SIGSTOP",
  "SIGTSTP",
  "SIGCONT",
  "SIGCHLD",
  "SIGTTIN",
  "SIGTTOU",
  "SIGIO",
  "SIGXCPU",
  "SIGXFSZ",
  "SIGVTALRM",
  "SIGPROF",
  "SIGWINCH",
  "SIGINFO",
  "SIGUSR1",
  "SIGUSR2",
];

/** Ends a process that wants to live. */
export const SIGKILL = 9;
/** Asks a process to end. */
export const SIGTERM = 15;

/**
 * Wakes a stopped process, which acts on no other signal but SIGKILL.
 *
 * @param os The system.
 * @returns The number.
 */
export function sigcont(os: "linux" | "darwin"): number {
  return os === "linux" ? 18 : 19;
}

/**
 * Names a signal.
 *
 * @param os The system.
 * @param signal Its number.
 * @returns As `SIGKILL`; real-time signals as `SIG34`.
 */
export function signalName(os: "linux" | "darwin", signal: number): string {
  return (os === "linux" ? LINUX : DARWIN)[signal] ?? `SIG${signal}`;
}
