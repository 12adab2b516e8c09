/** When a program that is traced has to be ended. */
import type { Ledger } from "./_ledger.ts";

/** Milliseconds that processes may live longer than the program that started them. */
const LEFT_BEHIND_MS = 1000;

/** Why a program was ended before it ended itself. */
export type EndReason = "time" | "idle" | "marker" | "aborted" | "left-behind";

/** The limits of a trace. */
export interface TraceLimits {
  /** Seconds in all. */
  readonly forS?: number;
  /** Seconds without a file that was not opened before. */
  readonly untilIdleS?: number;
  /** The file that it opens or looks for at the end: its marker. */
  readonly until?: string;
  /** Ends it at once. */
  readonly signal?: AbortSignal;
}

/**
 * Starts to watch the limits.
 *
 * @param limits The limits.
 * @param ledger What is found meanwhile.
 * @returns Tells, asked again and again with the time in milliseconds, whether and why to end.
 */
export function makeLimits(
  limits: TraceLimits,
  ledger: Ledger,
): (nowMs: number) => EndReason | undefined {
  const { forS = Infinity, untilIdleS, until, signal } = limits;
  const startMs = performance.now();
  const bounded = forS < Infinity || untilIdleS !== undefined || until !== undefined;
  let newFileNs = -1;
  let newFileMs = startMs;
  let goneMs: number | undefined;
  return (nowMs) => {
    if (signal?.aborted) return "aborted";
    if (ledger.markerNs !== undefined) return "marker";
    if (nowMs - startMs >= forS * 1000) return "time";
    if (untilIdleS !== undefined) {
      if (ledger.newFileNs !== newFileNs) newFileMs = nowMs;
      newFileNs = ledger.newFileNs;
      if (nowMs - newFileMs >= untilIdleS * 1000) return "idle";
    }
    // What a program leaves behind may go on to a limit that was asked for.
    if (ledger.endNs === undefined || bounded) return undefined;
    goneMs ??= nowMs;
    return nowMs - goneMs >= LEFT_BEHIND_MS ? "left-behind" : undefined;
  };
}
