/**
 * TLS over a connected socket.
 *
 * The handshake is always made without the runtime's own check, which would name an expired
 * certificate like an unknown one; `authorized` is looked at before anything is sent.
 */
import { isIP, type Socket } from "node:net";
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { ProbeError } from "../error.ts";
import { withinAttempt } from "../socket.ts";
import type { Attempt, Target } from "../types.ts";
import { toTlsError } from "./_errors.ts";
import { problemOf } from "./_verify.ts";
import type { TlsOptions } from "./types.ts";

/**
 * Makes a handshake; ends `tlsMs`.
 *
 * @param socket Connected; it is destroyed when this fails.
 * @param target What it is connected to.
 * @param options How.
 * @param attempt The attempt.
 * @returns The encrypted socket, its peer checked unless `verify` is off.
 * @throws {ProbeError} One of the codes that begin with `tls-`, `reset`, `timeout`.
 */
export async function connectTls(
  socket: Socket,
  target: Target,
  options: TlsOptions,
  attempt: Attempt,
): Promise<TLSSocket> {
  try {
    const encrypted = await handshake(socket, target, options, attempt);
    attempt.clock.end("tlsMs");
    const problem = problemOf(encrypted, nameOf(target, options));
    if (problem !== undefined && options.verify) {
      encrypted.destroy();
      throw new ProbeError(problem.code, `${target.label}: ${problem.message}`);
    }
    return encrypted;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** The runtime keeps no error on the socket, and emits one before anybody may listen again. */
const failures = new WeakMap<TLSSocket, Error>();

/**
 * Tells what a connection has failed with since its handshake.
 *
 * @param socket Made by {@linkcode connectTls}.
 * @returns The error; nothing if there was none.
 */
export function failureOf(socket: TLSSocket): Error | undefined {
  return failures.get(socket);
}

/**
 * Says which name a peer's certificate has to be for.
 *
 * @param target What is connected to.
 * @param options May name another.
 * @returns A name or an address.
 */
export function nameOf(target: Target, options: TlsOptions): string {
  return options.serverName ?? target.host;
}

function handshake(
  socket: Socket,
  target: Target,
  options: TlsOptions,
  attempt: Attempt,
): Promise<TLSSocket> {
  return withinAttempt<TLSSocket>(attempt, (resolve, reject) => {
    const encrypted = connect({ ...connectionOptions(target, options), socket });
    encrypted.on("error", (error) => {
      failures.set(encrypted, error);
      reject(toTlsError(error, target.label));
    });
    encrypted.once(
      "close",
      () => reject(new ProbeError("closed", `${target.label}: closed during the TLS handshake`)),
    );
    encrypted.once("secureConnect", () => resolve(encrypted));
    return () => encrypted.destroy();
  });
}

function connectionOptions(target: Target, options: TlsOptions): ConnectionOptions {
  const { ca, cert, key, alpn, minVersion, maxVersion } = options;
  const name = nameOf(target, options);
  return {
    rejectUnauthorized: false,
    // Both, since a name that is missing here would not be checked; an address is never asked for.
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key: key.reveal() }),
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
  };
}
