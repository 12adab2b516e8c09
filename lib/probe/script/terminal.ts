/** A terminal on a device, whatever it is reached by. */
import type { ProbeError } from "../error.ts";

/** What a dialogue needs of a connection. */
export interface Terminal {
  /** Sends text as it is. */
  write(text: string): void;
  /**
   * Waits for the next output.
   *
   * @param signal Ends the wait.
   * @returns What came since the last call; nothing when the device has closed the terminal.
   * @throws The signal's reason, or what the connection failed with.
   */
  read(signal: AbortSignal): Promise<string | undefined>;
}

/** Collects what comes until somebody reads it. */
export interface Inbox {
  /** Something came. */
  push(text: string): void;
  /** Nothing more will come; with an error if that is not as it should be. */
  end(error?: ProbeError): void;
  /** See {@linkcode Terminal.read}. */
  read(signal: AbortSignal): Promise<string | undefined>;
}

/** Makes an inbox. */
export function createInbox(): Inbox {
  let waiting = "";
  let ended = false;
  let failure: ProbeError | undefined;
  let wake = () => {};
  return {
    push(text) {
      waiting += text;
      wake();
    },
    end(error) {
      ended = true;
      failure ??= error;
      wake();
    },
    async read(signal) {
      while (waiting === "") {
        signal.throwIfAborted();
        if (failure !== undefined) throw failure;
        if (ended) return undefined;
        await new Promise<void>((resolve) => {
          const done = () => {
            signal.removeEventListener("abort", done);
            resolve();
          };
          wake = done;
          signal.addEventListener("abort", done, { once: true });
        });
      }
      const text = waiting;
      waiting = "";
      return text;
    },
  };
}
