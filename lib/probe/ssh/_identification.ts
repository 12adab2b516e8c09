/**
 * Reads the line by which a server tells its version (RFC 4253, section 4.2), before ssh2 sees
 * anything.
 *
 * ssh2 loses bytes when that line arrives in more than two pieces, and says little about a peer that
 * does not speak SSH at all.
 */
import type { Buffer } from "node:buffer";
import { Buffer as Bytes } from "node:buffer";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { ProbeError } from "../error.ts";

/** How much may come before the version, as with OpenSSH: lines, and bytes of a line. */
const MAX_LINES = 1024;
const MAX_LINE = 8192;
/** How much of a foreign answer is shown. */
const SHOWN = 60;

/** What a server tells of itself. */
export interface Identification {
  /** The whole line: `SSH-2.0-OpenSSH_9.2p1 Debian-2`. */
  readonly banner: string;
  /** Software and version: `OpenSSH_9.2p1`. */
  readonly software: string;
  /** Lines that came before it. */
  readonly greeting?: string;
}

/**
 * Looks for the version in what has come.
 *
 * @param data All bytes since the connection began.
 * @returns What was found; nothing while the line is not complete.
 * @throws {ProbeError} `protocol` if the peer can't be an SSH server, `not-supported` for SSH 1.
 */
export function findIdentification(data: Buffer): Identification | undefined {
  let from = 0;
  for (let lines = 0; lines <= MAX_LINES; lines++) {
    const end = data.indexOf(0x0a, from);
    const length = (end < 0 ? data.length : end) - from;
    if (length > MAX_LINE) throw foreign(data, `sends a line of more than ${MAX_LINE} bytes`);
    if (data.subarray(from, from + length).includes(0)) throw foreign(data, "sends binary data");
    if (end < 0) return undefined;
    const line = data.toString("latin1", from, end).replace(/\r$/, "");
    if (line.startsWith("SSH-")) return identify(line, data.toString("utf8", 0, from));
    from = end + 1;
  }
  throw foreign(data, `sends more than ${MAX_LINES} lines before its version`);
}

function identify(line: string, greeting: string): Identification {
  const [, version, software] = /^SSH-([^-]*)-([^ ]+)/.exec(line) ?? [];
  if (version === undefined || software === undefined) {
    throw new ProbeError("protocol", `The peer calls itself ${JSON.stringify(line.slice(0, 200))}`);
  }
  if (version !== "2.0" && version !== "1.99") {
    throw new ProbeError("not-supported", `The peer speaks SSH ${version.slice(0, 20)}, not 2.0`);
  }
  return { banner: line, software, ...(greeting === "" ? {} : { greeting }) };
}

function foreign(data: Buffer, what: string): ProbeError {
  const start = JSON.stringify(data.toString("latin1", 0, SHOWN));
  return new ProbeError(
    "protocol",
    `The peer is no SSH server: it ${what}; it began with ${start}`,
  );
}

/** What the gate tells. */
export interface GateEvents {
  /** The version is here. */
  identified(identification: Identification): void;
  /** The peer is no SSH server, or ended before it said so. */
  failed(error: ProbeError): void;
}

/**
 * Puts a gate before a socket that lets bytes through once the version is complete.
 *
 * @param socket A connected socket.
 * @param events Who is told.
 * @returns What ssh2 takes as its socket.
 */
export function gateSocket(socket: Socket, events: GateEvents): Duplex {
  let held: Buffer | undefined = Bytes.alloc(0);
  const gate = new Duplex({
    allowHalfOpen: false,
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, (error) => done(error)),
    final: (done) => void socket.end(() => done()),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  const pass = (chunk: Buffer) => {
    if (!gate.push(chunk)) socket.pause();
  };
  socket.on("data", (chunk: Buffer) => {
    if (held === undefined) return pass(chunk);
    held = Bytes.concat([held, chunk]);
    try {
      const found = findIdentification(held);
      if (found === undefined) return;
      const all = held;
      held = undefined;
      events.identified(found);
      pass(all);
    } catch (error) {
      socket.destroy();
      events.failed(error as ProbeError);
    }
  });
  socket.on("end", () => {
    if (held !== undefined) events.failed(endedEarly(held));
    gate.push(null);
  });
  socket.on("error", (error) => gate.destroy(error));
  socket.on("close", () => gate.destroy());
  return gate;
}

function endedEarly(held: Buffer): ProbeError {
  if (held.length > 0) return foreign(held, "closes the connection without a version");
  return new ProbeError("closed", "The peer closed the connection before it told its version");
}
