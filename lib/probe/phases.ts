/**
 * The phases of a probe, in the order in which they can follow one another.
 *
 * One model for all protocols: a phase ends where the next one begins, so phases never overlap and
 * their sum is at most the total.
 */
export const PHASES = [
  "resolveMs",
  "connectMs",
  "tlsMs",
  "bannerMs",
  "kexMs",
  "authMs",
  "channelMs",
  "requestMs",
  "firstByteMs",
  "transferMs",
] as const;

/** The name of a phase; its time is in milliseconds. */
export type PhaseName = typeof PHASES[number];

/** Times of the phases that took place, in milliseconds. */
export type Phases = Partial<Record<PhaseName, number>>;

/** Splits the time of one attempt into phases. */
export interface PhaseClock {
  /**
   * Ends a phase now; it began where the phase before it ended, or at the start. A phase that is
   * ended twice (a redirect, a second round of authentication) gets the sum of both.
   */
  end(phase: PhaseName): void;
  /**
   * Takes the time since the last phase out of all figures: it is the probe's own, as a pause that a
   * script asks for, and not the peer's.
   */
  skip(): void;
  /**
   * Ends a phase now of which only a part was the peer's, as something else has measured; the rest is
   * skipped.
   */
  take(phase: PhaseName, ms: number): void;
  /** What was measured until now. */
  readonly phases: Phases;
  /** Since the start, in milliseconds, without what was skipped. */
  totalMs(): number;
}

/**
 * Starts a clock.
 *
 * @param now Tells the time in milliseconds; a test gives its own.
 * @returns A clock whose first phase begins now.
 */
export function startPhases(now: () => number = () => performance.now()): PhaseClock {
  const start = now();
  const phases: Phases = {};
  let last = start;
  let skipped = 0;
  return {
    phases,
    end(phase) {
      const time = now();
      phases[phase] = (phases[phase] ?? 0) + (time - last);
      last = time;
    },
    skip() {
      const time = now();
      skipped += time - last;
      last = time;
    },
    take(phase, ms) {
      const time = now();
      const taken = Math.max(0, Math.min(ms, time - last));
      phases[phase] = (phases[phase] ?? 0) + taken;
      skipped += time - last - taken;
      last = time;
    },
    totalMs: () => now() - start - skipped,
  };
}
