/** How much memory a program can have here without pushing others out. */
import { join } from "node:path";

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // A file of /proc or /sys that this system lacks says nothing.
    return undefined;
  }
}

/** What the kernel says is available: free, and what it can take back from its caches (proc(5)). */
function systemBytes(): number | undefined {
  const line = readText("/proc/meminfo")?.match(/^MemAvailable:\s+(\d+) kB$/m)?.[1];
  if (line !== undefined) return Number(line) * 1024;
  const { available } = Deno.systemMemoryInfo();
  return available > 0 ? available : undefined;
}

/** Where the files of a version of control groups are, and what they are called. */
const GROUPS = [
  {
    path: /^0::(\/.*)$/m,
    root: "/sys/fs/cgroup",
    limit: "memory.max",
    usage: "memory.current",
    cache: /^inactive_file (\d+)$/m,
  },
  {
    path: /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/m,
    root: "/sys/fs/cgroup/memory",
    limit: "memory.limit_in_bytes",
    usage: "memory.usage_in_bytes",
    cache: /^total_inactive_file (\d+)$/m,
  },
] as const;

/** What the control groups of this process leave, as containers have them. */
function groupBytes(): number {
  const own = readText("/proc/self/cgroup") ?? "";
  let least = Infinity;
  for (const { path, root, limit, usage, cache } of GROUPS) {
    for (let group = own.match(path)?.[1]; group !== undefined;) {
      const folder = join(root, group);
      const most = Number(readText(join(folder, limit)));
      const used = Number(readText(join(folder, usage)));
      const back = Number(readText(join(folder, "memory.stat"))?.match(cache)?.[1] ?? 0);
      // Version 2 writes "max" where there is no limit, which is no number.
      if (most > 0 && used >= 0) least = Math.min(least, most - used + back);
      group = group === "/" ? undefined : join(group, "..");
    }
  }
  return Math.max(0, least);
}

/**
 * Tells how much memory is free for a program.
 *
 * @returns Bytes: what the system has available, or less where a control group limits it; `undefined`
 * where the system does not say.
 */
export function freeMemory(): number | undefined {
  const system = systemBytes();
  return system === undefined ? undefined : Math.min(system, groupBytes());
}
