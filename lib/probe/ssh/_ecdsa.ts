/**
 * Mends ECDSA keys as ssh2 1.17.0 reads them: it takes the private number as SSH writes it (RFC 4251,
 * `mpint`), which has a byte more when its first bit is set, and fewer when it begins with zeros.
 * OpenSSL puts up with that; Deno's crypto wants the curve's length (RFC 5915, section 3).
 */
import { Buffer } from "node:buffer";
import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import type ssh2 from "./_ssh2.ts";

/** Length of the private number, in bytes, and the hash that goes with the curve (RFC 5656). */
const CURVES: Readonly<Record<string, { readonly bytes: number; readonly hash: string }>> = {
  "ecdsa-sha2-nistp256": { bytes: 32, hash: "sha256" },
  "ecdsa-sha2-nistp384": { bytes: 48, hash: "sha384" },
  "ecdsa-sha2-nistp521": { bytes: 66, hash: "sha512" },
};

/**
 * Mends a key.
 *
 * @param key Any private key.
 * @returns One that can sign; the same if there is nothing to mend.
 * @throws {TypeError} If the key is malformed or the runtime does not know its curve.
 */
export function mendEcdsa(key: ssh2.ParsedKey): ssh2.ParsedKey {
  const curve = CURVES[key.type];
  if (curve === undefined) return key;
  const der = Buffer.from(
    key.getPrivatePEM().replace(/-----[^-]+-----/g, "").replace(/\s/g, ""),
    "base64",
  );
  const mended: ssh2.ParsedKey = Object.create(key);
  const privateKey: KeyObject = createPrivateKey({
    key: withLength(der, curve.bytes),
    format: "der",
    type: "sec1",
  });
  mended.sign = (data) => sign(curve.hash, Buffer.from(data as Buffer), privateKey);
  return mended;
}

/** `SEQUENCE { INTEGER 1, OCTET STRING number, … }` with a number of the length that it should have. */
function withLength(der: Buffer, bytes: number): Buffer {
  const body = der.subarray(headLength(der));
  const [, , one, tag, length] = body;
  if (one !== 1 || tag !== 0x04 || length === undefined || length > 127) {
    throw new TypeError("The ECDSA key is malformed");
  }
  const number = body.subarray(5, 5 + length);
  const rest = body.subarray(5 + length);
  const plain = number.length > bytes ? number.subarray(number.length - bytes) : number;
  const padded = Buffer.concat([Buffer.alloc(bytes - plain.length), plain]);
  const content = Buffer.concat([body.subarray(0, 4), Buffer.from([bytes]), padded, rest]);
  const head = content.length < 128 ? [0x30, content.length] : [0x30, 0x81, content.length];
  return Buffer.concat([Buffer.from(head), content]);
}

/** How long the tag and length of an element are. */
function headLength(der: Buffer): number {
  const length = der[1] ?? 0;
  return length < 0x80 ? 2 : 2 + (length & 0x7f);
}
