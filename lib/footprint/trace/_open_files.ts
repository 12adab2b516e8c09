/** How many files a program may have open: Deno raises the limit for itself and for what it starts. */

function parentOf(pid: number): number {
  const stat = Deno.readTextFileSync(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

function limitsOf(pid: number | "self"): { soft: string; hard: string } | undefined {
  const limits = Deno.readTextFileSync(`/proc/${pid}/limits`);
  const [, soft, hard] = limits.match(/^Max open files +(\w+) +(\w+) /m) ?? [];
  return soft === undefined || hard === undefined ? undefined : { soft, hard };
}

/**
 * Finds the limit of open files that this process was started with, from the nearest ancestor that is
 * not Deno.
 *
 * @returns The soft limit, for `ulimit -Sn`; `undefined` if it is unknown or was not raised.
 */
export function originalOpenFiles(): string | undefined {
  try {
    const own = limitsOf("self");
    const deno = Deno.readLinkSync("/proc/self/exe");
    let ancestor = Deno.ppid;
    while (Deno.readLinkSync(`/proc/${ancestor}/exe`) === deno) ancestor = parentOf(ancestor);
    const given = limitsOf(ancestor);
    const raised = own !== undefined && given?.hard === own.hard && given.soft !== own.soft;
    return raised ? given.soft : undefined;
  } catch {
    // An ancestor of another user, or none that can be seen.
    return undefined;
  }
}
