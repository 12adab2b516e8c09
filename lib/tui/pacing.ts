/** How often frames are drawn. */

/** Forgets what was to be called back. */
export type Cancel = () => void;

/** A clock and timers; replaced in tests. */
export interface PacerClock {
  /** Milliseconds since anything. */
  readonly now: () => number;
  /** Calls back after some milliseconds, unless it is cancelled. */
  readonly after: (ms: number, call: () => void) => Cancel;
}

const REAL_CLOCK: PacerClock = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Draws when it is wanted, but not too often. */
export interface Pacer {
  /**
   * Wants a frame: at once if the last one is long enough ago, else as soon as it is.
   *
   * @param leastMs Milliseconds that must lie between two frames.
   */
  want(leastMs: number): void;
  /** Draws at once, whatever was wanted. */
  now(): void;
  /** Ends it. */
  stop(): void;
}

/**
 * Makes a pacer.
 *
 * @param draw Draws one frame.
 * @param clock The time; the real one by default.
 * @returns The pacer.
 */
export function createPacer(draw: () => void, clock: PacerClock = REAL_CLOCK): Pacer {
  let last = -Infinity;
  let cancel: Cancel | undefined;
  let due = Infinity;
  let stopped = false;

  function drawNow(): void {
    cancel?.();
    cancel = undefined;
    due = Infinity;
    if (stopped) return;
    last = clock.now();
    draw();
  }

  return {
    want(leastMs) {
      const at = Math.max(clock.now(), last + leastMs);
      if (at >= due) return;
      cancel?.();
      due = at;
      // Even a frame that is due now waits for what comes in the same turn.
      cancel = clock.after(Math.max(0, at - clock.now()), drawNow);
    },
    now: drawNow,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
