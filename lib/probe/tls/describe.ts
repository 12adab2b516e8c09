/** What was agreed on by TLS, as plain JSON. */
import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { Certificate, TlsResult } from "../results.ts";
import { issuerOf, peerCertificates, problemOf, subjectOf } from "./_verify.ts";

const DAY_MS = 86_400_000;

/**
 * Describes a connection.
 *
 * @param socket After its handshake.
 * @param serverName The name that was asked for and checked.
 * @returns Version, cipher, chain.
 */
export function describeTls(socket: TLSSocket, serverName: string): TlsResult {
  const problem = problemOf(socket, serverName);
  const chain = peerCertificates(socket).map(certificateOf);
  const { standardName, name } = socket.getCipher();
  return {
    version: socket.getProtocol() ?? "unknown",
    cipher: standardName ?? name,
    ...(socket.alpnProtocol ? { alpn: socket.alpnProtocol } : {}),
    serverName,
    verified: problem === undefined,
    ...(problem === undefined ? {} : { problem: `${problem.code}: ${problem.message}` }),
    chain,
    daysLeft: daysLeft(chain[0]),
  };
}

/**
 * Says how long a certificate is still valid.
 *
 * @param certificate It.
 * @returns Days with two decimal places, rounded down; below zero after it has expired.
 */
export function daysLeft(certificate: Certificate | undefined): number {
  if (certificate === undefined) return 0;
  const ms = new Date(certificate.validTo).getTime() - Date.now();
  return Math.floor(ms / DAY_MS * 100) / 100;
}

function certificateOf(certificate: X509Certificate): Certificate {
  const { validFrom, validTo, serialNumber, fingerprint256, subjectAltName } = certificate;
  const key = keyOf(certificate);
  return {
    subject: subjectOf(certificate),
    issuer: issuerOf(certificate),
    validFrom: new Date(validFrom).toISOString(),
    validTo: new Date(validTo).toISOString(),
    serialNumber,
    fingerprint256,
    names: subjectAltName === undefined ? [] : subjectAltName.split(/, (?=[A-Za-z ]+:)/),
    ...(key === undefined ? {} : { key }),
  };
}

function keyOf({ publicKey }: X509Certificate): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey;
  const size = details?.modulusLength ?? details?.namedCurve;
  return size === undefined ? type : `${type} ${size}`;
}
