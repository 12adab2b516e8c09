/**
 * Sockets of the system, through the C library: those of ICMP, which the runtime does not offer, UDP that
 * tells when a port is closed, and TCP at a fraction of the runtime's cost.
 */
import { Buffer } from "node:buffer";
import ipaddr from "ipaddr.js";
import { openFunctions } from "../process/_libc.ts";
import { type Functions, SYMBOLS } from "./_native_calls.ts";
import { createPoller, type Poller, POLLIN, POLLOUT } from "./_poller.ts";
import { ERROR_CODES, ProbeError, type ProbeErrorCode } from "./error.ts";

const DARWIN = Deno.build.os === "darwin";
const AF_INET = 2;
const AF_INET6 = DARWIN ? 30 : 10;
/** Linux closes it in programs that are started; where it is not known it does no harm. */
const SOCK_CLOEXEC = DARWIN ? 0 : 0o2000000;
/** Linux only: elsewhere the call that sets it later takes a variable number of arguments. */
const SOCK_NONBLOCK = 0o4000;
const SOCK_STREAM = 1;
const MSG_DONTWAIT = DARWIN ? 0x80 : 0x40;
/** A peer that is gone is an error, and no signal that ends the program. */
const MSG_NOSIGNAL = DARWIN ? 0 : 0x4000;
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;
const SOL_SOCKET = DARWIN ? 0xffff : 1;
const SO_ERROR = DARWIN ? 0x1007 : 4;

/** Numbers of the system's errors that a datagram may come back as. */
const ERRORS: Readonly<Record<string, Readonly<Record<number, ProbeErrorCode>>>> = {
  linux: {
    ...{ 1: "permission", 13: "permission", 32: "reset", 90: "too-large", 104: "reset" },
    ...{ 100: "unreachable", 101: "unreachable", 110: "timeout", 111: "refused" },
    ...{ 112: "unreachable", 113: "unreachable" },
  },
  darwin: {
    ...{ 1: "permission", 13: "permission", 40: "too-large", 61: "refused" },
    ...{ 50: "unreachable", 51: "unreachable", 65: "unreachable" },
  },
};

/**
 * Gives the number of an error of the system a code of the closed list.
 *
 * @param number As {@linkcode NativeSocket.error} gives it.
 * @param label The target, for the message.
 * @returns A probe's error.
 */
export function nativeError(number: number, label: string): ProbeError {
  const code = ERRORS[Deno.build.os]?.[number];
  if (code !== undefined) return new ProbeError(code, `${label}: ${ERROR_CODES[code]}`);
  return new ProbeError("unreachable", `${label}: the system reports error ${number}`);
}

/** Kinds of sockets. */
export const KINDS = { datagram: 2, raw: 3 } as const;

/** A connected socket of the system. */
export interface NativeSocket {
  /**
   * Sends a message.
   *
   * @returns Whether the system took it.
   */
  send(bytes: Uint8Array): boolean;
  /** Waits until there is something to receive, or an error. */
  ready(signal: AbortSignal): Promise<void>;
  /**
   * Takes a message that is there. An error that the socket has is lost by this: ask
   * {@linkcode NativeSocket.error} first.
   *
   * @returns The message; nothing if there is none.
   */
  receive(): Uint8Array | undefined;
  /** Takes the number of the error that the socket has; 0 for none. */
  error(): number;
  close(): void;
}

/** What the system gives. */
export interface Native {
  /**
   * Opens a socket and connects it.
   *
   * @param kind Datagram or raw.
   * @param protocol The number of the protocol: 1 for ICMP, 58 for ICMPv6, 17 for UDP.
   * @param address Whom to.
   * @param port For UDP.
   * @returns The socket; nothing if the system does not allow it.
   */
  open(
    kind: keyof typeof KINDS,
    protocol: number,
    address: string,
    port?: number,
  ): NativeSocket | undefined;
  /**
   * Connects by TCP and closes at once; only on Linux.
   *
   * @param to The address and port, and the target for messages.
   * @param signal Ends it.
   * @param connected Called at the moment of the connection.
   * @returns Whether it could be told; if not, another way has to be taken.
   * @throws {ProbeError} If it was refused, or the network says that there is no way.
   */
  knock?(to: KnockTarget, signal: AbortSignal, connected: () => void): Promise<boolean>;
  /**
   * Connects by TCP, without Nagle's delay; only on Linux. Receiving nothing at all, an empty message,
   * says that the peer has closed.
   *
   * @param to The address and port, and the target for messages.
   * @param signal Ends it.
   * @returns The socket; nothing if another way has to be taken.
   * @throws {ProbeError} If it was refused, or the network says that there is no way.
   */
  stream?(to: KnockTarget, signal: AbortSignal): Promise<NativeSocket | undefined>;
}

