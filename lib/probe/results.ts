/** What the protocols of this folder answer: a validator and a type for each. */
import * as v from "valibot";

/** A certificate as the peer sent it, or as its issuer was found among the trusted ones. */
export const CertificateSchema = v.object({
  subject: v.string(),
  issuer: v.string(),
  /** RFC 3339, UTC. */
  validFrom: v.string(),
  validTo: v.string(),
  serialNumber: v.string(),
  /** SHA-256 of the certificate, in hexadecimal with colons. */
  fingerprint256: v.string(),
  /** Names and addresses that it is for: `DNS:r1.example`. */
  names: v.array(v.string()),
  /** `rsa 2048`, `ec prime256v1`, `ed25519`. */
  key: v.exactOptional(v.string()),
});

/** What was agreed on by TLS. */
export const TlsResultSchema = v.object({
  version: v.string(),
  /** By its name in IANA's list. */
  cipher: v.string(),
  /** What was agreed on by ALPN. */
  alpn: v.exactOptional(v.string()),
  /** The name that was asked for and checked; an address is checked, and not asked for. */
  serverName: v.string(),
  /** Whether the certificate is trusted, valid today, and for this name. */
  verified: v.boolean(),
  /** Why it is not; only with `--insecure`. */
  problem: v.exactOptional(v.string()),
  /** The peer's certificate first, each followed by its issuer's. */
  chain: v.array(CertificateSchema),
  /** Days until the peer's own certificate expires; negative after that. */
  daysLeft: v.number(),
  /** Which of the older and newer versions the peer takes; only when it was asked. */
  versions: v.exactOptional(v.array(v.object({
    version: v.string(),
    accepted: v.boolean(),
    /** Whether it should not be used any more (RFC 7568, RFC 8996). */
    weak: v.boolean(),
  }))),
});

/** One hop of an HTTP request. */
export const RedirectSchema = v.object({ status: v.number(), location: v.string() });

/** What a web server answered. */
export const HttpResultSchema = v.object({
  /** The last URL that was asked for. */
  url: v.string(),
  status: v.number(),
  /** `1.0`, `1.1` or `2`. */
  version: v.string(),
  /** By lower-case name; several of one name are joined by a comma. */
  headers: v.record(v.string(), v.string()),
  bodyBytes: v.number(),
  /** Whether the body holds what was asked for. */
  bodyMatches: v.exactOptional(v.boolean()),
  redirects: v.array(RedirectSchema),
  tls: v.exactOptional(TlsResultSchema),
});

/** What a name server answered. */
export const DnsResultSchema = v.object({
  server: v.string(),
  transport: v.picklist(["udp", "tcp", "tls"]),
  name: v.string(),
  type: v.string(),
  /** The response code by name: `NOERROR`, `NXDOMAIN`. */
  code: v.string(),
  /** `aa`, `tc`, `rd`, `ra`, `ad`, `cd`, those that are set. */
  flags: v.array(v.string()),
  answers: v.array(v.object({
    name: v.string(),
    type: v.string(),
    ttlS: v.number(),
    /** As in a zone file. */
    data: v.string(),
  })),
  /** How many records there were in the other sections. */
  authority: v.number(),
  additional: v.number(),
  bytes: v.number(),
  /** Whether the answer by UDP was cut, and was asked for again by TCP. */
  retriedByTcp: v.exactOptional(v.boolean()),
  tls: v.exactOptional(TlsResultSchema),
});

/** What answered a ping. */
export const PingResultSchema = v.object({
  address: v.string(),
  /** How it was done; times of different methods are not the same thing. */
  method: v.picklist(["icmp-datagram", "icmp-raw", "ping", "tcp"]),
  /** Bytes of payload; none for tcp. */
  bytes: v.exactOptional(v.number()),
  /** How many hops the answer could still have gone, where the system tells. */
  ttl: v.exactOptional(v.number()),
  /** The port, and whether it took the connection or refused it; both are an answer. Only for tcp. */
  port: v.exactOptional(v.number()),
  accepted: v.exactOptional(v.boolean()),
});

/** What a port answered. */
export const TcpResultSchema = v.object({
  /** The address that answered. */
  address: v.string(),
  port: v.number(),
  /** The first line that the peer sent, without its end. */
  banner: v.exactOptional(v.string()),
});

/** {@linkcode CertificateSchema} as a type. */
export type Certificate = v.InferOutput<typeof CertificateSchema>;
/** {@linkcode TlsResultSchema} as a type. */
export type TlsResult = v.InferOutput<typeof TlsResultSchema>;
/** {@linkcode HttpResultSchema} as a type. */
export type HttpResult = v.InferOutput<typeof HttpResultSchema>;
/** {@linkcode DnsResultSchema} as a type. */
export type DnsResult = v.InferOutput<typeof DnsResultSchema>;
/** {@linkcode PingResultSchema} as a type. */
export type PingResult = v.InferOutput<typeof PingResultSchema>;
/** {@linkcode TcpResultSchema} as a type. */
export type TcpResult = v.InferOutput<typeof TcpResultSchema>;
