/** TLS: versions, cipher, ALPN, certificates and how long they are valid. */
import type { TLSSocket } from "node:tls";
import type { TlsResult } from "../results.ts";
import { connectTcp, withinAttempt } from "../socket.ts";
import { toTlsError } from "../tls/_errors.ts";
import { connectTls, failureOf, nameOf } from "../tls/connect.ts";
import { warmUpTls } from "../tls/warm_up.ts";
import { describeTls } from "../tls/describe.ts";
import type { TlsOptions } from "../tls/types.ts";
import { offeredVersions } from "../tls/versions.ts";
import type { Attempt, Protocol, Target } from "../types.ts";

/** What a TLS probe may be asked. */
export interface TlsProbeOptions extends TlsOptions {
  /** Whether to find out all versions that the peer takes, on connections of their own. */
  readonly allVersions?: boolean;
}

const DEFAULT_PORT = 443;
/** How long an answer to our side of the handshake is waited for, beyond a few round trips. */
const SETTLE_MS = 25;

/** TLS over TCP. */
export const tls: Protocol<TlsProbeOptions, TlsResult> = {
  name: "tls",
  title: "Make a TLS handshake; check the certificate",
  defaultPort: DEFAULT_PORT,
  prepare: warmUpTls,
  async open(target, options, attempt) {
    const socket = await connectTcp(target, DEFAULT_PORT, attempt);
    const roundTripMs = attempt.clock.phases.connectMs ?? 0;
    const encrypted = await connectTls(socket, target, options, attempt);
    return {
      reusable: false,
      async request(attempt) {
        // Now, as the peer may be gone by the time that it has answered.
        const result = describeTls(encrypted, nameOf(target, options));
        attempt.clock.skip();
        await untilAccepted(encrypted, target, roundTripMs, attempt);
        if (options.allVersions !== true) return result;
        // Some servers serve one connection at a time.
        encrypted.destroy();
        return { ...result, versions: await offeredVersions(target, DEFAULT_PORT, attempt) };
      },
      [Symbol.asyncDispose]() {
        encrypted.destroy();
        return Promise.resolve();
      },
    };
  },
};

/**
 * Waits for what a peer says to our side of the handshake. With TLS 1.3 a handshake is over for us
 * before the peer has seen our certificate, or that we have none: its refusal comes a round trip
 * later, where a session ticket comes otherwise. That time is no part of any phase.
 */
async function untilAccepted(
  socket: TLSSocket,
  { label }: Target,
  roundTripMs: number,
  attempt: Attempt,
): Promise<void> {
  if (socket.getProtocol() !== "TLSv1.3") return;
  await withinAttempt<void>(attempt, (resolve, reject) => {
    const stop = () => clearTimeout(timer);
    const settle = () => {
      stop();
      const failure = failureOf(socket);
      if (failure === undefined) resolve();
      else reject(toTlsError(failure, label));
    };
    const timer = setTimeout(settle, SETTLE_MS + 3 * roundTripMs);
    for (const event of ["session", "data", "close", "error"]) socket.once(event, settle);
    // It may have come together with the end of the handshake.
    if (failureOf(socket) !== undefined || socket.destroyed) settle();
    return stop;
  });
  attempt.clock.skip();
}
