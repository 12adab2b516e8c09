/**
 * Marks the processes of a program by how much they are preferred when memory runs out (Linux, proc(5)
 * on oom_score_adj). Descendants inherit it whatever session they make, so that orphans are known by
 * it; and the system ends the program rather than the launcher.
 */
import { childrenOf, readOomScore } from "./_processes.ts";

function write(pid: number, mark: number): boolean {
  try {
    Deno.writeTextFileSync(`/proc/${pid}/oom_score_adj`, String(mark));
    return true;
  } catch {
    // It has ended, or this is not allowed here: orphans are then known by their session only.
    return false;
  }
}

/**
 * Marks a process that waits.
 *
 * @param pid The process.
 * @param by How much to add to this process's own preference.
 * @returns The mark, `undefined` if there is none.
 */
export function markProcess(pid: number, by: number): number | undefined {
  const own = readOomScore("self");
  if (own === undefined) return undefined;
  const mark = Math.min(1000, Math.max(own, 0) + by);
  return mark !== own && write(pid, mark) ? mark : undefined;
}

/**
 * Marks a process that runs already, and what it has started until now. What was started and has
 * lost its parent in that moment is missed.
 *
 * @param pid The process.
 * @param by How much to add to this process's own preference.
 * @returns The mark, `undefined` if there is none.
 */
export function markRunning(pid: number, by: number): number | undefined {
  const mark = Deno.build.os === "linux" ? markProcess(pid, by) : undefined;
  if (mark === undefined) return undefined;
  const pending = childrenOf(pid);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (readOomScore(next) === mark) continue;
    write(next, mark);
    pending.push(...childrenOf(next));
  }
  return mark;
}
