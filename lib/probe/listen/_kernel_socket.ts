/**
 * A UDP socket as Linux has it, beside Node's: a larger buffer, and many datagrams in one call.
 *
 * Node's `setRecvBufferSize` is no way to the first: under Deno 2.9 it makes every read slow. And a
 * datagram through the event loop takes tens of microseconds; once one has come, those behind it are
 * taken with recvmmsg(2) until there are no more.
 */
import { inetAddress } from "../snmp/mib/syntax.ts";
import type { OwnSocket } from "./_descriptor.ts";
import type { Peer } from "./types.ts";

/** What is asked for as a buffer: half a second of 20,000 small datagrams a second. */
const BUFFER_BYTES = 8 * 1024 * 1024;
/** Datagrams of one call. */
const BATCH = 32;
/** Calls in a row, so that timers and signals get their turn. */
const MAX_CALLS = 16;
/** More than a datagram can have. */
const SLOT_BYTES = 65_536;

/** Numbers of Linux; the same on all processors that Deno runs on. */
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SO_RCVBUFFORCE = 33;
const MSG_DONTWAIT = 0x40;
const AF_INET = 2;

/** Sizes of recvmmsg(2)'s structures where pointers have eight bytes. */
const HEADER_BYTES = 64;
const LENGTH_AT = 56;
const VECTOR_BYTES = 16;
const NAME_BYTES = 28;

const SYMBOLS = {
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  recvmmsg: { parameters: ["i32", "buffer", "u32", "i32", "usize"], result: "i32" },
} as const;

const LIBRARIES = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"];

/** The kernel's side of a socket. */
export interface KernelSocket extends Disposable {
  /**
   * Takes what has come, without waiting.
   *
   * @param use Gets each datagram; its bytes are valid during the call only.
   */
  drain(use: (bytes: Uint8Array, peer: Peer) => void): void;
}

/**
 * Opens it and makes the buffer as large as the system allows: `net.core.rmem_max`, or beyond for root.
 *
 * @param socket Which one.
 * @returns Nothing where there is no leave to call the C library. Node's socket does everything then.
 */
export function openKernelSocket({ descriptor }: OwnSocket): KernelSocket | undefined {
  const library = openLibrary();
  if (library === undefined) return undefined;
  const { setsockopt, recvmmsg } = library.symbols;
  const size = new Uint8Array(new Int32Array([BUFFER_BYTES]).buffer);
  const grown = (option: number) =>
    setsockopt(descriptor, SOL_SOCKET, option, size, size.length) === 0;
  if (!grown(SO_RCVBUFFORCE)) grown(SO_RCVBUF);
  const batch = makeBatch();
  return {
    drain(use) {
      for (let call = 0; call < MAX_CALLS; call++) {
        batch.prepare();
        const count = recvmmsg(descriptor, batch.headers, BATCH, MSG_DONTWAIT, 0n);
        for (let i = 0; i < count; i++) use(batch.bytesOf(i), batch.peerOf(i));
        if (count < BATCH) return;
      }
    },
    [Symbol.dispose]: () => library.close(),
  };
}

function openLibrary(): Deno.DynamicLibrary<typeof SYMBOLS> | undefined {
  for (const name of LIBRARIES) {
    try {
      return Deno.dlopen(name, SYMBOLS);
    } catch {
      // Another C library, or no leave to call one.
    }
  }
  return undefined;
}

/** Memory for the datagrams of one call. */
function makeBatch() {
  const headers = new Uint8Array(BATCH * HEADER_BYTES);
  const vectors = new Uint8Array(BATCH * VECTOR_BYTES);
  const names = new Uint8Array(BATCH * NAME_BYTES);
  const slots = new Uint8Array(BATCH * SLOT_BYTES);
  const header = new DataView(headers.buffer);
  const vector = new DataView(vectors.buffer);
  const name = new DataView(names.buffer);
  const [vectorsAt, namesAt, slotsAt] = [vectors, names, slots].map(addressOf);
  for (let i = 0; i < BATCH; i++) {
    const at = i * HEADER_BYTES;
    header.setBigUint64(at, namesAt! + BigInt(i * NAME_BYTES), true);
    header.setBigUint64(at + 16, vectorsAt! + BigInt(i * VECTOR_BYTES), true);
    header.setBigUint64(at + 24, 1n, true);
    vector.setBigUint64(i * VECTOR_BYTES, slotsAt! + BigInt(i * SLOT_BYTES), true);
    vector.setBigUint64(i * VECTOR_BYTES + 8, BigInt(SLOT_BYTES), true);
  }
  const peers = createPeers(name, names);
  return {
    headers,
    /** The kernel writes how long the names are: they are set anew. */
    prepare() {
      for (let i = 0; i < BATCH; i++) header.setUint32(i * HEADER_BYTES + 8, NAME_BYTES, true);
    },
    bytesOf(i: number) {
      const length = header.getUint32(i * HEADER_BYTES + LENGTH_AT, true);
      return slots.subarray(i * SLOT_BYTES, i * SLOT_BYTES + length);
    },
    peerOf: (i: number) => peers(i * NAME_BYTES),
    /** Pointers in `headers` lead here: it must not be collected. */
    held: [vectors, names, slots],
  };
}

function addressOf(bytes: Uint8Array<ArrayBuffer>): bigint {
  return Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes));
}

/** Peers that are remembered, so that not every datagram makes a text of its address. */
const MAX_PEERS = 4096;

/** Reads a socket address (ip(7), ipv6(7)). */
function createPeers(view: DataView, bytes: Uint8Array): (at: number) => Peer {
  const known = new Map<string, Peer>();
  const text = new TextDecoder("latin1");
  return (at) => {
    const v4 = view.getUint16(at, true) === AF_INET;
    const key = text.decode(bytes.subarray(at, at + (v4 ? 8 : NAME_BYTES)));
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= MAX_PEERS) known.clear();
    const port = view.getUint16(at + 2);
    const address = v4 ? bytes.subarray(at + 4, at + 8).join(".") : ipv6(bytes, view, at);
    const peer = { address, port };
    known.set(key, peer);
    return peer;
  };
}

function ipv6(bytes: Uint8Array, view: DataView, at: number): string {
  const zone = view.getUint32(at + 24, true);
  const address = inetAddress(bytes.subarray(at + 8, at + 24))!;
  return zone === 0 ? address : `${address}%${zone}`;
}
