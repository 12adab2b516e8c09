/** Ends process trees from the event loop, for what was started without a launcher. */
import { selectMembers } from "./_members.ts";
import { listProcesses } from "./_processes.ts";
import { sigcont, SIGKILL, SIGTERM } from "./_signals.ts";

/** Milliseconds between two looks at processes that are about to end. */
const LOOK_MS = 10;

/** Milliseconds after SIGKILL in which a process may still be there. */
const GIVE_UP_MS = 5000;

/** What to end, and how patiently. */
export interface EndOptions {
  /** Milliseconds between SIGTERM and SIGKILL; 500 by default. */
  readonly graceMs?: number;
  /** Whether the process itself was reaped already, and only what it left is to be ended. */
  readonly reaped?: boolean;
}

function send(pid: number, signal: number): void {
  try {
    Deno.kill(pid, signal);
    // Stopped processes act on nothing but SIGKILL.
    Deno.kill(pid, sigcont(Deno.build.os === "linux" ? "linux" : "darwin"));
  } catch {
    // It has ended meanwhile, or belongs to another user: the next look tells.
  }
}

/**
 * Ends a process that was started with `detached: true`, its session and all its descendants:
 * SIGTERM, then SIGKILL. Processes that left the session and have lost their parents are not found.
 *
 * @param pid The process.
 * @param options What to end, and how patiently.
 * @returns How many processes were alive, a moment later none.
 */
export async function endProcessTree(pid: number, options: EndOptions = {}): Promise<number> {
  const { graceMs = 500, reaped = false } = options;
  const start = performance.now();
  const seen = new Set<number>();
  while (performance.now() - start < graceMs + GIVE_UP_MS) {
    const kin = { pid: reaped ? -1 : pid, session: pid };
    const all = listProcesses();
    // The program first and parents before their children: a shell whose child is ended before it would
    // go on with its next command, and end as if nothing had happened.
    const alive = selectMembers(all, kin, () => false).filter((process) => !process.zombie)
      .sort((a, b) => Number(b.pid === pid) - Number(a.pid === pid) || a.pid - b.pid);
    // Nothing tells which processes there are: the group is ended unseen.
    if (all.length === 0 && Deno.build.os !== "windows") send(-pid, SIGKILL);
    if (alive.length === 0) break;
    const kill = performance.now() - start >= graceMs;
    for (const member of alive) {
      if (kill) send(member.pid, SIGKILL);
      else if (!seen.has(member.pid)) send(member.pid, SIGTERM);
      seen.add(member.pid);
    }
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return seen.size;
}
