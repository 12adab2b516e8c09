/** Numbers that exporters count up: what is missing was lost on the way. */

/** Exporters that are remembered; the oldest goes. */
const MAX_EXPORTERS = 4096;
/** A jump beyond this is an exporter that began anew, not a loss. */
const MAX_GAP = 1_000_000;

/** Follows the numbers of exporters. */
export interface Sequences {
  /**
   * Takes note of a number.
   *
   * @param key Names exporter and domain.
   * @param sequence The number in the datagram.
   * @param step How much the next one will be higher; `undefined` if that is not known.
   * @returns How many were lost before this one.
   */
  next(key: string, sequence: number, step: number | undefined): number;
  /** All that was lost. */
  counts(): { lostBySequence: number; exporters: number };
}

/** Starts to follow. */
export function createSequences(): Sequences {
  const expected = new Map<string, number | undefined>();
  let lostBySequence = 0;
  let exporters = 0;
  return {
    next(key, sequence, step) {
      const known = expected.get(key);
      if (!expected.has(key)) {
        exporters++;
        if (expected.size >= MAX_EXPORTERS) expected.delete(expected.keys().next().value!);
      }
      const gap = known === undefined ? 0 : (sequence - known) >>> 0;
      const lost = gap <= MAX_GAP ? gap : 0;
      lostBySequence += lost;
      expected.set(key, step === undefined ? undefined : (sequence + step) >>> 0);
      return lost;
    },
    counts: () => ({ lostBySequence, exporters }),
  };
}
