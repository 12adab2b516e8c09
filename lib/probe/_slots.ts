/** Bounds how many things happen at once. */

/** Places that are taken and given back, first come, first served. */
export interface Slots {
  /** Waits for a place. */
  take(): Promise<void>;
  /** Gives a place back. */
  free(): void;
  /** Lets everybody in that waits, since all is over. */
  open(): void;
}

/**
 * Makes places.
 *
 * @param count How many.
 * @returns The places, all free.
 */
export function createSlots(count: number): Slots {
  let left = count;
  let waiting: (() => void)[] = [];
  // Taking from the front of an array moves the rest; this way it happens rarely.
  let first = 0;
  return {
    take() {
      if (left > 0) {
        left--;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    free() {
      const next = waiting[first++];
      if (next === undefined) {
        waiting = [];
        first = 0;
        left++;
        return;
      }
      if (first > 1024) {
        waiting = waiting.slice(first);
        first = 0;
      }
      next();
    },
    open() {
      left = Infinity;
      for (const enter of waiting.slice(first)) enter();
      waiting = [];
      first = 0;
    },
  };
}
