/** What the protocols of this folder answer. */

/** A certificate as the peer sent it, or as its issuer was found among the trusted ones. */
export interface Certificate {
  /** Whose it is: `CN=r1.example`. */
  subject: string;
  /** Who signed it. */
  issuer: string;
  /** From when on it is valid; RFC 3339, UTC. */
  validFrom: string;
  /** Until when it is valid; RFC 3339, UTC. */
  validTo: string;
  /** In hexadecimal. */
  serialNumber: string;
  /** SHA-256 of the certificate, in hexadecimal with colons. */
  fingerprint256: string;
  /** Names and addresses that it is for: `DNS:r1.example`. */
  names: string[];
  /** `rsa 2048`, `ec prime256v1`, `ed25519`. */
  key?: string;
}

/** Whether a peer takes a version of TLS. */
export interface OfferedVersion {
  /** For example `TLSv1.2`. */
  version: string;
  /** Whether it is taken. */
  accepted: boolean;
  /** Whether it should not be used any more (RFC 7568, RFC 8996). */
  weak: boolean;
}

/** What was agreed on by TLS. */
export interface TlsResult {
  /** For example `TLSv1.3`. */
  version: string;
  /** By its name in IANA's list. */
  cipher: string;
  /** What was agreed on by ALPN. */
  alpn?: string;
  /** The name that was asked for and checked; an address is checked, and not asked for. */
  serverName: string;
  /** Whether the certificate is trusted, valid today, and for this name. */
  verified: boolean;
  /** Why it is not; only where that was asked to be no error. */
  problem?: string;
  /** The peer's certificate first, each followed by its issuer's. */
  chain: Certificate[];
  /** Days until the peer's own certificate expires; negative after that. */
  daysLeft: number;
  /** Which of the older and newer versions the peer takes; only where that was asked. */
  versions?: OfferedVersion[];
}

/** One hop of an HTTP request. */
export interface Redirect {
  /** 301, 302, 303, 307 or 308. */
  status: number;
  /** Where to, as the server wrote it. */
  location: string;
}

/** What a web server answered. */
export interface HttpResult {
  /** The last URL that was asked for. */
  url: string;
  /** For example 200. */
  status: number;
  /** `1.0`, `1.1` or `2`. */
  version: string;
  /** By lower-case name; several of one name are joined by a comma. */
  headers: Record<string, string>;
  /** Bytes of the body. */
  bodyBytes: number;
  /** Whether the body holds what was asked for. */
  bodyMatches?: boolean;
  /** The hops before the answer. */
  redirects: Redirect[];
  /** What was agreed on by TLS. */
  tls?: TlsResult;
}

/** A record of the DNS. */
export interface DnsRecord {
  /** Whose it is. */
  name: string;
  /** For example `AAAA`. */
  type: string;
  /** How long it may be kept, in seconds. */
  ttlS: number;
  /** As in a zone file. */
  data: string;
}

/** What a name server answered. */
export interface DnsResult {
  /** The target. */
  server: string;
  /** How it was asked. */
  transport: "udp" | "tcp" | "tls";
  /** What was asked for. */
  name: string;
  /** The type that was asked for. */
  type: string;
  /** The response code by name: `NOERROR`, `NXDOMAIN`. */
  code: string;
  /** `aa`, `tc`, `rd`, `ra`, `ad`, `cd`, those that are set. */
  flags: string[];
  /** The records of the answer. */
  answers: DnsRecord[];
  /** How many records there were in the section of authorities. */
  authority: number;
  /** How many there were in the additional section, without that of EDNS. */
  additional: number;
  /** Bytes of the message. */
  bytes: number;
  /** Whether the answer by UDP was cut, and was asked for again by TCP. */
  retriedByTcp?: boolean;
  /** What was agreed on by TLS. */
  tls?: TlsResult;
}

/** What answered a ping. */
export interface PingResult {
  /** Who answered. */
  address: string;
  /** How it was done; times of different methods are not the same thing. */
  method: "icmp-datagram" | "icmp-raw" | "ping" | "tcp";
  /** Bytes of payload; none for tcp. */
  bytes?: number;
  /** How many hops the answer could still have gone, where the system tells. */
  ttl?: number;
  /** The port; only for tcp. */
  port?: number;
  /** Whether the port took the connection or refused it, which is an answer too; only for tcp. */
  accepted?: boolean;
}

/** What a port answered. */
export interface TcpResult {
  /** The address that answered. */
  address: string;
  /** Its port. */
  port: number;
  /** The first line that the peer sent, without its end. */
  banner?: string;
}
