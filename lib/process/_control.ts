/** The way in which the main thread reaches the thread that measures while that one waits. */
import { makePipe } from "./_fds.ts";
import { cBytes, type Libc, openFunctions } from "./_libc.ts";
import { pollReadable } from "./_poll.ts";

/** The receiving side. */
export interface Control {
  /** Readable when there is a message. */
  readonly fd: number;
  /** Where the main thread writes. */
  readonly writeFd: number;
  /**
   * Reads the messages.
   *
   * @param id The job that runs.
   * @returns Whether one of them aborts it.
   */
  isAborted(id: number): boolean;
  /** Closes both ends. */
  [Symbol.dispose](): void;
}

/**
 * Opens the receiving side.
 *
 * @param libc The C library.
 * @returns The receiving side.
 * @throws {Error} If the system gives no pipe.
 */
export function openControl(libc: Libc): Control {
  const { ours: fd, theirs: writeFd } = makePipe(libc);
  const message = cBytes(4);
  return {
    fd,
    writeFd,
    isAborted(id) {
      let aborted = false;
      while (pollReadable(libc, [fd], 0).length > 0) {
        // Messages of four bytes are written and read whole (pipe(7)).
        if (libc.c.read(fd, message, 4n) !== 4n) break;
        aborted ||= new Uint32Array(message.buffer)[0] === id;
      }
      return aborted;
    },
    [Symbol.dispose]() {
      libc.c.close(fd);
      libc.c.close(writeFd);
    },
  };
}

/**
 * Opens the sending side, on the main thread.
 *
 * @returns What aborts a job, told the control's descriptor and the job's number; nothing happens if
 * that job has ended already. Or why there is none.
 */
export function openSender():
  | { readonly abort: (writeFd: number, id: number) => void }
  | { readonly unavailable: string } {
  const opened = openFunctions({
    write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  });
  if ("unavailable" in opened) return opened;
  return {
    abort(writeFd, id) {
      const message = cBytes(4);
      new Uint32Array(message.buffer)[0] = id;
      opened.c.write(writeFd, message, 4n);
    },
  };
}
