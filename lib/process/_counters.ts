/** Counters of the processor through perf_event_open(2) (Linux). */
import { cBytes, errnoText, lastErrno, type Libc } from "./_libc.ts";

const SYS_PERF_EVENT_OPEN = { x86_64: 298n, aarch64: 241n };
const ATTRIBUTE_BYTES = 112;
const PERF_FLAG_FD_CLOEXEC = 8n;
const FORMAT_TOTAL_TIME = 1 | 2;
const DISABLED = 1;
const INHERIT = 1 << 1;
const EXCLUDE_KERNEL = 1 << 5;
const EXCLUDE_HYPERVISOR = 1 << 6;
const ENABLE_ON_EXEC = 1 << 12;

/** An event that the kernel can count. */
export interface CounterEvent {
  /** Its name in the results, as `perf list` has it. */
  readonly name: string;
  /** `perf_event_attr.type`. */
  readonly type: number;
  /** `perf_event_attr.config`. */
  readonly config: number;
}

/** The general hardware events (PERF_TYPE_HARDWARE). */
export const HARDWARE_EVENTS: readonly CounterEvent[] = [
  "cycles",
  "instructions",
  "cache-references",
  "cache-misses",
  "branches",
  "branch-misses",
].map((name, config) => ({ name, type: 0, config }));

/** Events that can be counted here, and how. */
export interface CounterPlan {
  /** The events with the names of the results. */
  readonly events: readonly CounterEvent[];
  /** Whether only the programs' own code is counted, since the kernel's may not be. */
  readonly userOnly: boolean;
}

function openEvent(libc: Libc, event: CounterEvent, pid: number, userOnly: boolean): number {
  const attribute = cBytes(ATTRIBUTE_BYTES);
  const view = new DataView(attribute.buffer);
  view.setUint32(0, event.type, true);
  view.setUint32(4, ATTRIBUTE_BYTES, true);
  view.setBigUint64(8, BigInt(event.config), true);
  view.setBigUint64(32, BigInt(FORMAT_TOTAL_TIME), true);
  const flags = DISABLED | INHERIT | ENABLE_ON_EXEC | EXCLUDE_HYPERVISOR |
    (userOnly ? EXCLUDE_KERNEL : 0);
  view.setBigUint64(40, BigInt(flags), true);
  const address = Deno.UnsafePointer.value(Deno.UnsafePointer.of(attribute));
  const number = SYS_PERF_EVENT_OPEN[libc.arch];
  const fd = Number(libc.c.syscall!(number, address, BigInt(pid), -1n, -1n, PERF_FLAG_FD_CLOEXEC));
  // The structure has to live until here.
  attribute.fill(0);
  return fd;
}

/** What an error of perf_event_open(2) means here. */
function reason(libc: Libc, errno: number): string {
  const EACCES = 13;
  const EPERM = 1;
  if (errno === EACCES || errno === EPERM) {
    return `the kernel does not allow it (${errnoText(libc, errno)}): ` +
      "see kernel.perf_event_paranoid";
  }
  return `this processor or virtual machine has no counters (${errnoText(libc, errno)})`;
}

/**
 * Finds out which events can be counted.
 *
 * @param libc The C library.
 * @param events The events that are wanted.
 * @returns Those there are, or why there is none.
 */
export function planCounters(
  libc: Libc,
  events: readonly CounterEvent[],
): CounterPlan | { readonly unavailable: string } {
  if (libc.os !== "linux") return { unavailable: "only Linux gives them" };
  let errno = 0;
  for (const userOnly of [false, true]) {
    // What the kernel's own code must not be counted for, the program's may lack as well.
    errno = 0;
    const found = events.filter((event) => {
      const fd = openEvent(libc, event, 0, userOnly);
      if (fd < 0) errno ||= lastErrno(libc);
      else libc.c.close(fd);
      return fd >= 0;
    });
    if (found.length > 0) {
      return {
        userOnly,
        // As perf writes it.
        events: found.map((e) => userOnly ? { ...e, name: `${e.name}:u` } : e),
      };
    }
  }
  return { unavailable: reason(libc, errno) };
}

/** Counters of one process and its descendants. */
export interface OpenCounters {
  /**
   * Reads them, after the processes have ended.
   *
   * @returns Counts by name; scaled where the processor had to share a counter among events.
   */
  read(): Record<string, number>;
  /** Closes them. */
  [Symbol.dispose](): void;
}

/**
 * Attaches counters that start when a process executes its program.
 *
 * @param libc The C library.
 * @param plan What to count.
 * @param pid The process.
 * @returns The counters.
 */
export function attachCounters(libc: Libc, plan: CounterPlan, pid: number): OpenCounters {
  const open = plan.events.map((event) => ({
    name: event.name,
    fd: openEvent(libc, event, pid, plan.userOnly),
  }));
  return {
    read() {
      const counts: Record<string, number> = {};
      const bytes = cBytes(24);
      const words = new BigUint64Array(bytes.buffer);
      for (const { name, fd } of open) {
        if (fd < 0 || Number(libc.c.read(fd, bytes, 24n)) !== 24) continue;
        const [count, enabled, running] = [Number(words[0]), Number(words[1]), Number(words[2])];
        // Never scheduled means not measured.
        if (running > 0) counts[name] = Math.round(count * (enabled / running));
      }
      return counts;
    },
    [Symbol.dispose]() {
      for (const { fd } of open) if (fd >= 0) libc.c.close(fd);
    },
  };
}
