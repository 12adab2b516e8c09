/** Connects to the origin of a URL. */
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { ProbeError } from "../error.ts";
import type { TlsResult } from "../results.ts";
import { connectTcp } from "../socket.ts";
import { connectTls, nameOf } from "../tls/connect.ts";
import { describeTls } from "../tls/describe.ts";
import type { TlsOptions } from "../tls/types.ts";
import type { Attempt, Target } from "../types.ts";
import { openH1 } from "./_h1.ts";
import { openH2 } from "./_h2.ts";
import type { HttpConnection, HttpOptions } from "./types.ts";

/** A connection to one origin, with what TLS found. */
export interface OriginConnection extends HttpConnection {
  readonly tls?: TlsResult;
}

/**
 * Connects to the origin of a URL; ends `resolveMs`, `connectMs` and `tlsMs`.
 *
 * @param url `http` or `https`.
 * @param target Its first origin may be connected to by an address of an inventory.
 * @param options Version and TLS.
 * @param attempt The attempt.
 * @returns The connection.
 * @throws {ProbeError} If it can't be made.
 */
export async function openOrigin(
  url: URL,
  target: Target,
  options: HttpOptions,
  attempt: Attempt,
): Promise<OriginConnection> {
  const { label } = target;
  if (url.protocol !== "https:") {
    const socket = await connectTcp(target, 80, attempt);
    return options.version === "2" ? openH2(socket, url.origin, label) : openH1(socket, label);
  }
  const socket = await connectTcp(target, 443, attempt);
  const tls = tlsOptions(url, options);
  const encrypted = await connectTls(socket, target, tls, attempt);
  const found = describeTls(encrypted, nameOf(target, tls));
  attempt.clock.skip();
  return { ...open(encrypted, url, options, label), tls: found };
}

function tlsOptions(url: URL, { version, tls }: HttpOptions): TlsOptions {
  const alpn = { "auto": ["h2", "http/1.1"], "1.1": ["http/1.1"], "2": ["h2"] }[version];
  const serverName = tls.serverName ?? url.hostname.replace(/^\[(.*)\]$/, "$1");
  return { ...tls, alpn, serverName };
}

function open(
  encrypted: TLSSocket,
  { origin }: URL,
  { version }: HttpOptions,
  label: string,
): HttpConnection {
  const socket = encrypted as Socket;
  if (encrypted.alpnProtocol === "h2") return openH2(socket, origin, label);
  if (version === "2") {
    socket.destroy();
    throw new ProbeError("not-supported", `${label}: the peer does not offer HTTP/2 by ALPN`);
  }
  return openH1(socket, label);
}
