/** A wait for several things at once without a moment's delay. */

/** What a wait ended with. */
export interface Ready {
  /** The process has ended and can be reaped. */
  exited: boolean;
  /** The indices of the descriptors with something to read, or closed by the other side. */
  readonly fds: number[];
}

/** A wait for the end of a process and for input. */
export interface Waiter {
  /**
   * Waits. The same object is returned each time.
   *
   * @param fds The descriptors to watch; -1 is left out.
   * @param timeoutMs Milliseconds, -1 for no limit.
   * @returns What there is; nothing after the limit, or after a signal to this process.
   */
  wait(fds: readonly number[], timeoutMs: number): Ready;
  /** Closes what is open. */
  [Symbol.dispose](): void;
}

/**
 * Rounds up, so that a wait doesn't end before its time; C takes an int.
 *
 * @param timeoutMs Milliseconds; below zero and infinity are no limit.
 * @returns Milliseconds, -1 for no limit.
 */
export function toTimeout(timeoutMs: number): number {
  return timeoutMs < 0 || timeoutMs === Infinity ? -1 : Math.min(Math.ceil(timeoutMs), 0x7fffffff);
}
