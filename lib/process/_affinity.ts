/** On which processors something runs (Linux; macOS has no such call). */
import { cBytes, type Libc } from "./_libc.ts";
import { StartError } from "./start_error.ts";

/** Enough for the 8192 processors that a kernel can be built for. */
const MASK_BYTES = 1024;

/** Sets processors. */
export interface Affinity {
  /**
   * Sets the processors of a process.
   *
   * @param pid The process; 0 is the calling thread.
   * @param cpus The processors.
   * @throws {StartError} If there is none of these.
   */
  pin(pid: number, cpus: readonly number[]): void;
  /**
   * Sets the processors of the calling thread for a while.
   *
   * @param cpus The processors.
   * @returns What sets them back.
   * @throws {StartError} If there is none of these.
   */
  pinThread(cpus: readonly number[]): Disposable;
}

function unsupported(found: string): StartError {
  return new StartError("unsupported", `Cannot choose processors: ${found}`, {
    hint: "Leave the choice of processors out",
  });
}

/**
 * Opens the calls.
 *
 * @param libc The C library.
 * @returns The calls.
 */
export function openAffinity({ c }: Libc): Affinity {
  function set(pid: number, mask: Uint8Array<ArrayBuffer>): boolean {
    if (c.sched_setaffinity === null) throw unsupported("this system has no such call");
    return c.sched_setaffinity(pid, BigInt(MASK_BYTES), mask) === 0;
  }
  function pin(pid: number, cpus: readonly number[]): void {
    const mask = cBytes(MASK_BYTES);
    for (const cpu of cpus) mask[cpu >> 3]! |= 1 << (cpu & 7);
    if (!set(pid, mask)) {
      throw unsupported(`none of ${cpus.join(", ")} is a processor that this process may use`);
    }
  }
  return {
    pin,
    pinThread(cpus) {
      const before = cBytes(MASK_BYTES);
      c.sched_getaffinity?.(0, BigInt(MASK_BYTES), before);
      pin(0, cpus);
      return { [Symbol.dispose]: () => void set(0, before) };
    },
  };
}
