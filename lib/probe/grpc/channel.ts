/**
 * A connection of gRPC: HTTP/2 over a socket of our own.
 *
 * `@grpc/grpc-js` hides its socket: a name that does not exist, a port that is closed and a
 * certificate that has expired are all one status to it, and no phase can be told from another.
 * Hence the socket is connected and checked as that of all other protocols, and the few rules of
 * gRPC over HTTP/2 (doc/PROTOCOL-HTTP2.md of github.com/grpc/grpc) are written here.
 */
import { type ClientHttp2Session, connect } from "node:http2";
import type { Socket } from "node:net";
import { ProbeError } from "../error.ts";
import type { GrpcMethod } from "../protos/services.ts";
import type { Secret } from "../secret.ts";
import { connectTcp } from "../socket.ts";
import { passwordOf, userOf } from "../ssh/target.ts";
import { connectTls, nameOf } from "../tls/connect.ts";
import { describeTls } from "../tls/describe.ts";
import type { Attempt, Target } from "../types.ts";
import { type Call, startCall } from "./_call.ts";
import { h2Error } from "./_errors.ts";
import type { GrpcAccess, GrpcConnectionResult } from "./types.ts";

export type { Call } from "./_call.ts";

/** A connection on which methods can be called. */
export interface Channel {
  /** What is known of it. */
  readonly info: GrpcConnectionResult;
  /** Whether another method can be called. */
  readonly alive: boolean;
  /** Starts a call. */
  call<Request, Response>(
    method: GrpcMethod<Request, Response>,
    attempt: Attempt,
  ): Call<Request, Response>;
  /**
   * Asks once and waits for the one answer; ends `requestMs`, `firstByteMs` and `transferMs`.
   *
   * @throws {ProbeError} For every status but OK.
   */
  ask<Request, Response>(
    method: GrpcMethod<Request, Response>,
    request: Request,
    attempt: Attempt,
  ): Promise<Response>;
  /** Ends it at once. */
  close(): void;
}

/**
 * Connects; ends `resolveMs`, `connectMs` and `tlsMs`.
 *
 * @param target What to connect to.
 * @param defaultPort The port of a target that names none.
 * @param access How.
 * @param attempt The attempt.
 * @returns The channel; the caller closes it.
 * @throws {ProbeError} If it can't be made.
 */
export async function openChannel(
  target: Target,
  defaultPort: number,
  access: GrpcAccess,
  attempt: Attempt,
): Promise<Channel> {
  const { label, host } = target;
  const tcp = await connectTcp(target, defaultPort, attempt);
  const shown = host.includes(":") ? `[${host}]` : host;
  const authority = `${shown}:${target.port ?? defaultPort}`;
  if (access.plaintext) {
    const info = { weak: ["cleartext"] };
    return makeChannel(tcp, `http://${authority}`, info, target, access);
  }
  const tls = { ...access.tls, alpn: ["h2"] };
  const encrypted = await connectTls(tcp, target, tls, attempt);
  const found = describeTls(encrypted, nameOf(target, tls));
  attempt.clock.skip();
  if (encrypted.alpnProtocol !== "h2") {
    encrypted.destroy();
    throw new ProbeError("not-supported", `${label}: the peer does not offer HTTP/2 by ALPN`);
  }
  const info = { tls: found, weak: [] };
  return makeChannel(encrypted as Socket, `https://${authority}`, info, target, access);
}

function makeChannel(
  socket: Socket,
  origin: string,
  info: GrpcConnectionResult,
  target: Target,
  access: GrpcAccess,
): Channel {
  const { label } = target;
  const session: ClientHttp2Session = connect(origin, { createConnection: () => socket });
  const broken = Promise.withResolvers<never>();
  // Whoever waits for an answer is told; without a call there is nobody.
  broken.promise.catch(() => {});
  session.on("error", (error) => broken.reject(h2Error(error, label)));
  session.on("goaway", (code) => {
    if (code === 0) return;
    broken.reject(new ProbeError("protocol", `${label}: the peer went away with code ${code}`));
  });
  session.on(
    "close",
    () => broken.reject(new ProbeError("closed", `${label}: the peer closed the connection`)),
  );
  const metadata = metadataFor(target, access);
  const authenticated = Object.keys(metadata).length > 0 || access.tls.cert !== undefined;
  const { maxBytes } = access;
  const call: Channel["call"] = (method, attempt) => {
    const setup = { session, broken: broken.promise, label, metadata, authenticated, maxBytes };
    return startCall(setup, method, attempt);
  };
  return {
    info,
    get alive() {
      return !session.closed && !session.destroyed;
    },
    call,
    async ask(method, request, attempt) {
      const started = call(method, attempt);
      try {
        started.send(request);
        started.end();
        const answer = await started.next();
        if (answer === undefined) {
          throw new ProbeError("protocol", `${label}: ${method.path} ended without a message`);
        }
        // The status comes after it.
        if (await started.next() !== undefined) {
          throw new ProbeError("protocol", `${label}: ${method.path} gave more than one message`);
        }
        attempt.clock.end("transferMs");
        return answer;
      } finally {
        started.cancel();
      }
    },
    close() {
      session.destroy();
      socket.destroy();
    },
  };
}

function metadataFor(
  target: Target,
  { user, password, metadata }: GrpcAccess,
): Record<string, string> {
  const name = userOf(target) ?? user;
  const word = passwordOf(target) ?? password;
  const revealed = Object.entries(metadata).map(([name, value]) => [
    name,
    typeof value === "string" ? value : (value as Secret).reveal(),
  ]);
  return {
    ...Object.fromEntries(revealed),
    // gnmi-authentication.md of github.com/openconfig/reference, section 1.
    ...(name === undefined || word === undefined
      ? {}
      : { username: name, password: word.reveal() }),
  };
}
