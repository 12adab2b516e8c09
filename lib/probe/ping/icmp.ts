/** ICMP echo messages: RFC 792 and RFC 4443. */

/** An echo request that an answer is compared with. */
export interface Echo {
  readonly version: 4 | 6;
  readonly id: number;
  readonly sequence: number;
  /** Bytes that are sent back. */
  readonly payload: Uint8Array;
}

/** What a message says about an echo request. */
export type EchoAnswer =
  | { readonly kind: "reply"; readonly bytes: number; readonly ttl?: number }
  /** A router or the host says that it can't be delivered. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** It is about something else. */
  | { readonly kind: "other" };

const TYPES = {
  4: { request: 8, reply: 0, unreachable: 3, exceeded: 11 },
  6: { request: 128, reply: 129, unreachable: 1, exceeded: 3 },
} as const;
const HEADER = 8;

/**
 * Sums up as RFC 1071 does.
 *
 * @param bytes A message whose own checksum is zero.
 * @returns The checksum.
 */
export function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += bytes[i]! << 8 | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

/**
 * Writes an echo request. The kernel fills in the checksum of ICMPv6, and the number of a datagram
 * socket.
 *
 * @param echo What is asked.
 * @returns The message.
 */
export function encodeEcho({ version, id, sequence, payload }: Echo): Uint8Array {
  const bytes = new Uint8Array(HEADER + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, TYPES[version].request);
  view.setUint16(4, id);
  view.setUint16(6, sequence);
  bytes.set(payload, HEADER);
  if (version === 4) view.setUint16(2, checksum(bytes));
  return bytes;
}

/**
 * Reads a message of ICMP.
 *
 * @param bytes What a socket gave.
 * @param echo What was asked.
 * @param raw Whether it comes from a raw socket: with IPv4 an IP header stands before it, and what was
 * sent to others comes too. A datagram socket gives its own answers only, by a number of the kernel's.
 * @returns What it says about the echo request.
 */
export function readAnswer(bytes: Uint8Array, echo: Echo, raw: boolean): EchoAnswer {
  const headed = raw && echo.version === 4;
  const start = headed ? ipHeader(bytes, 0) : 0;
  if (start === undefined || bytes.length < start + HEADER) return { kind: "other" };
  const message = bytes.subarray(start);
  const types = TYPES[echo.version];
  const [type, code = 0] = message;
  if (type === types.reply) {
    if (!isSame(message, echo, raw)) return { kind: "other" };
    return { kind: "reply", bytes: message.length - HEADER, ...(headed ? { ttl: bytes[8]! } : {}) };
  }
  if (type !== types.unreachable && type !== types.exceeded) return { kind: "other" };
  // The message that could not be delivered follows, with its IP header.
  const inner = message.subarray(HEADER);
  const at = echo.version === 4 ? ipHeader(inner, 0) : inner.length >= 40 ? 40 : undefined;
  if (
    at === undefined || inner[at] !== types.request || !isSame(inner.subarray(at), echo, raw, 0)
  ) {
    return { kind: "other" };
  }
  const what = type === types.exceeded ? "it was too far" : "it is unreachable";
  return { kind: "unreachable", reason: `${what} (type ${type}, code ${code})` };
}

/** The length of an IPv4 header; nothing if it is none, or of something else than ICMP. */
function ipHeader(bytes: Uint8Array, at: number): number | undefined {
  const first = bytes[at];
  if (first === undefined || first >> 4 !== 4 || bytes[at + 9] !== 1) return undefined;
  const length = (first & 15) * 4;
  return length < 20 || bytes.length < at + length + HEADER ? undefined : at + length;
}

function isSame(
  message: Uint8Array,
  echo: Echo,
  raw: boolean,
  least = echo.payload.length,
): boolean {
  if (message.length < HEADER) return false;
  const id = message[4]! << 8 | message[5]!;
  const sequence = message[6]! << 8 | message[7]!;
  if (raw && id !== echo.id || sequence !== echo.sequence) return false;
  const payload = message.subarray(HEADER, HEADER + echo.payload.length);
  // An error may repeat as little as the first eight bytes.
  return payload.length >= least && payload.every((byte, i) => byte === echo.payload[i]);
}
