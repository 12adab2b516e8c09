/** A terminal over SSH, for scripts. */
import { Buffer } from "node:buffer";
import { StringDecoder } from "node:string_decoder";
import { createInbox, type Terminal } from "../script/terminal.ts";
import type { Attempt } from "../types.ts";
import { openChannel } from "./exec.ts";
import type { SshSession } from "./session.ts";

/** A screen wide enough that no device wraps what it is sent. */
const SCREEN = { term: "vt100", rows: 1000, cols: 511, width: 0, height: 0 };

/** A terminal that is closed when it is disposed. */
export type ShellTerminal = Terminal & Disposable;

/**
 * Opens a shell with a terminal; ends `channelMs`.
 *
 * @param session A session that is logged in.
 * @param attempt The attempt.
 * @returns The terminal.
 * @throws {ProbeError} If the server gives none.
 */
export async function openShell(session: SshSession, attempt: Attempt): Promise<ShellTerminal> {
  return await openChannel(
    session,
    attempt,
    "a shell",
    (done) => void session.client.shell(SCREEN, done),
    (channel) => {
      const inbox = createInbox();
      const decoder = new StringDecoder("utf8");
      channel.on("data", (chunk: Buffer) => inbox.push(decoder.write(chunk)));
      channel.stderr.on("data", (chunk: Buffer) => inbox.push(chunk.toString("utf8")));
      channel.on("close", () => inbox.end());
      return {
        write: (text) => void channel.write(Buffer.from(text)),
        read: (signal) => inbox.read(signal),
        [Symbol.dispose]: () => void channel.close(),
      };
    },
  );
}
