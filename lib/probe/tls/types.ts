import type { Secret } from "../secret.ts";

/** A version that can be asked for. */
export type TlsVersion = "TLSv1.2" | "TLSv1.3";

/** How a peer is talked to by TLS. */
export interface TlsOptions {
  /** `false` takes any certificate; what is wrong with it is told in the result. */
  readonly verify: boolean;
  /** Certificates in PEM that are trusted in the place of the system's. */
  readonly ca?: string;
  /** Our own certificate in PEM, with the ones above it. */
  readonly cert?: string;
  /** Its key in PEM, not encrypted. */
  readonly key?: Secret;
  /** The name to ask for and to check; the target's host by default. */
  readonly serverName?: string;
  /** Protocols to offer by ALPN, the preferred one first. */
  readonly alpn?: readonly string[];
  /** The oldest version that is taken. */
  readonly minVersion?: TlsVersion;
  /** The newest version that is taken. */
  readonly maxVersion?: TlsVersion;
}
