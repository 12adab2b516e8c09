/** Decides on the host key of one connection, and keeps a new one where that was asked for. */
import type { Buffer } from "node:buffer";
import { ProbeError } from "../error.ts";
import type { Target } from "../types.ts";
import { acceptNew } from "./accept_new.ts";
import { certificateName, isCertificateType } from "./certificate.ts";
import {
  fingerprint,
  hostKeyError,
  type HostKeyVerdict,
  judgeHostKey,
  keyType,
} from "./host_key.ts";
import type { KnownHosts } from "./known_hosts.ts";
import type { HostKeyInfo, HostKeyTrust } from "./types.ts";

/** What was decided. */
export interface HostKeyCheck {
  /** Why the key is not trusted. */
  readonly error?: ProbeError;
  /**
   * Called once the server has proved that it holds the key; keeps a new one.
   *
   * @returns How it was checked.
   * @throws {ProbeError} If another process has met the host with another key meanwhile.
   */
  accept(): HostKeyInfo;
  /** The algorithm's full name, which is that of a certificate if one was shown. */
  algorithm(plain: string): string;
}

/**
 * Judges the key that a server shows.
 *
 * @param trust Whom to trust.
 * @param known What is known.
 * @param target The server.
 * @param port Its port.
 * @param blob Its key or certificate.
 */
export function checkHostKey(
  trust: HostKeyTrust,
  known: KnownHosts,
  target: Target,
  port: number,
  blob: Buffer,
): HostKeyCheck {
  const shown = { type: "", fingerprint: "" };
  const algorithm = (plain: string) =>
    isCertificateType(shown.type) ? certificateName(plain) : plain;
  try {
    const verdict = judgeHostKey(known, target.host, port, blob);
    Object.assign(shown, { type: keyType(blob), fingerprint: fingerprint(blob) });
    const error = hostKeyError(verdict, target.label, blob);
    const isNew = verdict.state === "unknown" && trust.acceptNew && !isCertificateType(shown.type);
    if (error !== undefined && !isNew) return { error, accept: () => refuse(error), algorithm };
    return {
      algorithm,
      accept() {
        if (!isNew) return { ...shown, ...describe(verdict) };
        const kept = acceptNew(trust.files[0], target.host, port, blob);
        const changed = hostKeyError(kept, target.label, blob);
        if (changed !== undefined) refuse(changed);
        return { ...shown, trust: "accepted" };
      },
    };
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    return { error, accept: () => refuse(error), algorithm };
  }
}

function refuse(error: ProbeError): never {
  throw error;
}

function describe(
  verdict: HostKeyVerdict,
): Pick<HostKeyInfo, "trust" | "certificate" | "fingerprint"> | {
  trust: "known";
} {
  if (verdict.state !== "certificate") return { trust: "known" };
  const { key, id, serial, principals, validBefore } = verdict.certificate;
  const end = Number(validBefore) * 1000;
  return {
    trust: "certificate",
    // The fingerprint of a certificate is that of its key, as ssh-keygen prints it.
    fingerprint: fingerprint(key),
    certificate: {
      id,
      serial: String(serial),
      principals,
      ...(end < 8.64e15 ? { validBefore: new Date(end).toISOString() } : {}),
    },
  };
}
