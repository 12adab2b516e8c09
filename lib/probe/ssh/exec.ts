/** Runs a command on a channel of its own. */
import { Buffer } from "node:buffer";
import type ssh2 from "./_ssh2.ts";
import { ProbeError } from "../error.ts";
import { redact } from "../secret.ts";
import type { Attempt } from "../types.ts";
import type { SshSession } from "./session.ts";
import type { CommandResult } from "./types.ts";

/** What a stream has sent; only its beginning is kept. */
interface Kept {
  readonly chunks: Buffer[];
  bytes: number;
}

/**
 * Opens a channel; ends `channelMs`.
 *
 * @param session The session.
 * @param attempt The attempt.
 * @param what What it is for, for messages.
 * @param open Asks ssh2 for it.
 * @param attach Listens to it, before anything can happen on it: with the news that it is open may
 * come all that there is, its end too.
 * @returns What `attach` returns.
 * @throws {ProbeError} `remote-error` if the server opens no channel, `not-supported` if the channel
 * can't be used for that, and those of the session.
 */
export async function openChannel<Attached>(
  session: SshSession,
  attempt: Attempt,
  what: string,
  open: (done: (error: Error | undefined, channel: ssh2.ClientChannel) => void) => void,
  attach: (channel: ssh2.ClientChannel) => Attached,
): Promise<Attached> {
  return await session.during<Attached>(attempt, (resolve, reject) => {
    const done = (error: Error | undefined, channel: ssh2.ClientChannel) => {
      if (error === undefined) {
        attempt.clock.end("channelMs");
        return resolve(attach(channel));
      }
      // A session that has ended says so itself, a moment later.
      if (/No response from server/.test(error.message)) return;
      const code = /Channel open failure/.test(error.message) ? "remote-error" : "not-supported";
      reject(new ProbeError(code, `The server refused ${what}: ${error.message}`));
    };
    try {
      open(done);
    } catch (error) {
      // ssh2 throws where the other side has hung up already.
      const said = `The connection was closed after authentication, before ${what} was asked for`;
      reject(new ProbeError("closed", said, error));
    }
  });
}

/**
 * Runs a command; ends `channelMs`, `firstByteMs` and `transferMs`.
 *
 * @param session A session that is logged in.
 * @param command The command, as the server's shell takes it.
 * @param maxBytes How much of each stream is kept.
 * @param attempt The attempt.
 * @returns How it ended.
 * @throws {ProbeError} If it did not come to its end; that it failed is for the caller.
 */
export async function runCommand(
  session: SshSession,
  command: string,
  maxBytes: number,
  attempt: Attempt,
): Promise<CommandResult> {
  const stdout: Kept = { chunks: [], bytes: 0 };
  const stderr: Kept = { chunks: [], bytes: 0 };
  let exitCode: number | undefined;
  let signal: string | undefined;
  let begun = false;
  const begin = () => {
    if (!begun) attempt.clock.end("firstByteMs");
    begun = true;
  };
  const keep = (kept: Kept) => (chunk: Buffer) => {
    begin();
    if (kept.bytes < maxBytes) kept.chunks.push(chunk.subarray(0, maxBytes - kept.bytes));
    kept.bytes += chunk.length;
  };
  const closed = Promise.withResolvers<void>();
  await openChannel(
    session,
    attempt,
    "a command",
    (done) => void session.client.exec(command, done),
    (channel) => {
      channel.on("data", keep(stdout));
      channel.stderr.on("data", keep(stderr));
      channel.on("exit", (code: number | null, name?: string) => {
        begin();
        if (code !== null) exitCode = code;
        if (name !== undefined) signal = name;
      });
      channel.on("close", () => closed.resolve());
      // Nothing is sent to the command: it sees the end of its input.
      channel.end();
    },
  );
  await session.during<void>(attempt, (resolve) => void closed.promise.then(resolve));
  attempt.clock.end("transferMs");
  return {
    command: redact(command),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(signal === undefined ? {} : { signal }),
    stdout: textOf(stdout),
    stderr: textOf(stderr),
    stdoutBytes: stdout.bytes,
    stderrBytes: stderr.bytes,
    truncated: stdout.bytes > maxBytes || stderr.bytes > maxBytes,
  };
}

function textOf({ chunks }: Kept): string {
  return redact(Buffer.concat(chunks).toString("utf8"));
}
