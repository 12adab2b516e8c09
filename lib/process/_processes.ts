/** Which processes there are: /proc on Linux, `ps` where that may not be read, and elsewhere. */

/** One process at one moment. */
export interface ProcessInfo {
  /** Its number. */
  readonly pid: number;
  /** Its parent's number. */
  readonly parent: number;
  /** Its process group. */
  readonly group: number;
  /** Its session; 0 where that is not known. */
  readonly session: number;
  /** Whether it has ended and waits to be reaped. */
  readonly zombie: boolean;
}

/** Processes end while they are looked at: ENOENT for the folder, ESRCH for a read. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Error && ("code" in error && error.code === "ESRCH" ||
        error.message.includes("os error 3"));
}

function readProc(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (isGone(error) || error instanceof Deno.errors.PermissionDenied) return undefined;
    throw error;
  }
}

/**
 * Reads /proc/PID/stat (proc(5)).
 *
 * @param text What it says. The name in parentheses may hold anything, parentheses and line feeds
 * too; the fields follow the last one.
 * @returns The fields from the third one on: state, parent, group, session, …
 */
function statFields(text: string): string[] {
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/**
 * Looks at one process (Linux).
 *
 * @param pid Its number.
 * @returns The process, `undefined` when there is none.
 */
export function readProcess(pid: number): ProcessInfo | undefined {
  const text = readProc(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = statFields(text);
  return {
    pid,
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    zombie: fields[0] === "Z" || fields[0] === "X",
  };
}

/**
 * Tells whether a process was forked and has not executed a program since (Linux), by the flag
 * PF_FORKNOEXEC of the kernel; it stays readable until the process is reaped.
 *
 * @param pid Its number.
 * @returns Whether it never executed; `undefined` when that can't be read.
 */
export function neverExecuted(pid: number): boolean | undefined {
  const PF_FORKNOEXEC = 0x40;
  const text = readProc(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  return (Number(statFields(text)[6]) & PF_FORKNOEXEC) !== 0;
}

/**
 * Reads how large a process has been, and whether it sleeps (Linux).
 *
 * @param pid Its number, or `self`.
 * @returns Its largest resident set until now in KiB and its state, `undefined` when it is gone.
 */
export function readResident(
  pid: number | "self",
): { readonly peakKb: number; readonly asleep: boolean } | undefined {
  const text = readProc(`/proc/${pid}/status`);
  if (text === undefined) return undefined;
  return {
    peakKb: Number(text.match(/^VmHWM:\s+(\d+) kB/m)?.[1] ?? 0),
    asleep: /^State:\tS/m.test(text),
  };
}

/**
 * Reads how much a process is preferred when memory runs out (Linux); descendants inherit it.
 *
 * @param pid Its number, or `self`.
 * @returns From -1000 to 1000, `undefined` when it can't be read.
 */
export function readOomScore(pid: number | "self"): number | undefined {
  const text = readProc(`/proc/${pid}/oom_score_adj`);
  return text === undefined ? undefined : Number(text);
}

/**
 * Lists the children of a process's first thread, which is also the one that orphans are given to
 * (Linux).
 *
 * @param pid The process.
 * @returns Their numbers, zombies too.
 */
export function childrenOf(pid: number): number[] {
  const text = readProc(`/proc/${pid}/task/${pid}/children`);
  if (text !== undefined) return text.split(" ").filter(Boolean).map(Number);
  // A kernel without CONFIG_PROC_CHILDREN: more work, the same answer.
  return listProc().filter((process) => process.parent === pid).map((process) => process.pid);
}

function listProc(): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  for (const entry of Deno.readDirSync("/proc")) {
    const pid = Number(entry.name);
    if (!Number.isInteger(pid)) continue;
    const process = readProcess(pid);
    if (process !== undefined) found.push(process);
  }
  return found;
}

function listPs(): ProcessInfo[] {
  let printed: Deno.CommandOutput;
  try {
    printed = new Deno.Command("/bin/ps", {
      args: ["-A", "-o", "pid=,ppid=,pgid=,stat="],
      stdin: "null",
      stderr: "null",
    }).outputSync();
  } catch {
    // Not here, or not allowed.
    return [];
  }
  return new TextDecoder().decode(printed.stdout).split("\n").flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    if (state === undefined) return [];
    return [{
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: 0,
      zombie: state.startsWith("Z"),
    }];
  });
}

/**
 * Lists all processes that this one may see.
 *
 * @returns The processes, in no order; empty where nothing tells them, on Windows for one.
 */
export function listProcesses(): ProcessInfo[] {
  if (Deno.build.os === "windows") return [];
  if (Deno.build.os !== "linux") return listPs();
  try {
    return listProc();
  } catch (error) {
    // Deno lets only programs with all permissions read /proc.
    if (error instanceof Deno.errors.NotCapable) return listPs();
    throw error;
  }
}
