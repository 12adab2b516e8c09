/** Judges the key that a host shows by what is known of it, by OpenSSH's rules. */
import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { ProbeError } from "../error.ts";
import { hostName, SSH_PORT } from "./_patterns.ts";
import {
  certificateFault,
  type HostCertificate,
  isCertificateType,
  parseCertificate,
} from "./certificate.ts";
import { entriesOf, type KnownHost, type KnownHosts } from "./known_hosts.ts";
import { readWire } from "./_wire.ts";

/** What is to be thought of a host's key. */
export type HostKeyVerdict =
  /** The entry holds this very key. */
  | { readonly state: "known"; readonly entry: KnownHost }
  /** A known authority vouches for it. */
  | {
    readonly state: "certificate";
    readonly entry: KnownHost;
    readonly certificate: HostCertificate;
  }
  /** No entry names the host with a key of this type. */
  | { readonly state: "unknown"; readonly others: readonly KnownHost[]; readonly fault?: string }
  /** An entry has another key of this type. */
  | { readonly state: "changed"; readonly entry: KnownHost }
  /** An entry says that the key, or its authority, must not be trusted any more. */
  | { readonly state: "revoked"; readonly entry: KnownHost };

/** The type of a key or certificate in wire format: `ssh-ed25519`. */
export function keyType(blob: Buffer): string {
  try {
    return readWire(blob).text();
  } catch (error) {
    if (error instanceof RangeError) throw new ProbeError("protocol", "The host key is malformed");
    throw error;
  }
}

/** The fingerprint as ssh-keygen prints it: `SHA256:…`. */
export function fingerprint(blob: Buffer): string {
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/**
 * Judges a host's key.
 *
 * On another port than 22 the entry without a port counts too, if it holds the very key and nothing
 * is known of the host with its port; as with OpenSSH.
 *
 * @param known What is known.
 * @param host The host, as it was asked for.
 * @param port Its port.
 * @param blob The key or certificate that it showed, in wire format.
 * @param nowS The time in seconds since 1970.
 * @returns What to think of it.
 * @throws {ProbeError} `protocol` if it is malformed.
 */
export function judgeHostKey(
  known: KnownHosts,
  host: string,
  port: number,
  blob: Buffer,
  nowS: number = Date.now() / 1000,
): HostKeyVerdict {
  const verdict = judgeNamed(known, hostName(host, port), host, blob, nowS);
  if (verdict.state !== "unknown" || port === SSH_PORT) return verdict;
  const portless = judgeNamed(known, hostName(host, SSH_PORT), host, blob, nowS);
  const counts = portless.state !== "unknown" && portless.state !== "changed";
  return counts ? portless : verdict;
}

function judgeNamed(
  known: KnownHosts,
  name: string,
  host: string,
  blob: Buffer,
  nowS: number,
): HostKeyVerdict {
  const entries = entriesOf(known, name);
  const certificate = isCertificateType(keyType(blob)) ? readCertificate(blob) : undefined;
  const key = certificate?.key ?? blob;
  const revoked = entries.find((entry) =>
    entry.marker === "revoked" &&
    (entry.key.equals(key) || (certificate?.authority.equals(entry.key) ?? false))
  );
  if (revoked !== undefined) return { state: "revoked", entry: revoked };
  let fault: string | undefined;
  if (certificate !== undefined) {
    const entry = entries.find((entry) =>
      entry.marker === "cert-authority" && entry.key.equals(certificate.authority)
    );
    if (entry !== undefined) {
      fault = certificateFault(certificate, host, nowS);
      if (fault === undefined) return { state: "certificate", entry, certificate };
    }
  }
  // Without a certificate that holds, the key counts by itself, as with OpenSSH.
  const plain = judgePlain(entries.filter((entry) => entry.marker === undefined), key);
  return plain.state === "unknown" && fault !== undefined ? { ...plain, fault } : plain;
}

function readCertificate(blob: Buffer): HostCertificate {
  try {
    return parseCertificate(blob);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProbeError("protocol", `The host's certificate is malformed: ${error.message}`);
  }
}

function judgePlain(entries: readonly KnownHost[], key: Buffer): HostKeyVerdict {
  const same = entries.find((entry) => entry.key.equals(key));
  if (same !== undefined) return { state: "known", entry: same };
  const type = keyType(key);
  const other = entries.find((entry) => entry.type === type);
  if (other !== undefined) return { state: "changed", entry: other };
  return { state: "unknown", others: entries };
}

/**
 * Says why a host's key can't be trusted.
 *
 * @param verdict What was found of it.
 * @param label The target.
 * @param blob The key, in wire format.
 * @returns The error; nothing if it can be trusted.
 */
export function hostKeyError(
  verdict: HostKeyVerdict,
  label: string,
  blob: Buffer,
): ProbeError | undefined {
  const shown = `${keyType(blob)} ${fingerprint(blob)}`;
  switch (verdict.state) {
    case "known":
    case "certificate":
      return undefined;
    case "revoked":
      return new ProbeError(
        "hostkey-revoked",
        `${label} shows ${shown}, which is revoked by ${place(verdict.entry)}`,
      );
    case "changed":
      return new ProbeError(
        "hostkey-changed",
        `${label} shows ${shown}, but ${place(verdict.entry)} has ` +
          `${
            fingerprint(verdict.entry.key)
          }: somebody may be in between, or the host has a new key`,
      );
    case "unknown": {
      const { fault, others } = verdict;
      const why = fault !== undefined
        ? `its certificate does not hold: ${fault}`
        : others.length > 0
        ? `only keys of other types are known (${others.map((o) => o.type).join(", ")})`
        : "no known_hosts file names it";
      return new ProbeError("hostkey-unknown", `${label} shows ${shown}; ${why}`);
    }
  }
}

function place({ file, line }: KnownHost): string {
  return `${file}:${line}`;
}
