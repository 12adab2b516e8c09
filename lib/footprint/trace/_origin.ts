/** What a program is started with: its working directory and the descriptors that it inherits. */
import type { Origin } from "./_lineage.ts";
import { toBinary } from "./_path.ts";
import type { Descriptors } from "./_tables.ts";

const O_CLOEXEC = 0o2000000;

/** Whether a descriptor of this process is handed on to what it starts. */
function isInherited(fd: number): boolean {
  if (fd <= 2) return true;
  const info = Deno.readTextFileSync(`/proc/self/fdinfo/${fd}`);
  return (parseInt(info.match(/^flags:\s*([0-7]+)/m)?.[1] ?? "0", 8) & O_CLOEXEC) === 0;
}

function inherited(): Descriptors {
  const found: Descriptors = new Map([
    [1, { output: true, cloexec: false }],
    [2, { output: true, cloexec: false }],
  ]);
  for (const { name } of Deno.readDirSync("/proc/self/fd")) {
    const fd = Number(name);
    try {
      const path = Deno.readLinkSync(`/proc/self/fd/${fd}`);
      if (!path.startsWith("/") || path.endsWith(" (deleted)") || !isInherited(fd)) continue;
      found.set(fd, { path: toBinary(path), output: fd === 1 || fd === 2, cloexec: false });
    } catch {
      // The one with which the folder was read is closed already.
    }
  }
  return found;
}

/**
 * Finds out what a child would be started with.
 *
 * @param cwd Its working directory, absolute.
 * @returns What its paths and descriptors mean.
 */
export function originOf(cwd: string): Origin {
  return { cwd: toBinary(cwd), fds: inherited() };
}
