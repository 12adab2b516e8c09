/**
 * Privacy of SNMPv3: AES in CFB mode (RFC 3826) and DES in CBC mode (RFC 3414, section 8).
 *
 * Deno's `node:crypto` has neither `aes-*-cfb` nor `des-cbc`. CFB is made of single blocks of ECB,
 * and DES is triple DES with the same key three times.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { malformed } from "./_ber.ts";
import { PRIV_ALGORITHMS, type PrivProtocol } from "./keys.ts";

const BLOCK = 16;
const DES_BLOCK = 8;

/** What a message's key stream depends on, beside the key. */
export interface Seal {
  /** How often the engine that has authority began anew. */
  readonly engineBoots: number;
  /** Its time, in seconds. */
  readonly engineTime: number;
  /** The eight bytes that are sent as privacy parameters. */
  readonly salt: Uint8Array;
}

/**
 * Encrypts.
 *
 * @param protocol Which.
 * @param key Localised and extended.
 * @param seal Where the first vector comes from.
 * @param plain Anything; for DES it is padded with zeros.
 */
export function encrypt(
  protocol: PrivProtocol,
  key: Uint8Array,
  seal: Seal,
  plain: Uint8Array,
): Uint8Array {
  const { cipher } = PRIV_ALGORITHMS[protocol];
  if (cipher === "des") {
    const padded = new Uint8Array(Math.ceil(plain.length / DES_BLOCK) * DES_BLOCK);
    padded.set(plain);
    const des = createCipheriv("des-ede3-cbc", tripled(key), desVector(key, seal.salt));
    des.setAutoPadding(false);
    return joined(des.update(padded), des.final());
  }
  const ecb = createCipheriv(`${cipher}-ecb`, key, null);
  ecb.setAutoPadding(false);
  const sealed = new Uint8Array(plain.length);
  let vector = aesVector(seal);
  for (let at = 0; at < plain.length; at += BLOCK) {
    const stream = ecb.update(vector);
    const end = Math.min(at + BLOCK, plain.length);
    for (let i = at; i < end; i++) sealed[i] = plain[i]! ^ stream[i - at]!;
    vector = sealed.subarray(at, at + BLOCK);
  }
  return sealed;
}

/**
 * Decrypts; with a wrong key it returns noise.
 *
 * @throws {ProbeError} `protocol` if the length can't be right.
 */
export function decrypt(
  protocol: PrivProtocol,
  key: Uint8Array,
  seal: Seal,
  sealed: Uint8Array,
): Uint8Array {
  if (seal.salt.length !== 8) throw malformed(`privacy parameters of ${seal.salt.length} bytes`);
  const { cipher } = PRIV_ALGORITHMS[protocol];
  if (cipher === "des") {
    if (sealed.length % DES_BLOCK !== 0) throw malformed(`${sealed.length} bytes of DES`);
    const des = createDecipheriv("des-ede3-cbc", tripled(key), desVector(key, seal.salt));
    des.setAutoPadding(false);
    return joined(des.update(sealed), des.final());
  }
  // The key stream of a block is the block before it, encrypted: all can be had in one call.
  const blocks = Math.ceil(sealed.length / BLOCK);
  const vectors = new Uint8Array(blocks * BLOCK);
  vectors.set(aesVector(seal));
  if (blocks > 1) vectors.set(sealed.subarray(0, (blocks - 1) * BLOCK), BLOCK);
  const ecb = createCipheriv(`${cipher}-ecb`, key, null);
  ecb.setAutoPadding(false);
  const stream = ecb.update(vectors);
  const plain = new Uint8Array(sealed.length);
  for (let i = 0; i < plain.length; i++) plain[i] = sealed[i]! ^ stream[i]!;
  return plain;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function aesVector({ engineBoots, engineTime, salt }: Seal): Uint8Array {
  const vector = new Uint8Array(BLOCK);
  const view = new DataView(vector.buffer);
  view.setUint32(0, engineBoots);
  view.setUint32(4, engineTime);
  vector.set(salt, 8);
  return vector;
}

function tripled(key: Uint8Array): Uint8Array {
  const all = new Uint8Array(24);
  for (let i = 0; i < 3; i++) all.set(key.subarray(0, 8), i * 8);
  return all;
}

function desVector(key: Uint8Array, salt: Uint8Array): Uint8Array {
  return key.slice(8, 16).map((byte, i) => byte ^ salt[i]!);
}
