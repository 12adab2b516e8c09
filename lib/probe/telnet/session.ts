/** A Telnet connection as a terminal. */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { StringDecoder } from "node:string_decoder";
import { ProbeError } from "../error.ts";
import { createInbox, type Terminal } from "../script/terminal.ts";
import { toProbeError } from "../socket.ts";
import { createTelnetDecoder, escapeIac } from "./iac.ts";
import { type NegotiatedOption, type Negotiation, OPTIONS, startNegotiation } from "./options.ts";

/** A Telnet connection. */
export interface TelnetSession extends Terminal, Disposable {
  /** What was negotiated until now. */
  options(): readonly NegotiatedOption[];
  /** Whether the other side is still there. */
  readonly alive: boolean;
}

/**
 * Speaks Telnet over a socket.
 *
 * @param socket A connected socket; it is destroyed with the session.
 * @param label The target, for messages.
 * @returns The terminal.
 */
export function startTelnet(socket: Socket, label: string): TelnetSession {
  const decoder = createTelnetDecoder();
  const negotiation: Negotiation = startNegotiation();
  const inbox = createInbox();
  const text = new StringDecoder("utf8");
  let alive = true;

  function end(error?: ProbeError): void {
    alive = false;
    inbox.end(error);
  }
  socket.on("data", (chunk: Buffer) => {
    try {
      for (const event of decoder.push(chunk)) {
        if (event.kind === "data") inbox.push(text.write(event.data));
        else if (event.kind === "too-long") {
          throw new RangeError(`The subnegotiation of option ${event.option} has no end`);
        } else negotiation.take(event).forEach((answer) => socket.write(answer));
        decoder.binary = negotiation.isOn("peer", OPTIONS.binary);
      }
    } catch (error) {
      socket.destroy();
      end(new ProbeError("protocol", `${label}: ${(error as Error).message}`, error));
    }
  });
  socket.on("error", (error) => end(toProbeError(error, label, "reset")));
  socket.on("end", () => end());
  socket.on("close", () => end());
  return {
    get alive() {
      return alive;
    },
    options: () => negotiation.list(),
    write(line) {
      // The end of a line is CR LF (RFC 854), or a bare CR with binary transmission.
      const ended = negotiation.isOn("us", OPTIONS.binary)
        ? line.replace(/\r?\n/g, "\r")
        : line.replace(/\r?\n/g, "\r\n").replace(/\r(?!\n)/g, "\r\0");
      socket.write(escapeIac(Buffer.from(ended)));
    },
    read: (signal) => inbox.read(signal),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}
