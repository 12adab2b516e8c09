/** Tells many that all is over. */

/**
 * An end that many wait for. A signal of the runtime keeps its listeners in a list that is searched
 * when one leaves, which with thousands of targets takes longer than the probes.
 */
export interface Cancellation {
  /** Whether all is over. */
  readonly over: boolean;
  /**
   * Calls when all is over; at once if it is.
   *
   * @returns What calls that off.
   */
  listen(call: () => void): () => void;
}

/**
 * Makes one of signals.
 *
 * @param signals Any of them ends it.
 * @returns The end.
 */
export function cancellationOf(...signals: readonly AbortSignal[]): Cancellation {
  const calls = new Set<() => void>();
  let over = signals.some(({ aborted }) => aborted);
  const end = () => {
    over = true;
    for (const call of calls) call();
    calls.clear();
  };
  for (const signal of signals) signal.addEventListener("abort", end, { once: true });
  return {
    get over() {
      return over;
    },
    listen(call) {
      if (over) call();
      else calls.add(call);
      return () => calls.delete(call);
    },
  };
}
