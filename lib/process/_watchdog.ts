/**
 * Ends the program that is being measured when this process is killed and can't do it any more.
 *
 * Close-on-death can't be asked for from outside (`PR_SET_PDEATHSIG` only works on oneself), so a
 * shell waits on a pipe that nobody writes to: it is closed when this process ends, however it
 * ends. Which group to end stands in a piece of shared memory, so that the shell sleeps through all
 * samples. What has left the group with a session of its own is out of its reach.
 */
import { makePipe } from "./_fds.ts";
import { cBytes, cString, type Libc } from "./_libc.ts";
import { prepareSpawn } from "./_spawn_call.ts";

/** Reads until the end of its input, then the number of a group, 0 for none. */
const SCRIPT = 'read -r closed; read -r group <&3; [ "$group" -gt 0 ] && kill -KILL -"$group"';

const MFD_CLOEXEC = 1;

/** Digits of the number and a line feed. */
const RECORD_BYTES = 12;

/** A watch over one group of processes at a time. */
export interface Watchdog {
  /**
   * Says which group to end.
   *
   * @param group The group, 0 for none.
   */
  watch(group: number): void;
  /** Ends the watch. */
  [Symbol.dispose](): void;
}

/**
 * Starts the watch (Linux).
 *
 * @param libc The C library.
 * @param shell A POSIX shell.
 * @param inherited Descriptors that it must not inherit.
 * @returns The watch, `undefined` if the system refuses one of its parts.
 */
export function startWatchdog(
  libc: Libc,
  shell: string,
  inherited: readonly number[],
): Watchdog | undefined {
  const { c } = libc;
  const memory = c.memfd_create!(cString("versus-group"), MFD_CLOEXEC);
  if (memory < 0) return undefined;
  const { ours: read, theirs: write } = makePipe(libc);
  const encoder = new TextEncoder();
  function watch(group: number): void {
    // `pwrite` leaves the place alone that the shell reads from.
    const record = encoder.encode(`${String(group).padStart(RECORD_BYTES - 1)}\n`);
    c.pwrite!(memory, record, BigInt(RECORD_BYTES), 0n);
  }
  watch(0);
  const quiet = { write: "/dev/null" };
  using spawn = prepareSpawn(libc, {
    path: shell,
    argv: [shell, "-c", SCRIPT],
    env: [],
    cwd: "/",
    fds: [{ fd: read }, quiet, quiet, { fd: memory }],
    close: inherited,
  });
  const failed = spawn.start() !== 0;
  c.close(read);
  if (failed) {
    c.close(write);
    c.close(memory);
    return undefined;
  }
  const pid = spawn.pid();
  return {
    watch,
    [Symbol.dispose]() {
      watch(0);
      c.close(write);
      c.wait4(pid, cBytes(4), 0, null);
      c.close(memory);
    },
  };
}
