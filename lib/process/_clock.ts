/** A stopwatch on CLOCK_MONOTONIC, which no one sets and a C program reads as well. */
import { cBytes, type Libc } from "./_libc.ts";

const CLOCK_MONOTONIC = { linux: 1, darwin: 6 };

/** Start and end of one sample. */
export interface Clock {
  /** Takes the start. */
  start(): void;
  /** Takes the end. */
  end(): void;
  /** Seconds between both. */
  elapsedS(): number;
}

/**
 * Opens a stopwatch. The memory for both times exists beforehand: taking one is a call and nothing
 * else.
 *
 * @param libc The C library.
 * @returns The stopwatch.
 */
export function openClock({ c, os }: Libc): Clock {
  const id = CLOCK_MONOTONIC[os];
  const begin = cBytes(16);
  const finish = cBytes(16);
  const nanoseconds = (bytes: Uint8Array<ArrayBuffer>) => {
    const view = new DataView(bytes.buffer);
    return view.getBigInt64(0, true) * 1_000_000_000n + view.getBigInt64(8, true);
  };
  return {
    start: () => void c.clock_gettime(id, begin),
    end: () => void c.clock_gettime(id, finish),
    elapsedS: () => Number(nanoseconds(finish) - nanoseconds(begin)) / 1e9,
  };
}
