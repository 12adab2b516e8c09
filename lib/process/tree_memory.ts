/**
 * The memory of a whole process tree, which `ru_maxrss` does not give: that is the largest single
 * process. Here it is the sum of the proportional set sizes (PSS: shared pages divided among those
 * who share them, proc(5)), sampled from /proc. Reading it disturbs what runs, so that it belongs
 * into an execution of its own that is not timed.
 */

/** Parents of all processes, from /proc/PID/stat. */
function parents(): Map<number, number> {
  const found = new Map<number, number>();
  for (const entry of Deno.readDirSync("/proc")) {
    const pid = Number(entry.name);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
      // The name in parentheses may hold anything; the state and the parent follow the last one.
      found.set(pid, Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return found;
}

/** Processes end while they are looked at: ENOENT for the folder, ESRCH for the read. */
function isGone(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    (error instanceof Error && "code" in error && error.code === "ESRCH") ||
    error instanceof Deno.errors.PermissionDenied;
}

/** Proportional set size of one process in KiB; 0 when it has ended. */
function proportionalSetKb(pid: number): number {
  try {
    const rollup = Deno.readTextFileSync(`/proc/${pid}/smaps_rollup`);
    return Number(rollup.match(/^Pss:\s+(\d+) kB/m)?.[1] ?? 0);
  } catch (error) {
    if (isGone(error) || (error instanceof Error && error.message.includes("os error 3"))) return 0;
    throw error;
  }
}

/** Watches the descendants of this process. */
export interface TreeMemoryWatch {
  /**
   * Stops watching.
   *
   * @returns The largest sum of PSS that was seen, in KiB; absent if nothing ran long enough to be
   * seen.
   */
  stop(): number | undefined;
}

/**
 * Starts to sample the memory of all processes that this process starts from now on.
 *
 * @param intervalMs Milliseconds between samples; a peak shorter than that can be missed.
 * @returns A watch, or `undefined` where /proc has no `smaps_rollup` (not Linux, or before 4.14).
 */
export function watchTreeMemory(intervalMs = 10): TreeMemoryWatch | undefined {
  try {
    Deno.statSync("/proc/self/smaps_rollup");
  } catch {
    // Not a kernel that has it: the metric stays absent.
    return undefined;
  }
  const before = new Set(parents().keys());
  let peak: number | undefined;
  function sample(): void {
    const tree = parents();
    let sum = 0;
    for (const pid of tree.keys()) {
      if (before.has(pid)) continue;
      let ancestor: number | undefined = pid;
      while (ancestor !== undefined && ancestor !== Deno.pid) ancestor = tree.get(ancestor);
      if (ancestor === Deno.pid) sum += proportionalSetKb(pid);
    }
    if (sum > 0) peak = Math.max(peak ?? 0, sum);
  }
  const timer = setInterval(sample, intervalMs);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}
