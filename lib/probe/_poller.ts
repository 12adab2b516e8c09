/** Waits for many sockets at once. */
import type { Functions } from "./_native_calls.ts";

/** There is something to receive, or an error. */
export const POLLIN = 1;
/** Something can be sent: a connection was made, or an error. */
export const POLLOUT = 4;

/** Waits for sockets. */
export interface Poller {
  /** Waits until a descriptor has something or an error; rejects with the signal's reason. */
  wait(fd: number, events: number, signal: AbortSignal): Promise<void>;
}

const POLLFD_BYTES = 8;

/**
 * Makes a poller: all sockets are waited for by one `poll` in a thread of its own, which a pipe wakes when
 * another one is to be waited for.
 *
 * @param c The C library.
 * @returns The poller.
 */
export function createPoller(c: Functions): Poller {
  const waiting = new Map<number, { readonly events: number; readonly ready: () => void }>();
  let wake: { readonly from: number; readonly to: number } | undefined;
  let running = false;
  let asleep = false;

  function pipe() {
    const ends = new Int32Array(2);
    if (c.pipe(new Uint8Array(ends.buffer)) !== 0) throw new Error("The system gives no pipe");
    return { from: ends[0]!, to: ends[1]! };
  }
  function nudge(): void {
    if (asleep && wake !== undefined) c.write(wake.to, new Uint8Array(1), 1n);
    asleep = false;
  }
  async function run(): Promise<void> {
    running = true;
    wake ??= pipe();
    while (waiting.size > 0) {
      const entries = [...waiting];
      const fds = [wake.from, ...entries.map(([fd]) => fd)];
      const bytes = new Uint8Array(new ArrayBuffer(fds.length * POLLFD_BYTES));
      const view = new DataView(bytes.buffer);
      fds.forEach((fd, i) => {
        view.setInt32(i * POLLFD_BYTES, fd, true);
        view.setInt16(i * POLLFD_BYTES + 4, entries[i - 1]?.[1].events ?? POLLIN, true);
      });
      asleep = true;
      await c.poll(bytes, BigInt(fds.length), -1);
      asleep = false;
      fds.forEach((fd, i) => {
        if (view.getInt16(i * POLLFD_BYTES + 6, true) === 0) return;
        if (fd === wake!.from) c.read(fd, new Uint8Array(64), 64n);
        else {
          const entry = entries[i - 1]![1];
          // The number may be another socket's by now.
          if (waiting.get(fd) !== entry) return;
          waiting.delete(fd);
          entry.ready();
        }
      });
    }
    running = false;
  }
  return {
    wait(fd, events, signal) {
      // A neighbour often answers before one has looked away; the thread costs more than that.
      if (c.pollNow(entryOf(fd, events), 1n, 0) > 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const abort = () => {
          waiting.delete(fd);
          nudge();
          reject(signal.reason);
        };
        if (signal.aborted) return reject(signal.reason);
        signal.addEventListener("abort", abort, { once: true });
        const ready = () => {
          signal.removeEventListener("abort", abort);
          resolve();
        };
        waiting.set(fd, { events, ready });
        nudge();
        if (!running) run().catch(reject);
      });
    },
  };
}

/** `struct pollfd` */
function entryOf(fd: number, events: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(new ArrayBuffer(POLLFD_BYTES));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, fd, true);
  view.setInt16(4, events, true);
  return bytes;
}
