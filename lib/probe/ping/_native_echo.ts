/** Echo requests over the system's sockets. */
import { isIPv6 } from "node:net";
import { nativeError, type NativeSocket, nativeSockets } from "../_native.ts";
import { ProbeError } from "../error.ts";
import type { PingResult } from "../results.ts";
import type { Attempt, Target } from "../types.ts";
import { type Echo, encodeEcho, readAnswer } from "./icmp.ts";

const ICMP = 1;
const ICMPV6 = 58;

/** A socket that echo requests can be sent on. */
export interface EchoSocket {
  readonly method: "icmp-datagram" | "icmp-raw";
  /** Sends one and waits for its answer; ends `firstByteMs`. */
  ping(size: number, attempt: Attempt): Promise<PingResult>;
  close(): void;
}

/**
 * Opens a socket for echo requests.
 *
 * @param method Datagram sockets are for everybody where the system allows it, raw ones for root.
 * @param address Whom to.
 * @param target For messages.
 * @returns The socket; nothing if the system does not give it.
 */
export function openEcho(
  method: EchoSocket["method"],
  address: string,
  target: Target,
): EchoSocket | undefined {
  const v6 = isIPv6(address);
  const kind = method === "icmp-raw" ? "raw" : "datagram";
  const socket = nativeSockets()?.open(kind, v6 ? ICMPV6 : ICMP, address);
  if (socket === undefined) return undefined;
  const id = crypto.getRandomValues(new Uint16Array(1))[0]!;
  let sequence = 0;
  return {
    method,
    async ping(size, attempt) {
      sequence = (sequence + 1) & 0xffff;
      const payload = crypto.getRandomValues(new Uint8Array(size));
      const echo: Echo = { version: v6 ? 6 : 4, id, sequence, payload };
      const found = await exchange(socket, echo, kind === "raw", target, attempt);
      attempt.clock.end("firstByteMs");
      return { address, method, ...found };
    },
    close: socket.close,
  };
}

async function exchange(
  socket: NativeSocket,
  echo: Echo,
  raw: boolean,
  { label }: Target,
  attempt: Attempt,
): Promise<{ bytes: number; ttl?: number }> {
  // The request is written before the clock of the answer starts.
  const request = encodeEcho(echo);
  attempt.clock.skip();
  const sent = socket.send(request);
  if (!sent) throw nativeError(socket.error(), label);
  attempt.clock.end("requestMs");
  while (true) {
    await socket.ready(attempt.signal);
    const error = socket.error();
    if (error !== 0) throw nativeError(error, label);
    for (let bytes = socket.receive(); bytes !== undefined; bytes = socket.receive()) {
      const answer = readAnswer(bytes, echo, raw);
      if (answer.kind === "unreachable") {
        throw new ProbeError("unreachable", `${label}: ${answer.reason}`);
      }
      if (answer.kind === "reply") {
        const { bytes, ttl } = answer;
        return { bytes, ...(ttl === undefined ? {} : { ttl }) };
      }
    }
  }
}
