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
  /** Counts the time since the last phase to none, as for a pause that a script asks for. */
  skip(): void;
  /** What was measured until now. */
  readonly phases: Phases;
  /** Since the start, in milliseconds. */
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
  return {
    phases,
    end(phase) {
      const time = now();
      phases[phase] = (phases[phase] ?? 0) + (time - last);
      last = time;
    },
    skip() {
      last = now();
    },
    totalMs: () => now() - start,
  };
}
