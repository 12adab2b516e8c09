/** OpenSSH's host certificates (PROTOCOL.certkeys of OpenSSH). */
import { Buffer } from "node:buffer";
import ssh2 from "./_ssh2.ts";
import { matchesPattern } from "./_patterns.ts";
import { readWire, type WireReader, writeStrings } from "./_wire.ts";

/** What certificates' types end with. */
const SUFFIX = "-cert-v01@openssh.com";
/** The type of a certificate of a host. */
const HOST = 2;
/** How many fields a plain key has after its type. */
const KEY_FIELDS: Readonly<Record<string, number>> = {
  "ssh-ed25519": 1,
  "ecdsa-sha2-nistp256": 2,
  "ecdsa-sha2-nistp384": 2,
  "ecdsa-sha2-nistp521": 2,
  "ssh-rsa": 2,
};
/** With what an authority may sign: SHA-1 is out, as with OpenSSH. */
const SIGNATURES: Readonly<Record<string, string | undefined>> = {
  "ssh-ed25519": undefined,
  "ecdsa-sha2-nistp256": undefined,
  "ecdsa-sha2-nistp384": undefined,
  "ecdsa-sha2-nistp521": undefined,
  "rsa-sha2-256": "sha256",
  "rsa-sha2-512": "sha512",
};

/** A host's certificate, its signature not yet checked. */
export interface HostCertificate {
  /** The host's key without the certificate, in wire format. */
  readonly key: Buffer;
  /** Its type: `ssh-ed25519`. */
  readonly keyType: string;
  /** The serial number. */
  readonly serial: bigint;
  /** 1 for users, 2 for hosts. */
  readonly kind: number;
  /** What the authority calls it. */
  readonly id: string;
  /** The names it is for; all if there are none. */
  readonly principals: readonly string[];
  /** From when on it holds, in seconds since 1970. */
  readonly validAfter: bigint;
  /** Until when it holds, in seconds since 1970. */
  readonly validBefore: bigint;
  /** Whether it makes conditions; a host's must not. */
  readonly conditions: boolean;
  /** The authority's key in wire format. */
  readonly authority: Buffer;
  /** What is signed. */
  readonly signed: Buffer;
  /** The authority's signature. */
  readonly signature: Buffer;
}

/** Whether a type of key, or an algorithm, is that of a certificate. */
export function isCertificateType(type: string): boolean {
  return type.endsWith(SUFFIX);
}

/** The name without `-cert-v01@openssh.com`. */
export function plainName(type: string): string {
  return isCertificateType(type) ? type.slice(0, -SUFFIX.length) : type;
}

/** The algorithm for certificates of an algorithm of keys. */
export function certificateName(algorithm: string): string {
  return algorithm + SUFFIX;
}

/**
 * Reads a certificate.
 *
 * @param blob In wire format.
 * @returns Its fields.
 * @throws {RangeError} If it is cut short or of an unknown type.
 */
export function parseCertificate(blob: Buffer): HostCertificate {
  const wire = readWire(blob);
  const keyType = plainName(wire.text());
  const fields = KEY_FIELDS[keyType];
  if (fields === undefined) throw new RangeError(`No certificates of type ${keyType} are known`);
  wire.bytes(); // the nonce
  const key = writeStrings(keyType, ...Array.from({ length: fields }, () => wire.bytes()));
  const serial = wire.uint64();
  const kind = wire.uint32();
  const id = wire.text();
  const principals = readList(wire.bytes());
  const validAfter = wire.uint64();
  const validBefore = wire.uint64();
  const conditions = wire.bytes().length > 0;
  wire.bytes(); // extensions, none of which is defined for hosts
  wire.bytes(); // reserved
  const authority = wire.bytes();
  const signed = blob.subarray(0, wire.position());
  const signature = wire.bytes();
  if (wire.left() > 0) throw new RangeError(`${wire.left()} bytes follow the certificate`);
  return {
    key,
    keyType,
    serial,
    kind,
    id,
    principals,
    validAfter,
    validBefore,
    conditions,
    authority,
    signed,
    signature,
  };
}

function readList(data: Buffer): string[] {
  const wire: WireReader = readWire(data);
  const list: string[] = [];
  while (wire.left() > 0) list.push(wire.text());
  return list;
}

/**
 * Looks for what is wrong with a certificate; that its authority is trusted is for the caller.
 *
 * @param certificate The certificate.
 * @param host The host that showed it, without its port.
 * @param nowS The time in seconds since 1970.
 * @returns What is wrong with it; nothing if all is well.
 */
export function certificateFault(
  certificate: HostCertificate,
  host: string,
  nowS: number,
): string | undefined {
  const { kind, principals, validAfter, validBefore, conditions } = certificate;
  if (!isSigned(certificate)) return "the authority's signature does not fit";
  if (kind !== HOST) return "it is not a host's certificate";
  if (BigInt(Math.floor(nowS)) < validAfter) return `it is not valid before ${date(validAfter)}`;
  if (BigInt(Math.floor(nowS)) >= validBefore) return `it expired on ${date(validBefore)}`;
  if (conditions) return "it makes conditions, which a host's must not";
  const name = host.toLowerCase();
  if (principals.length > 0 && !principals.some((pattern) => matchesPattern(name, pattern))) {
    return `it is for ${principals.join(", ")}`;
  }
  return undefined;
}

function date(seconds: bigint): string {
  const ms = Number(seconds) * 1000;
  return ms > 8.64e15 ? "the end of time" : new Date(ms).toISOString();
}

function isSigned(certificate: HostCertificate): boolean {
  try {
    return checkSignature(certificate);
  } catch (error) {
    // A signature that can't be read is none.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function checkSignature({ authority, signed, signature }: HostCertificate): boolean {
  const key = ssh2.utils.parseKey(authority);
  if (key instanceof Error) return false;
  const wire = readWire(signature);
  const algorithm = wire.text();
  if (!Object.hasOwn(SIGNATURES, algorithm)) return false;
  // A signature by another kind of key than the authority's does not count.
  if (key.type !== (algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm)) return false;
  const value = wire.bytes();
  const asked = algorithm.startsWith("ecdsa-") ? ecdsaAsDer(value) : value;
  return key.verify(signed, asked, SIGNATURES[algorithm]) === true;
}

/** Turns r and s of SSH (RFC 5656, section 3.1.2) into the sequence that crypto libraries take. */
function ecdsaAsDer(value: Buffer): Buffer {
  const wire = readWire(value);
  const integers = [wire.bytes(), wire.bytes()].flatMap((number) => [
    Buffer.from([0x02, number.length]),
    number,
  ]);
  const body = Buffer.concat(integers);
  const head = body.length < 0x80 ? [0x30, body.length] : [0x30, 0x81, body.length];
  return Buffer.concat([Buffer.from(head), body]);
}
