/** What is wrong with a peer's certificate. */
import { Buffer } from "node:buffer";
import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { ProbeErrorCode } from "../error.ts";

/** Why a peer is not to be trusted. */
export interface TlsProblem {
  readonly code: ProbeErrorCode;
  readonly message: string;
}

const CODES: Readonly<Record<string, ProbeErrorCode>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls-self-signed",
  CERT_HAS_EXPIRED: "tls-expired",
  CERT_NOT_YET_VALID: "tls-not-yet-valid",
  CERT_REVOKED: "tls-revoked",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls-name",
};

/**
 * Says what is wrong with the certificate of a peer.
 *
 * The runtime decides whether something is; which it is, is also told from the dates, as it calls a
 * certificate out of its time one that it can't verify.
 *
 * @param socket After its handshake.
 * @param name The name or address that it has to be for.
 * @returns What is wrong; nothing if the peer is to be trusted.
 */
export function problemOf(socket: TLSSocket, name: string): TlsProblem | undefined {
  if (socket.authorized) return undefined;
  const reason = socket.authorizationError as unknown;
  const code = reason instanceof Error
    ? (reason as { code?: string }).code ?? reason.message
    : String(reason);
  const certificates = peerCertificates(socket);
  const [own] = certificates;
  if (own === undefined) return { code: "tls-untrusted", message: "The peer has no certificate" };
  const now = Date.now();
  for (const certificate of certificates) {
    const [from, to] = [certificate.validFrom, certificate.validTo].map((text) => new Date(text));
    const which = certificate === own
      ? "the certificate"
      : `the issuer's (${subjectOf(certificate)})`;
    if (to!.getTime() < now) {
      return { code: "tls-expired", message: `${which} expired on ${to!.toISOString()}` };
    }
    if (from!.getTime() > now) {
      return {
        code: "tls-not-yet-valid",
        message: `${which} is valid from ${from!.toISOString()} on`,
      };
    }
  }
  switch (CODES[code]) {
    case "tls-name":
      return {
        code: "tls-name",
        message: `the certificate is for ${own.subjectAltName ?? subjectOf(own)}, not for ${name}`,
      };
    case undefined:
      return {
        code: "tls-untrusted",
        message: `issued by ${issuerOf(own)}, not trusted (${code})`,
      };
    default:
      return { code: CODES[code]!, message: `the certificate of ${subjectOf(own)}: ${code}` };
  }
}

/**
 * Lists the certificates of a peer: its own, then each one's issuer as far as it was sent or is known.
 *
 * @param socket After its handshake.
 * @returns The certificates, each once.
 */
export function peerCertificates(socket: TLSSocket): X509Certificate[] {
  const found = new Map<string, X509Certificate>();
  let current = socket.getPeerCertificate(true) as
    | ReturnType<TLSSocket["getPeerCertificate"]> & {
      issuerCertificate?: unknown;
    }
    | undefined;
  // A chain is short; a peer may send as many as it likes.
  for (let depth = 0; depth < 10 && current?.raw !== undefined; depth++) {
    const certificate = new X509Certificate(Buffer.from(current.raw));
    found.set(certificate.fingerprint256, certificate);
    const next = current.issuerCertificate as typeof current;
    if (next === current) break;
    current = next;
  }
  return [...found.values()];
}

/** A certificate's subject on one line. */
export function subjectOf({ subject }: X509Certificate): string {
  return oneLine(subject);
}

/** Its issuer on one line. */
export function issuerOf({ issuer }: X509Certificate): string {
  return oneLine(issuer);
}

function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}
