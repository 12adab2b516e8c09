/** Keys of the user-based security model, made from passphrases. */
import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";

/** A protocol of authentication. */
export interface AuthAlgorithm {
  /** As `node:crypto` names the hash. */
  readonly hash: string;
  /** How many bytes of the digest are sent. */
  readonly digestBytes: number;
  /** Where it is defined. */
  readonly source: string;
  /** Broken or weak by today's standards. */
  readonly legacy?: true;
}

/** Protocols of authentication by the names that people type. */
export const AUTH_ALGORITHMS = {
  MD5: { hash: "md5", digestBytes: 12, source: "RFC 3414", legacy: true },
  SHA: { hash: "sha1", digestBytes: 12, source: "RFC 3414", legacy: true },
  "SHA-224": { hash: "sha224", digestBytes: 16, source: "RFC 7860" },
  "SHA-256": { hash: "sha256", digestBytes: 24, source: "RFC 7860" },
  "SHA-384": { hash: "sha384", digestBytes: 32, source: "RFC 7860" },
  "SHA-512": { hash: "sha512", digestBytes: 48, source: "RFC 7860" },
} as const satisfies Record<string, AuthAlgorithm>;

/** The name of a protocol of authentication. */
export type AuthProtocol = keyof typeof AUTH_ALGORITHMS;

/** A protocol of privacy. */
export interface PrivAlgorithm {
  /** The cipher and the bits of its key. */
  readonly cipher: "des" | "aes-128" | "aes-192" | "aes-256";
  /** Of the localised key; DES takes eight for itself and eight for the first vector. */
  readonly keyBytes: number;
  /** How a key is made that is longer than the digest. */
  readonly extension: "none" | "blumenthal" | "reeder";
  /** Where it is defined. */
  readonly source: string;
  /** Broken or weak by today's standards. */
  readonly legacy?: true;
}

/**
 * Protocols of privacy by the names that people type. `AES-192` and `AES-256` extend the key as
 * net-snmp and most agents do, those with `-C` as Cisco's do.
 */
export const PRIV_ALGORITHMS = {
  DES: { cipher: "des", keyBytes: 16, extension: "none", source: "RFC 3414", legacy: true },
  AES: { cipher: "aes-128", keyBytes: 16, extension: "none", source: "RFC 3826" },
  "AES-192": {
    cipher: "aes-192",
    keyBytes: 24,
    extension: "blumenthal",
    source: "draft-blumenthal-aes-usm-04",
  },
  "AES-256": {
    cipher: "aes-256",
    keyBytes: 32,
    extension: "blumenthal",
    source: "draft-blumenthal-aes-usm-04",
  },
  "AES-192-C": {
    cipher: "aes-192",
    keyBytes: 24,
    extension: "reeder",
    source: "draft-reeder-snmpv3-usm-3desede-00",
  },
  "AES-256-C": {
    cipher: "aes-256",
    keyBytes: 32,
    extension: "reeder",
    source: "draft-reeder-snmpv3-usm-3desede-00",
  },
} as const satisfies Record<string, PrivAlgorithm>;

/** The name of a protocol of privacy. */
export type PrivProtocol = keyof typeof PRIV_ALGORITHMS;

/** A passphrase is repeated until it has as many bytes. */
const STRETCHED_BYTES = 1024 * 1024;

/** Many targets share a passphrase, and stretching takes milliseconds. */
const stretched = new Map<string, Uint8Array>();
const REMEMBERED = 64;

/**
 * Makes a key of a passphrase (RFC 3414, appendix A.2).
 *
 * @param hash As `node:crypto` names it.
 * @param passphrase Its bytes, at least one.
 */
export function passphraseKey(hash: string, passphrase: Uint8Array): Uint8Array {
  const id = `${hash} ${Buffer.from(passphrase).toString("hex")}`;
  const known = stretched.get(id);
  if (known !== undefined) return known;
  const text = Buffer.alloc(STRETCHED_BYTES);
  for (let at = 0; at < text.length; at += passphrase.length) {
    text.set(passphrase.subarray(0, text.length - at), at);
  }
  const key = createHash(hash).update(text).digest();
  if (stretched.size >= REMEMBERED) stretched.clear();
  stretched.set(id, key);
  return key;
}

/** Binds a key to an engine (RFC 3414, section 2.6). */
export function localise(hash: string, key: Uint8Array, engineId: Uint8Array): Uint8Array {
  return createHash(hash).update(key).update(engineId).update(key).digest();
}

/**
 * Makes the key that authenticates.
 *
 * @param protocol Which.
 * @param passphrase As typed.
 * @param engineId Of the engine that has authority.
 */
export function authKey(
  protocol: AuthProtocol,
  passphrase: string,
  engineId: Uint8Array,
): Uint8Array {
  const { hash } = AUTH_ALGORITHMS[protocol];
  return localise(hash, passphraseKey(hash, new TextEncoder().encode(passphrase)), engineId);
}

/**
 * Makes the key that encrypts; its hash is that of the protocol of authentication.
 *
 * @param protocol Which.
 * @param auth The protocol of authentication.
 * @param passphrase As typed.
 * @param engineId Of the engine that has authority.
 * @returns As many bytes as the protocol takes.
 */
export function privKey(
  protocol: PrivProtocol,
  auth: AuthProtocol,
  passphrase: string,
  engineId: Uint8Array,
): Uint8Array {
  const { hash } = AUTH_ALGORITHMS[auth];
  const { keyBytes, extension } = PRIV_ALGORITHMS[protocol];
  let key = authKey(auth, passphrase, engineId);
  let last = key;
  while (key.length < keyBytes) {
    // Reeder's takes the last piece for a passphrase, Blumenthal's hashes all that there is.
    last = extension === "reeder"
      ? localise(hash, passphraseKey(hash, last), engineId)
      : createHash(hash).update(key).digest();
    key = Buffer.concat([key, last]);
  }
  return key.subarray(0, keyBytes);
}

/**
 * Signs a message.
 *
 * @param protocol Which.
 * @param key Localised.
 * @param message With zeros where the digest goes.
 * @returns As many bytes of the digest as are sent.
 */
export function digestOf(
  protocol: AuthProtocol,
  key: Uint8Array,
  message: Uint8Array,
): Uint8Array {
  const { hash, digestBytes } = AUTH_ALGORITHMS[protocol];
  return createHmac(hash, key).update(message).digest().subarray(0, digestBytes);
}
