/** One peer over UDP: a question is sent, and answers are looked at until one fits. */
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import { ProbeError } from "../error.ts";
import { toProbeError, withinAttempt } from "../socket.ts";
import type { Attempt } from "../types.ts";
import { MAX_MESSAGE } from "./message.ts";

/** How a question is sent. */
export interface Sending {
  /** Sent again after so many milliseconds without an answer; never by default. */
  readonly resendMs?: number;
  /** How often at most. */
  readonly resends: number;
}

/** A peer that can be asked. */
export interface UdpPeer extends AsyncDisposable {
  /**
   * Asks once.
   *
   * @param message The question.
   * @param accept Looks at an answer: nothing if it belongs to another question; it may throw.
   * @param attempt Ends the waiting.
   */
  ask<Value>(
    message: Uint8Array,
    accept: (answer: Uint8Array) => Value | undefined,
    attempt: Attempt,
  ): Promise<Value>;
  /** Questions until now, and those that were sent again. */
  readonly counts: { readonly requests: number; readonly resent: number };
}

/**
 * Opens a socket for one peer. Datagrams of others are not looked at.
 *
 * @param address An address, not a name.
 * @param port Its port.
 * @param label Names it in errors.
 * @param sending How often a question is sent.
 */
export function openPeer(
  address: string,
  port: number,
  label: string,
  sending: Sending,
): UdpPeer {
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  const isPeer = sameAs(address, port);
  const counts = { requests: 0, resent: 0 };
  let look: ((answer: Uint8Array) => void) | undefined;
  let fail: ((error: unknown) => void) | undefined;
  socket.on("message", (bytes, from) => {
    // A plain view: the slices of a Buffer are no copies.
    if (isPeer(from)) look?.(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  });
  socket.on("error", (error) => fail?.(toProbeError(error, label, "unreachable")));
  return {
    counts,
    async ask(message, accept, attempt) {
      counts.requests++;
      if (message.length > MAX_MESSAGE) {
        const size = `${label}: a question of ${message.length} bytes`;
        throw new ProbeError("too-large", `${size}, and a datagram holds ${MAX_MESSAGE}`);
      }
      const timers: ReturnType<typeof setTimeout>[] = [];
      const { resendMs = 1000, resends } = sending;
      try {
        return await withinAttempt(attempt, (resolve, reject) => {
          look = (answer) => {
            try {
              const value = accept(answer);
              if (value !== undefined) resolve(value);
            } catch (error) {
              reject(error);
            }
          };
          fail = reject;
          send(socket, message, address, port, fail, label);
          for (let i = 1; i <= resends; i++) {
            timers.push(setTimeout(() => {
              counts.resent++;
              send(socket, message, address, port, reject, label);
            }, i * resendMs));
          }
          return () => {};
        });
      } finally {
        look = fail = undefined;
        for (const timer of timers) clearTimeout(timer);
      }
    },
    [Symbol.asyncDispose]() {
      return new Promise((done) => socket.close(() => done()));
    },
  };
}

function send(
  socket: Socket,
  message: Uint8Array,
  address: string,
  port: number,
  reject: (error: unknown) => void,
  label: string,
): void {
  socket.send(message, port, address, (error) => {
    if (error) reject(toProbeError(error, label, "unreachable"));
  });
}

/** IPv6 has many spellings of an address, and a zone behind some. */
function sameAs(address: string, port: number): (from: RemoteInfo) => boolean {
  if (!isIPv6(address)) return (from) => from.port === port && from.address === address;
  const plain = (text: string) => ipaddr.parse(text.replace(/%.*/, "")).toNormalizedString();
  const wanted = plain(address);
  return (from) => from.port === port && plain(from.address) === wanted;
}
