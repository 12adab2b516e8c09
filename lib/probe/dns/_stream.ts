/** Asks by TCP and TLS: each message after its length (RFC 1035, section 4.2.2; RFC 7858). */
import type { Socket } from "node:net";
import { ProbeError } from "../error.ts";
import { toProbeError, withinAttempt } from "../socket.ts";
import type { Attempt } from "../types.ts";
import type { DnsTransport } from "./_udp.ts";
import { messageId } from "./message.ts";

/**
 * Makes a transport of a connected socket.
 *
 * @param socket Connected, and encrypted where that is asked for.
 * @param label The target, for messages.
 * @returns The transport.
 */
export function openStream(socket: Socket, label: string): DnsTransport {
  let usable = true;
  socket.on("close", () => usable = false);
  socket.on("error", () => usable = false);
  return {
    exchange: (query, attempt) => exchange(socket, query, label, attempt),
    get usable() {
      return usable;
    },
    close: () => void socket.destroy(),
  };
}

function exchange(
  socket: Socket,
  query: Uint8Array,
  label: string,
  attempt: Attempt,
): Promise<Uint8Array> {
  const { clock } = attempt;
  return withinAttempt<Uint8Array>(attempt, (resolve, reject) => {
    let bytes = new Uint8Array();
    let first = true;
    const stop = () => void socket.off("data", onData).off("close", onClose).off("error", onError);
    const fail = (error: ProbeError) => {
      stop();
      socket.destroy();
      reject(error);
    };
    function onData(chunk: Uint8Array) {
      if (first) clock.end("firstByteMs");
      first = false;
      const joined = new Uint8Array(bytes.length + chunk.length);
      joined.set(bytes);
      joined.set(chunk, bytes.length);
      bytes = joined;
      const length = bytes.length < 2 ? undefined : bytes[0]! << 8 | bytes[1]!;
      if (length === undefined || bytes.length < 2 + length) return;
      const message = bytes.subarray(2, 2 + length);
      const why = length < 12
        ? `found a message of ${length} bytes, expected at least 12`
        : bytes.length > 2 + length
        ? "found more than one message"
        : messageId(message) !== messageId(query)
        ? "found a message with another number"
        : undefined;
      if (why !== undefined) return fail(new ProbeError("protocol", `${label}: ${why}`));
      stop();
      clock.end("transferMs");
      resolve(message);
    }
    function onClose() {
      fail(
        new ProbeError("closed", `${label}: the server closed the connection before its answer`),
      );
    }
    function onError(error: unknown) {
      fail(toProbeError(error, label, "reset"));
    }
    socket.on("data", onData).on("close", onClose).on("error", onError);
    if (socket.destroyed) return onClose(), () => {};
    socket.write(new Uint8Array([query.length >> 8, query.length & 0xff, ...query]));
    clock.end("requestMs");
    return () => {
      stop();
      socket.destroy();
    };
  });
}
