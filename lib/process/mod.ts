/**
 * Starts one program and measures it exactly.
 *
 * There are three ways to start a program; the best one that works is chosen once and told with
 * each execution:
 *
 * - `gate` (Linux with a POSIX shell): a small process waits to become the program, so that its peak
 *   of memory is its own, and everything is attached before the first instruction. See `_gate.ts`.
 * - `spawn` (`posix_spawn` and `wait4` through FFI): on Linux a peak below this process's own can't
 *   be seen, and is told as an upper bound; on macOS there is no such floor.
 * - `plain` (`Deno.Command`): wall time and output only.
 *
 * Every program runs in a session of its own: the terminal's keys reach versus and not the program,
 * and its processes are known by their session. When it has ended, what it left behind is ended
 * too: SIGTERM, then SIGKILL after half a second. This process is a child subreaper while a
 * launcher is open, so that orphans are given to it, and they are told from all other children by a
 * mark in /proc/PID/oom_score_adj; the system also ends a program before it ends versus when memory
 * runs out. When versus itself is killed, a sleeping shell ends the program's process group.
 *
 * Deno raises the limit of open files for itself; behind a gate programs get the one that versus was
 * started with.
 *
 * @module
 */
export { type EndOptions, endProcessTree } from "./end_tree.ts";
export { openLauncher } from "./launcher.ts";
export { type ProgramContext, resolveProgram } from "./program.ts";
export { StartError, type StartFailure } from "./start_error.ts";
export type {
  CapturedOutput,
  Execution,
  InputSource,
  Launcher,
  LauncherOptions,
  LaunchMethod,
  LaunchSpec,
  OutputTarget,
} from "./types.ts";
