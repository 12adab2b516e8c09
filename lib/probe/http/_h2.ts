/** HTTP/2 over a connected socket, by the runtime's implementation. */
import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
} from "node:http2";
import type { Socket } from "node:net";
import { ProbeError } from "../error.ts";
import { toProbeError, withinAttempt } from "../socket.ts";
import type { Attempt } from "../types.ts";
import { joined } from "./_response.ts";
import type { HttpAnswer, HttpConnection, HttpRequest } from "./types.ts";

/** Headers that HTTP/2 does not have (RFC 9113, section 8.2.2). */
const HOP_BY_HOP = new Set(["connection", "host", "keep-alive", "transfer-encoding", "upgrade"]);

/**
 * Makes a connection of HTTP/2.
 *
 * @param socket Connected, and encrypted where that is asked for.
 * @param origin Whom it is connected to: `https://r1.example`.
 * @param label The target, for messages.
 * @returns The connection.
 */
export function openH2(socket: Socket, origin: string, label: string): HttpConnection {
  const session = connect(origin, { createConnection: () => socket });
  const failed = Promise.withResolvers<never>();
  // Whoever sends a request waits for it; without one there is nobody to tell.
  failed.promise.catch(() => {});
  session.on("error", (error) => failed.reject(errorOf(error, label)));
  session.on("goaway", (code) => {
    if (code !== 0) {
      failed.reject(new ProbeError("protocol", `${label}: the peer went away with code ${code}`));
    }
  });
  session.on(
    "close",
    () => failed.reject(new ProbeError("closed", `${label}: the peer closed the connection`)),
  );
  return {
    send: (request, attempt) =>
      Promise.race([exchange(session, label, request, attempt), failed.promise]),
    close() {
      session.destroy();
      socket.destroy();
    },
  };
}

function errorOf(error: unknown, label: string): ProbeError {
  const { code = "" } = error as { code?: string };
  return toProbeError(error, label, /^ERR_HTTP2/.test(code) ? "protocol" : "reset");
}

function exchange(
  session: ClientHttp2Session,
  label: string,
  request: HttpRequest,
  attempt: Attempt,
): Promise<HttpAnswer> {
  const { method, url, headers, maxBodyBytes } = request;
  const { clock } = attempt;
  return withinAttempt<HttpAnswer>(attempt, (resolve, reject) => {
    const parts: Uint8Array[] = [];
    let length = 0;
    let head: IncomingHttpHeaders & IncomingHttpStatusHeader | undefined;
    const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name));
    const stream = session.request({
      ...Object.fromEntries(kept),
      ...{ ":method": method, ":path": `${url.pathname}${url.search}` },
    });
    stream.end();
    clock.end("requestMs");
    stream.on("response", (found) => {
      clock.end("firstByteMs");
      head = found;
    });
    stream.on("data", (chunk: Uint8Array) => {
      parts.push(chunk);
      length += chunk.length;
      if (length <= maxBodyBytes) return;
      stream.close();
      reject(new ProbeError("too-large", `${label}: the body has more than ${maxBodyBytes} bytes`));
    });
    stream.on("end", () => {
      if (head === undefined) {
        return reject(new ProbeError("protocol", `${label}: the stream ended without headers`));
      }
      clock.end("transferMs");
      resolve({
        status: Number(head[":status"] ?? 0),
        version: "2",
        headers: plain(head),
        body: joined(parts, length),
        reusable: !session.closed && !session.destroyed,
      });
    });
    stream.on("error", (error) => reject(errorOf(error, label)));
    stream.on(
      "close",
      () => reject(new ProbeError("closed", `${label}: the stream was closed before the answer`)),
    );
    return () => session.destroy();
  });
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith(":"))
      .map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : String(value)]),
  );
}
