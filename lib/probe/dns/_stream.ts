/** Asks by TCP and TLS: each message after its length (RFC 1035, section 4.2.2; RFC 7858). */
import type { Socket } from "node:net";
import { nativeError, type NativeSocket } from "../_native.ts";
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

/**
 * Makes a transport of a connected socket of the system.
 *
 * @param socket Connected.
 * @param label The target, for messages.
 * @returns The transport.
 */
export function openNativeStream(socket: NativeSocket, label: string): DnsTransport {
  let usable = true;
  return {
    async exchange(query, { signal, clock }) {
      // Whatever goes wrong, what comes later would be taken for the answer to something else.
      usable = false;
      if (!socket.send(withLength(query))) throw sendError(socket, label);
      clock.end("requestMs");
      let bytes = new Uint8Array();
      while (true) {
        await socket.ready(signal);
        const error = socket.error();
        if (error !== 0) throw nativeError(error, label);
        const chunk = socket.receive();
        if (chunk === undefined) continue;
        if (chunk.length === 0) throw closedEarly(label);
        if (bytes.length === 0) clock.end("firstByteMs");
        bytes = joined(bytes, chunk);
        const found = messageIn(bytes, query, label);
        if (found instanceof ProbeError) throw found;
        if (found === undefined) continue;
        clock.end("transferMs");
        usable = true;
        return found;
      }
    },
    get usable() {
      return usable;
    },
    close: socket.close,
  };
}

function sendError(socket: NativeSocket, label: string): ProbeError {
  const error = socket.error();
  return error === 0 ? closedEarly(label) : nativeError(error, label);
}

function closedEarly(label: string): ProbeError {
  return new ProbeError("closed", `${label}: the server closed the connection before its answer`);
}

function withLength(query: Uint8Array): Uint8Array {
  return new Uint8Array([query.length >> 8, query.length & 0xff, ...query]);
}

function joined(before: Uint8Array, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(before.length + chunk.length);
  all.set(before);
  all.set(chunk, before.length);
  return all;
}

/** The message, as soon as it is whole; an error if it can't be the answer. */
function messageIn(
  bytes: Uint8Array,
  query: Uint8Array,
  label: string,
): Uint8Array | ProbeError | undefined {
  const length = bytes.length < 2 ? undefined : bytes[0]! << 8 | bytes[1]!;
  if (length === undefined || bytes.length < 2 + length) return undefined;
  const message = bytes.subarray(2, 2 + length);
  const why = length < 12
    ? `found a message of ${length} bytes, expected at least 12`
    : bytes.length > 2 + length
    ? "found more than one message"
    : messageId(message) !== messageId(query)
    ? "found a message with another number"
    : undefined;
  return why === undefined ? message : new ProbeError("protocol", `${label}: ${why}`);
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
      bytes = joined(bytes, chunk);
      const found = messageIn(bytes, query, label);
      if (found === undefined) return;
      if (found instanceof ProbeError) return fail(found);
      stop();
      clock.end("transferMs");
      resolve(found);
    }
    function onClose() {
      fail(closedEarly(label));
    }
    function onError(error: unknown) {
      fail(toProbeError(error, label, "reset"));
    }
    socket.on("data", onData).on("close", onClose).on("error", onError);
    if (socket.destroyed) return onClose(), () => {};
    socket.write(withLength(query));
    clock.end("requestMs");
    return () => {
      stop();
      socket.destroy();
    };
  });
}