/** Whom to connect to. */
export interface KnockTarget {
  readonly address: string;
  readonly port: number;
  readonly label: string;
}

let native: Native | "unavailable" | undefined;

/**
 * Opens the system's sockets, once for the process.
 *
 * @returns Them; nothing where the C library can't be called.
 */
export function nativeSockets(): Native | undefined {
  native ??= openNative() ?? "unavailable";
  return native === "unavailable" ? undefined : native;
}

function openNative(): Native | undefined {
  const opened = openFunctions(SYMBOLS);
  if ("unavailable" in opened) return undefined;
  const { c } = opened;
  const poller = createPoller(c);
  return {
    open(kind, protocol, address, port = 0) {
      const { family, bytes } = socketAddress(address, port);
      const fd = c.socket(family, KINDS[kind] | SOCK_CLOEXEC, protocol);
      if (fd < 0) return undefined;
      if (c.connect(fd, bytes, bytes.length) !== 0) {
        c.close(fd);
        return undefined;
      }
      return socketOf(c, fd, poller);
    },
    ...(DARWIN ? {} : {
      async knock(to, signal, connected) {
        const fd = await connectStream(c, poller, to, signal);
        if (fd === undefined) return false;
        connected();
        c.close(fd);
        return true;
      },
      async stream(to, signal) {
        const fd = await connectStream(c, poller, to, signal);
        if (fd === undefined) return undefined;
        c.setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, new Uint8Array([1, 0, 0, 0]), 4);
        return socketOf(c, fd, poller);
      },
    }),
  };
}

/** Gives the number of a connected socket; nothing if what became of it can't be told. */
async function connectStream(
  c: Functions,
  poller: Poller,
  { address, port, label }: KnockTarget,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { family, bytes } = socketAddress(address, port);
  const fd = c.socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return undefined;
  let connected = false;
  try {
    // What it gives is not looked at: that it is under way is told by the error's number, which the
    // engine may have overwritten. What became of it is asked for below.
    c.connect(fd, bytes, bytes.length);
    await poller.wait(fd, POLLOUT, signal);
    const error = errorOf(c, fd);
    if (error !== 0) throw nativeError(error, label);
    const peer = new Uint8Array(new ArrayBuffer(28));
    const size = new Uint8Array(new Uint32Array([peer.length]).buffer);
    // A connection that failed before it was under way has neither an error nor a peer.
    connected = c.getpeername(fd, peer, size) === 0;
    return connected ? fd : undefined;
  } finally {
    if (!connected) c.close(fd);
  }
}

/** Takes the number of a socket's error; 0 for none. */
function errorOf(c: Functions, fd: number): number {
  const value = new Uint8Array(new ArrayBuffer(4));
  const size = new Uint8Array(new Uint32Array([4]).buffer);
  if (c.getsockopt(fd, SOL_SOCKET, SO_ERROR, value, size) !== 0) return 0;
  return new DataView(value.buffer).getInt32(0, true);
}

/** `struct sockaddr_in` and `sockaddr_in6`; BSD has a length where Linux has half of the family. */
function socketAddress(
  address: string,
  port: number,
): { family: number; bytes: Uint8Array<ArrayBuffer> } {
  const [plain = address] = address.split("%");
  const parsed = ipaddr.parse(plain);
  const v6 = parsed.kind() === "ipv6";
  const family = v6 ? AF_INET6 : AF_INET;
  const bytes = new Uint8Array(new ArrayBuffer(v6 ? 28 : 16));
  if (DARWIN) bytes.set([bytes.length, family]);
  else bytes.set([family & 0xff, family >> 8]);
  bytes.set([port >> 8, port & 0xff], 2);
  bytes.set(parsed.toByteArray(), v6 ? 8 : 4);
  return { family, bytes };
}

/** For all sockets: what comes is copied out of it before anything else is received. */
const received = new Uint8Array(new ArrayBuffer(65_536));

function socketOf(c: Functions, fd: number, poller: Poller): NativeSocket {
  let open = true;
  return {
    send: (bytes) =>
      c.send(fd, Buffer.from(bytes), BigInt(bytes.length), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0n,
    ready: (signal) => poller.wait(fd, POLLIN, signal),
    receive() {
      const length = Number(c.recv(fd, received, BigInt(received.length), MSG_DONTWAIT));
      return length < 0 ? undefined : received.slice(0, length);
    },
    error: () => errorOf(c, fd),
    close() {
      if (open) c.close(fd);
      open = false;
    },
  };
}
