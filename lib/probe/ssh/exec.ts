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
 * @returns The channel.
 * @throws {ProbeError} `not-supported` if the server refuses it, and those of the session.
 */
export async function openChannel(
  session: SshSession,
  attempt: Attempt,
  what: string,
  open: (done: (error: Error | undefined, channel: ssh2.ClientChannel) => void) => void,
): Promise<ssh2.ClientChannel> {
  const channel = await session.during<ssh2.ClientChannel>(attempt, (resolve, reject) => {
    open((error, channel) => {
      if (error === undefined) resolve(channel);
      // A session that has ended says so itself, a moment later.
      else if (!/No response from server/.test(error.message)) {
        reject(new ProbeError("not-supported", `The server refused ${what}: ${error.message}`));
      }
    });
  });
  attempt.clock.end("channelMs");
  return channel;
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
  const channel = await openChannel(
    session,
    attempt,
    "to run a command",
    (done) => void session.client.exec(command, done),
  );
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
  await session.during<void>(attempt, (resolve) => {
    channel.on("data", keep(stdout));
    channel.stderr.on("data", keep(stderr));
    channel.on("exit", (code: number | null, name?: string) => {
      begin();
      if (code !== null) exitCode = code;
      if (name !== undefined) signal = name;
    });
    channel.on("close", () => resolve());
    // Nothing is sent to the command: it sees the end of its input.
    channel.end();
  });
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
