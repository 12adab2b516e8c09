/** Which versions of TLS a peer accepts. */
import { isIP, type Socket } from "node:net";
import { ProbeError } from "../error.ts";
import type { TlsResult } from "../results.ts";
import { startPhases } from "../phases.ts";
import { connectTcp, toProbeError, withinAttempt } from "../socket.ts";
import type { Attempt, Target } from "../types.ts";
import { clientHello, type HelloVersion, readHello, VERSIONS } from "./hello.ts";

/** RFC 7568 ends SSL 3.0, RFC 8996 ends TLS 1.0 and 1.1. */
const WEAK: readonly HelloVersion[] = ["SSLv3", "TLSv1", "TLSv1.1"];

/**
 * Offers a peer each version alone, on a connection of its own.
 *
 * @param target The peer.
 * @param defaultPort Its port, if it names none.
 * @param attempt Its signal is the limit; the time is no part of its phases.
 * @returns Each version, the oldest first.
 * @throws {ProbeError} If the peer can't be connected to any more.
 */
export async function offeredVersions(
  target: Target,
  defaultPort: number,
  attempt: Attempt,
): Promise<NonNullable<TlsResult["versions"]>> {
  const own: Attempt = { ...attempt, clock: startPhases() };
  const versions: NonNullable<TlsResult["versions"]> = [];
  for (const version of Object.keys(VERSIONS) as HelloVersion[]) {
    const socket = await connectTcp(target, defaultPort, own);
    try {
      const accepted = await accepts(socket, version, target, own);
      versions.push({ version, accepted, weak: WEAK.includes(version) });
    } finally {
      socket.destroy();
    }
  }
  attempt.clock.skip();
  return versions;
}

function accepts(
  socket: Socket,
  version: HelloVersion,
  { host, label }: Target,
  attempt: Attempt,
): Promise<boolean> {
  return withinAttempt<boolean>(attempt, (resolve, reject) => {
    let bytes = new Uint8Array();
    socket.on("data", (chunk: Uint8Array) => {
      const joined = new Uint8Array(bytes.length + chunk.length);
      joined.set(bytes);
      joined.set(chunk, bytes.length);
      bytes = joined;
      const answer = readHello(bytes);
      if (answer.kind === "more") return;
      if (answer.kind === "garbage") {
        return reject(new ProbeError("tls-protocol", `${label}: the answer is not TLS`));
      }
      resolve(answer.kind === "hello" && answer.version === VERSIONS[version]);
    });
    // Old implementations close instead of sending an alert.
    socket.on("close", () => resolve(false));
    socket.on("error", (error) => {
      const known = toProbeError(error, label, "reset");
      if (known.code === "reset") resolve(false);
      else reject(known);
    });
    socket.write(clientHello(version, isIP(host) === 0 ? host : undefined));
    return () => socket.destroy();
  });
}
