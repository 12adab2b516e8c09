/** TCP: whether a port accepts, and optionally what it says first. */
import type { Socket } from "node:net";
import { ProbeError } from "../error.ts";
import type { TcpResult } from "../results.ts";
import { nativeSockets } from "../_native.ts";
import { connectTcp, overAddresses, toProbeError, withinAttempt } from "../socket.ts";
import type { Attempt, Connection, Protocol, Target } from "../types.ts";

/** What a TCP probe may be asked. */
export interface TcpOptions {
  /** Whether to wait for what the peer says first. */
  readonly banner: boolean;
}

/** How much of a banner is read. */
export const MAX_BANNER = 1024;

/** TCP: connects, and reads a banner if it is asked to. */
export const tcp: Protocol<TcpOptions, TcpResult> = {
  name: "tcp",
  title: "Connect to a TCP port; optionally read its banner",
  async open(target, options, attempt) {
    if (target.port === undefined) {
      throw new ProbeError("protocol", `${target.label}: a TCP probe needs a port, as in r1:22`);
    }
    if (!options.banner) {
      const result = await knock(target, target.port, attempt);
      if (result !== undefined) return answered(result);
    }
    const socket = await connectTcp(target, target.port, attempt);
    return {
      reusable: false,
      async request(attempt) {
        const found = { address: socket.remoteAddress ?? target.host, port: target.port! };
        if (!options.banner) return found;
        return { ...found, banner: await readBanner(socket, target, attempt) };
      },
      [Symbol.asyncDispose]() {
        socket.destroy();
        return Promise.resolve();
      },
    };
  },
};

/**
 * Connects through the system itself, which costs a fraction of the runtime's socket: with many targets
 * the time of our own would else be counted as theirs. Ends `resolveMs` and `connectMs`.
 */
async function knock(
  target: Target,
  port: number,
  attempt: Attempt,
): Promise<TcpResult | undefined> {
  const native = nativeSockets();
  if (native?.knock === undefined) return undefined;
  return await overAddresses(target.host, attempt, async (address) => {
    // An address with a zone needs the number of its interface.
    if (address.includes("%")) return undefined;
    const to = { address, port, label: target.label };
    const told = await native.knock!(to, attempt.signal, () => attempt.clock.end("connectMs"));
    return told ? { address, port } : undefined;
  });
}

function answered(result: TcpResult): Connection<TcpResult> {
  return {
    reusable: false,
    request: () => Promise.resolve(result),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Reads until the first line feed, or as much as a banner may be. */
function readBanner(socket: Socket, target: Target, attempt: Attempt): Promise<string> {
  return withinAttempt<string>(attempt, (resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const finish = () => {
      attempt.clock.end("bannerMs");
      resolve(firstLine(chunks));
    };
    socket.on("data", (chunk: Uint8Array) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MAX_BANNER || chunk.includes(10)) finish();
    });
    socket.on("error", (error) => reject(toProbeError(error, target.label, "reset")));
    socket.on("close", () => {
      if (length > 0) finish();
      else reject(new ProbeError("closed", `${target.label}: closed without a banner`));
    });
    return () => socket.destroy();
  });
}

function firstLine(chunks: readonly Uint8Array[]): string {
  const bytes = new Uint8Array(MAX_BANNER);
  let length = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, MAX_BANNER - length);
    bytes.set(part, length);
    length += part.length;
  }
  const text = new TextDecoder().decode(bytes.subarray(0, length));
  return text.split("\n", 1)[0]!.replace(/\r$/, "");
}
