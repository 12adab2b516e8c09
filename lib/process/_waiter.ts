/** Opens a wait by the means of this system. */
import { kqueueWaiter } from "./_kqueue.ts";
import type { Libc } from "./_libc.ts";
import { pollWaiter } from "./_poll.ts";
import type { Waiter } from "./_waiter_types.ts";

/**
 * Opens a wait for a child of this process.
 *
 * @param libc The C library.
 * @param pid The child.
 * @returns The wait.
 * @throws {Error} If the system can't watch it.
 */
export function openWaiter(libc: Libc, pid: number): Waiter {
  return libc.os === "linux" ? pollWaiter(libc, pid) : kqueueWaiter(libc, pid);
}
