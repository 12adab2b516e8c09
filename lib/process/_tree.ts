/** Ends the processes of a program, on the thread that measures: it waits without an event loop. */
import { cBytes, type Libc } from "./_libc.ts";
import { type Kin, selectMembers } from "./_members.ts";
import { childrenOf, listProcesses, type ProcessInfo, readOomScore } from "./_processes.ts";
import { sigcont, SIGKILL, SIGTERM } from "./_signals.ts";
import { openPidfd, pollReadable } from "./_poll.ts";

const WNOHANG = 1;

/** How long a process may take to end after SIGTERM, before SIGKILL, in milliseconds. */
export const GRACE_MS = 500;

/** How long the system may take to end a process after SIGKILL, in milliseconds. */
const GIVE_UP_MS = 5000;

/** The most processes that are waited for at once. */
const WAIT_FOR = 128;

/** The processes of one program, and the means to end them. */
export interface Tree {
  /**
   * Sends a signal to every process of the program, stopped ones too.
   *
   * @param signal The signal.
   */
  signal(signal: number): void;
  /**
   * Ends what is left after the program itself was reaped, and reaps what was given to this
   * process.
   *
   * @param graceMs Milliseconds between SIGTERM and SIGKILL.
   * @returns How many processes were left alive.
   */
  endLeftovers(graceMs: number): number;
}

/**
 * Watches over the processes of a program.
 *
 * @param libc The C library.
 * @param kin The program's process and session.
 * @param mark What its /proc/PID/oom_score_adj was set to, which its descendants inherit whatever
 * session they make; `undefined` if it could not be set.
 * @returns The tree.
 */
export function openTree(libc: Libc, kin: Kin, mark: number | undefined): Tree {
  const { c, os } = libc;
  const status = cBytes(4);
  /** Who was sent SIGTERM: nobody is asked twice. */
  const asked = new Set<number>();

  function isOrphan(process: ProcessInfo): boolean {
    return process.session === kin.session ||
      (mark !== undefined && readOomScore(process.pid) === mark);
  }

  function members(): ProcessInfo[] {
    return selectMembers(listProcesses(), kin, isOrphan);
  }

  function send(target: number, signal: number): void {
    c.kill(target, signal);
    c.kill(target, sigcont(os));
  }

  /** Whether there can be anything left: two looks instead of one at every process. */
  function isClean(): boolean {
    if (c.kill(-kin.session, 0) === 0) return false;
    if (os !== "linux") return true;
    return childrenOf(Deno.pid).every((pid) => mark === undefined || readOomScore(pid) !== mark);
  }

  /** Reaps those of the processes that were given to this one; returns the others. */
  function reap(processes: readonly ProcessInfo[]): ProcessInfo[] {
    return processes.filter(({ pid, parent, zombie }) =>
      !(zombie && parent === Deno.pid && c.wait4(pid, status, WNOHANG, null) === pid)
    );
  }

  function waitForSome(processes: readonly ProcessInfo[], timeoutMs: number): void {
    if (os !== "linux") return void pollReadable(libc, [], Math.min(timeoutMs, 5));
    const fds = processes.filter((p) => !p.zombie).slice(0, WAIT_FOR)
      .map(({ pid }) => openPidfd(libc, pid)).filter((fd) => fd >= 0);
    // None: only zombies whose parent, a process of the program, is about to end as well.
    pollReadable(libc, fds, fds.length === 0 ? Math.min(timeoutMs, 1) : timeoutMs);
    for (const fd of fds) c.close(fd);
  }

  return {
    signal(signal) {
      // The group at once, so that none of it forks in between.
      send(-kin.session, signal);
      for (const { pid, group, zombie } of members()) {
        asked.add(pid);
        if (group !== kin.session && !zombie) send(pid, signal);
      }
    },
    endLeftovers(graceMs) {
      const seen = new Set<number>();
      const start = performance.now();
      while (!isClean()) {
        const left = reap(members());
        const alive = left.filter((process) => !process.zombie);
        const spentMs = performance.now() - start;
        if (left.length === 0 || spentMs > graceMs + GIVE_UP_MS) break;
        const remainingMs = graceMs - spentMs;
        for (const { pid } of alive) {
          seen.add(pid);
          if (remainingMs <= 0) send(pid, SIGKILL);
          else if (!asked.has(pid)) send(pid, SIGTERM);
          asked.add(pid);
        }
        waitForSome(left, remainingMs > 0 ? remainingMs : 50);
      }
      return seen.size;
    },
  };
}
