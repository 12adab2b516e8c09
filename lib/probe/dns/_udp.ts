/** Asks by UDP (RFC 1035, section 4.2.1). */
import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import { toProbeError, withinAttempt } from "../socket.ts";
import { nativeError, type NativeSocket, nativeSockets } from "../_native.ts";
import type { Attempt } from "../types.ts";
import { messageId } from "./message.ts";

/** Sends messages to one server. */
export interface DnsTransport {
  /**
   * Sends a query and waits for the message with its number; ends `requestMs` and `firstByteMs`.
   *
   * @throws {ProbeError} If none comes.
   */
  exchange(query: Uint8Array, attempt: Attempt): Promise<Uint8Array>;
  /** Whether it can be used again. */
  readonly usable: boolean;
  close(): void;
}

const UDP = 17;

/**
 * Opens a socket that takes datagrams from one server only.
 *
 * @param address The server's.
 * @param port The server's.
 * @param label The target, for messages.
 * @param attempt The attempt.
 * @returns The socket.
 * @throws {ProbeError} If the system does not give one.
 */
export async function openUdp(
  address: string,
  port: number,
  label: string,
  attempt: Attempt,
): Promise<DnsTransport> {
  // The system's own socket tells when the port is closed; the runtime's does not.
  const native = nativeSockets()?.open("datagram", UDP, address, port);
  return native === undefined
    ? await openRuntimeUdp(address, port, label, attempt)
    : nativeTransport(native, label);
}

/**
 * The same with the runtime's socket, where the C library can't be called: a port that is closed is a
 * timeout.
 *
 * @param address The server's.
 * @param port The server's.
 * @param label The target, for messages.
 * @param attempt The attempt.
 * @returns The socket.
 * @throws {ProbeError} If the system does not give one.
 */
export async function openRuntimeUdp(
  address: string,
  port: number,
  label: string,
  attempt: Attempt,
): Promise<DnsTransport> {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  await withinAttempt<void>(attempt, (resolve, reject) => {
    socket.once("error", (error) => reject(toProbeError(error, label, "unreachable")));
    socket.once("connect", () => resolve());
    socket.connect(port, address);
    return () => socket.close();
  });
  socket.removeAllListeners("error");
  socket.on("error", () => {});
  let open = true;
  return {
    exchange: (query, attempt) => exchange(socket, query, label, attempt),
    get usable() {
      return open;
    },
    close() {
      if (open) socket.close();
      open = false;
    },
  };
}

function nativeTransport(socket: NativeSocket, label: string): DnsTransport {
  let open = true;
  return {
    async exchange(query, attempt) {
      const id = messageId(query);
      if (!socket.send(query)) throw nativeError(socket.error(), label);
      attempt.clock.end("requestMs");
      while (true) {
        await socket.ready(attempt.signal);
        const error = socket.error();
        if (error !== 0) throw nativeError(error, label);
        const message = socket.receive();
        if (message === undefined || isOther(message, id)) continue;
        attempt.clock.end("firstByteMs");
        return message;
      }
    },
    get usable() {
      return open;
    },
    close() {
      socket.close();
      open = false;
    },
  };
}

/** Whether a message answers an older query, or is forged; one that is too short to tell is neither. */
function isOther(message: Uint8Array, id: number | undefined): boolean {
  const found = messageId(message);
  return found !== undefined && found !== id;
}

function exchange(
  socket: Socket,
  query: Uint8Array,
  label: string,
  attempt: Attempt,
): Promise<Uint8Array> {
  const id = messageId(query);
  const remote = socket.remoteAddress();
  return withinAttempt<Uint8Array>(attempt, (resolve, reject) => {
    const stop = () => void socket.off("message", onMessage).off("error", onError);
    function onMessage(message: Uint8Array, from: { address: string; port: number }) {
      if (from.port !== remote.port || from.address !== remote.address) return;
      if (isOther(message, id)) return;
      stop();
      attempt.clock.end("firstByteMs");
      resolve(message);
    }
    function onError(error: unknown) {
      stop();
      reject(toProbeError(error, label, "unreachable"));
    }
    socket.on("message", onMessage).on("error", onError);
    socket.send(query, (error) => {
      if (error) onError(error);
    });
    attempt.clock.end("requestMs");
    return stop;
  });
}
