/** Which processes belong to a program that was started. */
import type { ProcessInfo } from "./_processes.ts";

/** How to know a program's processes. */
export interface Kin {
  /** The program's own process. */
  readonly pid: number;
  /** The session, and at first the group, that it was started in: no other process can join it. */
  readonly session: number;
}

/**
 * Chooses the processes of a program: those of its session and group, the orphans of it that were
 * given to this process, and the descendants of all these, whatever session they made for
 * themselves.
 *
 * @param all All processes.
 * @param kin How to know them.
 * @param isOrphan Whether a process that is a child of this one descends from the program.
 * @returns The processes, zombies too.
 */
export function selectMembers(
  all: readonly ProcessInfo[],
  kin: Kin,
  isOrphan: (process: ProcessInfo) => boolean,
): ProcessInfo[] {
  const byParent = Map.groupBy(all, (process) => process.parent);
  const members = new Map<number, ProcessInfo>();
  const pending = all.filter((process) =>
    process.pid === kin.pid || process.session === kin.session || process.group === kin.session ||
    (process.parent === Deno.pid && isOrphan(process))
  );
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (members.has(next.pid) || next.pid === Deno.pid) continue;
    members.set(next.pid, next);
    pending.push(...byParent.get(next.pid) ?? []);
  }
  return [...members.values()];
}
