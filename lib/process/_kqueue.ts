/** Waits for a process and for input on macOS, with kqueue(2). */
import { systemError } from "./_fds.ts";
import { cBytes, type Libc } from "./_libc.ts";
import { type Ready, toTimeout, type Waiter } from "./_waiter_types.ts";

const KEVENT_BYTES = 32;
const EVFILT_READ = -1;
const EVFILT_PROC = -5;
const EV_ADD = 1;
const EV_ERROR = 0x4000;
const NOTE_EXIT = 0x80000000;

/**
 * Opens a wait for a process.
 *
 * @param libc The C library.
 * @param pid The process.
 * @returns The wait.
 * @throws {Error} If the system can't watch it.
 */
export function kqueueWaiter(libc: Libc, pid: number): Waiter {
  const { c } = libc;
  const queue = c.kqueue!();
  if (queue < 0) throw systemError(libc, "kqueue");
  const ready: Ready = { exited: false, fds: [] };
  return {
    wait(fds, timeoutMs) {
      const watched = fds.filter((fd) => fd >= 0);
      const changes = new DataView(cBytes(KEVENT_BYTES * (watched.length + 1)).buffer);
      const put = (index: number, ident: number, filter: number, note: number) => {
        const at = index * KEVENT_BYTES;
        changes.setBigUint64(at, BigInt(ident), true);
        changes.setInt16(at + 8, filter, true);
        changes.setUint16(at + 10, EV_ADD, true);
        changes.setUint32(at + 12, note, true);
      };
      put(0, pid, EVFILT_PROC, NOTE_EXIT);
      for (const [index, fd] of watched.entries()) put(index + 1, fd, EVFILT_READ, 0);
      const events = cBytes(KEVENT_BYTES * 8);
      const limit = toTimeout(timeoutMs);
      const time = new BigInt64Array(2);
      time[0] = BigInt(Math.floor(limit / 1000));
      time[1] = BigInt((limit % 1000) * 1e6);
      const count = c.kevent!(
        queue,
        new Uint8Array(changes.buffer),
        watched.length + 1,
        events,
        8,
        limit < 0 ? null : new Uint8Array(time.buffer),
      );
      ready.fds.length = 0;
      ready.exited = false;
      const view = new DataView(events.buffer);
      for (let i = 0; i < count; i++) {
        const ident = Number(view.getBigUint64(i * KEVENT_BYTES, true));
        const isProcess = view.getInt16(i * KEVENT_BYTES + 8, true) === EVFILT_PROC;
        // A process that has ended already can't be watched any more: an error, and the answer.
        if (isProcess) ready.exited = true;
        else if ((view.getUint16(i * KEVENT_BYTES + 10, true) & EV_ERROR) === 0) {
          ready.fds.push(fds.indexOf(ident));
        }
      }
      return ready;
    },
    [Symbol.dispose]: () => void c.close(queue),
  };
}
