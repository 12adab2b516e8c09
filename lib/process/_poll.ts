/** Waits for a process and for input on Linux, with poll(2) and pidfd_open(2). */
import { systemError } from "./_fds.ts";
import { cBytes, type Libc } from "./_libc.ts";
import { type Ready, toTimeout, type Waiter } from "./_waiter_types.ts";

const POLLIN = 1;
const SYS_PIDFD_OPEN = 434n;

/**
 * Opens a descriptor that is readable once a process has ended (Linux 5.3, pidfd_open(2)).
 *
 * @param libc The C library.
 * @param pid The process.
 * @returns The descriptor, -1 if there is no such process or no such call.
 */
export function openPidfd({ c }: Libc, pid: number): number {
  return Number(c.syscall!(SYS_PIDFD_OPEN, BigInt(pid), 0n, 0n, 0n, 0n));
}

/**
 * Waits until one of several descriptors is readable.
 *
 * @param libc The C library.
 * @param fds The descriptors; -1 is left out.
 * @param timeoutMs Milliseconds, -1 for no limit.
 * @returns The indices of the readable ones.
 */
export function pollReadable({ c }: Libc, fds: readonly number[], timeoutMs: number): number[] {
  const bytes = cBytes(Math.max(1, fds.length) * 8);
  const words = new Int32Array(bytes.buffer);
  for (const [index, fd] of fds.entries()) {
    words[2 * index] = fd;
    words[2 * index + 1] = POLLIN;
  }
  if (c.poll(bytes, BigInt(fds.length), toTimeout(timeoutMs)) <= 0) return [];
  return fds.flatMap((_, index) => words[2 * index + 1]! >>> 16 === 0 ? [] : [index]);
}

/**
 * Opens a wait for a process.
 *
 * @param libc The C library.
 * @param pid The process.
 * @returns The wait.
 * @throws {Error} If the system can't watch it.
 */
export function pollWaiter(libc: Libc, pid: number): Waiter {
  const { c } = libc;
  const pidfd = openPidfd(libc, pid);
  if (pidfd < 0) throw systemError(libc, "pidfd_open");
  // Allocated once: next to nothing is left to collect while a program runs.
  const bytes = cBytes(8 * 8);
  const words = new Int32Array(bytes.buffer);
  const ready: Ready = { exited: false, fds: [] };
  return {
    wait(fds, timeoutMs) {
      words[0] = pidfd;
      words[1] = POLLIN;
      for (let i = 0; i < fds.length; i++) {
        words[2 * i + 2] = fds[i]!;
        words[2 * i + 3] = POLLIN;
      }
      const count = c.poll(bytes, BigInt(fds.length + 1), toTimeout(timeoutMs));
      ready.fds.length = 0;
      ready.exited = count > 0 && words[1]! >>> 16 !== 0;
      if (count > 0) {
        for (let i = 0; i < fds.length; i++) {
          if (words[2 * i + 3]! >>> 16 !== 0) ready.fds.push(i);
        }
      }
      return ready;
    },
    [Symbol.dispose]: () => void c.close(pidfd),
  };
}
