/** HTTP/1.1 over a connected socket. */
import type { Socket } from "node:net";
import { toProbeError, withinAttempt } from "../socket.ts";
import type { Attempt } from "../types.ts";
import { createResponseReader } from "./_response.ts";
import type { HttpAnswer, HttpConnection, HttpRequest } from "./types.ts";

/**
 * Makes a connection of HTTP/1.1.
 *
 * @param socket Connected, and encrypted where that is asked for.
 * @param label The target, for messages.
 * @returns The connection.
 */
export function openH1(socket: Socket, label: string): HttpConnection {
  return {
    send: (request, attempt) => exchange(socket, label, request, attempt),
    close: () => void socket.destroy(),
  };
}

function exchange(
  socket: Socket,
  label: string,
  request: HttpRequest,
  attempt: Attempt,
): Promise<HttpAnswer> {
  const reader = createResponseReader(request.method, request.maxBodyBytes, label);
  const { clock } = attempt;
  return withinAttempt<HttpAnswer>(attempt, (resolve, reject) => {
    let first = true;
    let written = false;
    const stop = () => {
      socket.off("data", onData).off("end", onEnd).off("error", onError).off("close", onEnd);
    };
    const finish = () => {
      stop();
      clock.end("transferMs");
      const { status, version, headers } = reader.head()!;
      resolve({ status, version, headers, body: reader.body(), reusable: reader.reusable() });
    };
    const fail = (error: unknown) => {
      stop();
      reject(toProbeError(error, label, "reset"));
    };
    const endRequest = () => {
      if (!written) clock.end("requestMs");
      written = true;
    };
    function onData(chunk: Uint8Array) {
      // An answer may be faster than the report that the request was written.
      endRequest();
      if (first) clock.end("firstByteMs");
      first = false;
      attemptTo(() => reader.push(chunk));
    }
    function onEnd() {
      attemptTo(() => reader.end());
    }
    function onError(error: unknown) {
      fail(error);
    }
    function attemptTo(work: () => void) {
      try {
        work();
        if (reader.done()) finish();
      } catch (error) {
        socket.destroy();
        fail(error);
      }
    }
    socket.on("data", onData).on("end", onEnd).on("error", onError).on("close", onEnd);
    if (socket.destroyed) return onEnd(), () => {};
    socket.write(textOf(request), endRequest);
    return () => {
      stop();
      socket.destroy();
    };
  });
}

function textOf({ method, url, headers }: HttpRequest): string {
  const lines = Object.entries({ host: url.host, ...headers }).map(([name, value]) =>
    `${name}: ${value}`
  );
  return [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
