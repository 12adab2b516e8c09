/** A NETCONF session over SSH (RFC 6242). */
import type { Buffer } from "node:buffer";
import type ssh2 from "../ssh/_ssh2.ts";
import { ProbeError } from "../error.ts";
import { toProbeError } from "../socket.ts";
import { openChannel } from "../ssh/exec.ts";
import { openSession, type SshSession } from "../ssh/session.ts";
import type { SshAccess } from "../ssh/types.ts";
import type { Attempt, Target } from "../types.ts";
import {
  asChunk,
  createChunkDecoder,
  createEndOfMessageDecoder,
  endOfMessage,
  type FrameDecoder,
} from "./framing.ts";
import { clientHello, commonBase, type Hello, readHello, writeClose } from "./messages.ts";

/** NETCONF's port. */
export const NETCONF_PORT = 830;

/** A NETCONF session. */
export interface NetconfSession extends AsyncDisposable {
  /** The session that carries it. */
  readonly ssh: SshSession;
  /** What the server said first. */
  readonly hello: Hello;
  /** The framing. */
  readonly base: "1.0" | "1.1";
  /** Whether another request can be sent. */
  readonly alive: boolean;
  /**
   * Sends a message and waits for the next one; ends `firstByteMs` and `transferMs`.
   *
   * @throws {ProbeError} Those of the framing and the session.
   */
  ask(message: string, attempt: Attempt): Promise<string>;
}

/**
 * Opens a session; ends the phases of SSH, and `channelMs` with the server's hello.
 *
 * @param target The server.
 * @param access Who logs in, whom to trust.
 * @param maxBytes How large a message may be.
 * @param attempt The attempt.
 * @throws {ProbeError} If it does not get there; `not-supported` if the server has no NETCONF.
 */
export async function openNetconf(
  target: Target,
  access: SshAccess,
  maxBytes: number,
  attempt: Attempt,
): Promise<NetconfSession> {
  const ssh = await openSession({ port: NETCONF_PORT, ...target }, access, attempt);
  try {
    const { greeted } = await openChannel(
      ssh,
      attempt,
      "NETCONF",
      (done) => void ssh.client.subsys("netconf", done),
      (channel) => ({ greeted: greet(ssh, channel, maxBytes, attempt) }),
    );
    return await greeted;
  } catch (error) {
    await ssh[Symbol.asyncDispose]();
    throw error;
  }
}

/** Who waits for a message. */
interface Waiter {
  resolve(message: string): void;
  reject(error: unknown): void;
  begun(): void;
}

async function greet(
  ssh: SshSession,
  channel: ssh2.ClientChannel,
  maxBytes: number,
  attempt: Attempt,
): Promise<NetconfSession> {
  let decoder: FrameDecoder = createEndOfMessageDecoder(maxBytes);
  let failure: ProbeError | undefined;
  let waiter: Waiter | undefined;
  let early: string[] = [];
  let said = "";

  function fail(error: ProbeError): void {
    failure ??= error;
    waiter?.reject(failure);
  }
  function deliver(messages: readonly string[]): void {
    early.push(...messages);
    if (waiter === undefined || early.length === 0) return;
    const { resolve } = waiter;
    waiter = undefined;
    resolve(early.shift()!);
  }
  channel.on("data", (chunk: Buffer) => {
    waiter?.begun();
    try {
      deliver(decoder.push(chunk));
    } catch (error) {
      fail(toProbeError(error, "NETCONF"));
      channel.close();
    }
  });
  channel.stderr.on("data", (chunk: Buffer) => said = (said + chunk.toString()).slice(0, 300));
  channel.on("close", () => {
    const why = said.trim() === "" ? "" : `; it said: ${said.trim()}`;
    fail(new ProbeError("closed", `The server closed the NETCONF session${why}`));
  });
  const next = (attempt: Attempt, begun: () => void) =>
    ssh.during<string>(attempt, (resolve, reject) => {
      if (failure !== undefined) return reject(failure);
      waiter = { resolve, reject, begun };
      deliver([]);
    }).finally(() => waiter = undefined);

  // Both sides say hello at once (RFC 6241, section 8.1). Nothing else is sent before the server's
  // is here: some servers hang when a request follows in the same segment.
  channel.write(endOfMessage(clientHello()));
  const hello = readHello(await next(attempt, () => {}));
  const base = commonBase(hello);
  if (base === "1.1") {
    const rest = decoder.rest();
    decoder = createChunkDecoder(maxBytes);
    early = decoder.push(rest);
  }
  attempt.clock.end("channelMs");
  const frame = base === "1.1" ? asChunk : endOfMessage;
  return {
    ssh,
    hello,
    base,
    get alive() {
      return failure === undefined && ssh.alive;
    },
    async ask(message, attempt) {
      channel.write(frame(message));
      let begun = false;
      const reply = await next(attempt, () => {
        if (!begun) attempt.clock.end("firstByteMs");
        begun = true;
      });
      attempt.clock.end("transferMs");
      return reply;
    },
    async [Symbol.asyncDispose]() {
      if (failure === undefined && ssh.alive) channel.end(frame(writeClose(0)));
      await ssh[Symbol.asyncDispose]();
    },
  };
}
