/** What `wait4` tells: how a process ended and what it used. */
import { signalName } from "./_signals.ts";
import type { Execution } from "./types.ts";

/** Bytes of `struct rusage` on all 64-bit systems that the launcher knows. */
export const RUSAGE_BYTES = 144;

/** The part of an execution that `struct rusage` gives. */
export type Usage = Required<
  Pick<
    Execution,
    | "cpuS"
    | "userS"
    | "sysS"
    | "maxRssKb"
    | "minorFaults"
    | "majorFaults"
    | "voluntarySwitches"
    | "involuntarySwitches"
  >
>;

/**
 * Reads `struct rusage` (getrusage(2)): two pairs of seconds and microseconds, then longs.
 *
 * @param os The system: macOS counts the resident set in bytes, Linux in KiB.
 * @param bytes What `wait4` wrote.
 * @returns The usage.
 */
export function readUsage(os: "linux" | "darwin", bytes: Uint8Array): Usage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const long = (index: number) => Number(view.getBigInt64(32 + index * 8, true));
  // The microseconds are 64 bits on Linux and 32 on macOS, little-endian and below 2^31 on both.
  const time = (offset: number) =>
    Number(view.getBigInt64(offset, true)) + view.getInt32(offset + 8, true) / 1e6;
  const userS = time(0);
  const sysS = time(16);
  return {
    // Sums of microseconds: the rounding takes off what adding binary fractions puts on.
    cpuS: Math.round((userS + sysS) * 1e6) / 1e6,
    userS,
    sysS,
    maxRssKb: os === "darwin" ? Math.round(long(0) / 1024) : long(0),
    minorFaults: long(4),
    majorFaults: long(5),
    voluntarySwitches: long(12),
    involuntarySwitches: long(13),
  };
}

/**
 * Reads a wait status (wait(2)).
 *
 * @param os The system.
 * @param status What `wait4` wrote.
 * @returns The exit code, 128 + the signal's number if one ended it, and that signal's name.
 */
export function readStatus(
  os: "linux" | "darwin",
  status: number,
): Pick<Execution, "exitCode" | "signal"> {
  const signal = status & 0x7f;
  return signal === 0
    ? { exitCode: (status >> 8) & 0xff }
    : { exitCode: 128 + signal, signal: signalName(os, signal) };
}
