/** The user-based security model: signs, encrypts, verifies and decrypts (RFC 3414). */
import { timingSafeEqual } from "node:crypto";
import type { Secret } from "../secret.ts";
import { malformed } from "./_ber.ts";
import { decrypt, encrypt } from "./cipher.ts";
import {
  AUTH_ALGORITHMS,
  authKey,
  type AuthProtocol,
  digestOf,
  privKey,
  type PrivProtocol,
} from "./keys.ts";
import {
  FLAG,
  readMessage,
  readScopedPdu,
  type ScopedPdu,
  type SecureMessage,
  secureMessage,
} from "./message.ts";

/** A user of SNMPv3 and what protects its messages. */
export interface SnmpUser {
  /** As the agent knows it. */
  readonly name: string;
  /** Messages are signed. */
  readonly auth?: { readonly protocol: AuthProtocol; readonly passphrase: Secret };
  /** Messages are encrypted; only with `auth`. */
  readonly priv?: { readonly protocol: PrivProtocol; readonly passphrase: Secret };
}

/** Names of the levels of security. */
export type SecurityLevel = "noAuthNoPriv" | "authNoPriv" | "authPriv";

/** The level at which a user's messages are sent. */
export function levelOf(user: SnmpUser): SecurityLevel {
  return user.auth === undefined
    ? "noAuthNoPriv"
    : user.priv === undefined
    ? "authNoPriv"
    : "authPriv";
}

/** The engine that has authority over a message's time and keys. */
export interface Engine {
  /** Five bytes to 32. */
  readonly id: Uint8Array;
  /** How often it began anew. */
  readonly boots: number;
  /** Seconds since then. */
  readonly time: number;
}

/** A user's keys for one engine. */
export interface UserKeys {
  /** Whose keys they are. */
  readonly user: SnmpUser;
  /** Signs. */
  readonly auth?: Uint8Array;
  /** Encrypts. */
  readonly priv?: Uint8Array;
}

/** Makes a user's keys for an engine. */
export function keysFor(user: SnmpUser, engineId: Uint8Array): UserKeys {
  const { auth, priv } = user;
  if (auth === undefined) return { user };
  const signing = authKey(auth.protocol, auth.passphrase.reveal(), engineId);
  if (priv === undefined) return { user, auth: signing };
  const { protocol, passphrase } = priv;
  return {
    user,
    auth: signing,
    priv: privKey(protocol, auth.protocol, passphrase.reveal(), engineId),
  };
}

/** What is sealed beside the engine and the user. */
export interface Envelope {
  /** Tells which answer belongs to it. */
  readonly messageId: number;
  /** An answer or a report may be sent to it. */
  readonly reportable: boolean;
  /** The eight bytes of salt; must differ from message to message under the same key. */
  readonly salt: Uint8Array;
  /** The field of a scoped unit. */
  readonly scoped: Uint8Array;
}

/** Signs and encrypts as the user's level asks. */
export function seal(engine: Engine, keys: UserKeys, envelope: Envelope): Uint8Array {
  const { user } = keys;
  const { auth, priv } = user;
  const encrypts = priv !== undefined && keys.priv !== undefined;
  const { boots: engineBoots, time: engineTime } = engine;
  const { salt } = envelope;
  const message = secureMessage({
    messageId: envelope.messageId,
    flags: (auth === undefined ? 0 : FLAG.auth) | (encrypts ? FLAG.priv : 0) |
      (envelope.reportable ? FLAG.reportable : 0),
    engineId: engine.id,
    engineBoots,
    engineTime,
    userName: new TextEncoder().encode(user.name),
    authParameters: auth === undefined
      ? new Uint8Array()
      : new Uint8Array(AUTH_ALGORITHMS[auth.protocol].digestBytes),
    privParameters: encrypts ? salt : new Uint8Array(),
    data: encrypts
      ? encrypt(priv.protocol, keys.priv, { engineBoots, engineTime, salt }, envelope.scoped)
      : envelope.scoped,
  });
  if (auth !== undefined && keys.auth !== undefined) {
    const placed = readMessage(message) as SecureMessage;
    placed.authParameters.set(digestOf(auth.protocol, keys.auth, message));
  }
  return message;
}

/** Whether a message carries the digest that the user's key makes of it. */
export function isAuthentic(message: SecureMessage, keys: UserKeys): boolean {
  const { auth } = keys.user;
  if (auth === undefined || keys.auth === undefined) return false;
  const { bytes, authParameters } = message;
  if (authParameters.length !== AUTH_ALGORITHMS[auth.protocol].digestBytes) return false;
  const blank = bytes.slice();
  const at = authParameters.byteOffset - bytes.byteOffset;
  blank.fill(0, at, at + authParameters.length);
  return timingSafeEqual(digestOf(auth.protocol, keys.auth, blank), authParameters);
}

/**
 * Reads the scoped unit of a message, decrypted if it is encrypted.
 *
 * @throws {ProbeError} `protocol` if it is none, as when the key is wrong.
 */
export function unseal(message: SecureMessage, keys: UserKeys): ScopedPdu {
  if ((message.flags & FLAG.priv) === 0) return readScopedPdu(message.data);
  const { priv } = keys.user;
  if (priv === undefined || keys.priv === undefined) {
    throw malformed("it is encrypted, and no privacy was agreed upon");
  }
  const { engineBoots, engineTime, privParameters: salt } = message;
  const data = decrypt(priv.protocol, keys.priv, { engineBoots, engineTime, salt }, message.data);
  return readScopedPdu(data);
}
