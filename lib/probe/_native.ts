/**
 * Sockets of the system that the runtime does not offer: ICMP, through the C library.
 *
 * All sockets are waited for by one `poll` in a thread of its own, which a pipe wakes when another one
 * is to be waited for.
 */
import { Buffer } from "node:buffer";
import ipaddr from "ipaddr.js";
import { openFunctions } from "../process/_libc.ts";
import { ERROR_CODES, ProbeError, type ProbeErrorCode } from "./error.ts";

const SYMBOLS = {
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  pipe: { parameters: ["buffer"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32", nonblocking: true },
} as const;

type Functions = Deno.StaticForeignLibraryInterface<typeof SYMBOLS>;

const DARWIN = Deno.build.os === "darwin";
const AF_INET = 2;
const AF_INET6 = DARWIN ? 30 : 10;
/** Linux closes it in programs that are started; where it is not known it does no harm. */
const SOCK_CLOEXEC = DARWIN ? 0 : 0o2000000;
const MSG_DONTWAIT = DARWIN ? 0x80 : 0x40;
const SOL_SOCKET = DARWIN ? 0xffff : 1;
const SO_ERROR = DARWIN ? 0x1007 : 4;
const POLLIN = 1;

/** Numbers of the system's errors that a datagram may come back as. */
const ERRORS: Readonly<Record<string, Readonly<Record<number, ProbeErrorCode>>>> = {
  linux: {
    ...{ 1: "permission", 13: "permission", 90: "too-large", 111: "refused" },
    ...{ 100: "unreachable", 101: "unreachable", 113: "unreachable" },
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
  const code = ERRORS[Deno.build.os]?.[number] ?? "unreachable";
  return new ProbeError(code, `${label}: ${ERROR_CODES[code]} (error ${number} of the system)`);
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
  };
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

function socketOf(c: Functions, fd: number, poller: Poller): NativeSocket {
  const buffer = new Uint8Array(new ArrayBuffer(65_536));
  let open = true;
  return {
    send: (bytes) => c.send(fd, Buffer.from(bytes), BigInt(bytes.length), MSG_DONTWAIT) >= 0n,
    ready: (signal) => poller.wait(fd, signal),
    receive() {
      const length = Number(c.recv(fd, buffer, BigInt(buffer.length), MSG_DONTWAIT));
      return length < 0 ? undefined : buffer.slice(0, length);
    },
    error() {
      const value = new Int32Array(1);
      const size = new Uint32Array([4]);
      const failed = c.getsockopt(
        fd,
        SOL_SOCKET,
        SO_ERROR,
        new Uint8Array(value.buffer),
        new Uint8Array(size.buffer),
      ) !== 0;
      return failed ? 0 : value[0]!;
    },
    close() {
      if (open) c.close(fd);
      open = false;
    },
  };
}

interface Poller {
  /** Waits until a descriptor has something; rejects with the signal's reason. */
  wait(fd: number, signal: AbortSignal): Promise<void>;
}

const POLLFD_BYTES = 8;

function createPoller(c: Functions): Poller {
  const waiting = new Map<number, () => void>();
  let wake: { readonly from: number; readonly to: number } | undefined;
  let running = false;
  let asleep = false;

  function pipe() {
    const ends = new Int32Array(2);
    if (c.pipe(new Uint8Array(ends.buffer)) !== 0) throw new Error("The system gives no pipe");
    return { from: ends[0]!, to: ends[1]! };
  }
  function nudge(): void {
    if (asleep && wake !== undefined) c.write(wake.to, new Uint8Array(1), 1n);
    asleep = false;
  }
  async function run(): Promise<void> {
    running = true;
    wake ??= pipe();
    while (waiting.size > 0) {
      const fds = [wake.from, ...waiting.keys()];
      const bytes = new Uint8Array(new ArrayBuffer(fds.length * POLLFD_BYTES));
      const view = new DataView(bytes.buffer);
      fds.forEach((fd, i) => {
        view.setInt32(i * POLLFD_BYTES, fd, true);
        view.setInt16(i * POLLFD_BYTES + 4, POLLIN, true);
      });
      asleep = true;
      await c.poll(bytes, BigInt(fds.length), -1);
      asleep = false;
      fds.forEach((fd, i) => {
        if (view.getInt16(i * POLLFD_BYTES + 6, true) === 0) return;
        if (fd === wake!.from) c.read(fd, new Uint8Array(64), 64n);
        else {
          const ready = waiting.get(fd);
          waiting.delete(fd);
          ready?.();
        }
      });
    }
    running = false;
  }
  return {
    wait(fd, signal) {
      return new Promise((resolve, reject) => {
        const abort = () => {
          waiting.delete(fd);
          nudge();
          reject(signal.reason);
        };
        if (signal.aborted) return reject(signal.reason);
        signal.addEventListener("abort", abort, { once: true });
        waiting.set(fd, () => {
          signal.removeEventListener("abort", abort);
          resolve();
        });
        nudge();
        if (!running) run().catch(reject);
      });
    },
  };
}
