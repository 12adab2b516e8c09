/** Reads which algorithms a server offers (RFC 4253, section 7.1), to say why none is common. */
import type { Buffer } from "node:buffer";
import { readWire } from "./_wire.ts";

const KEXINIT = 20;
const COOKIE_BYTES = 16;
const LISTS = [
  "key exchange",
  "host key",
  "cipher to the server",
  "cipher from the server",
  "MAC to the server",
  "MAC from the server",
] as const;

/**
 * Reads a server's first packet.
 *
 * @param data What came after its version.
 * @returns Its lists by what they are for; nothing if that is no whole packet of this kind.
 */
export function readServerOffer(data: Buffer): Readonly<Record<string, string>> | undefined {
  try {
    const wire = readWire(data);
    const payload = wire.bytes();
    const [, kind] = payload;
    if (kind !== KEXINIT) return undefined;
    const fields = readWire(payload.subarray(2 + COOKIE_BYTES));
    return Object.fromEntries(LISTS.map((name) => [name, fields.text()]));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
