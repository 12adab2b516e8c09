/** Validators of what the protocols of this folder answer. */
import * as v from "valibot";
import type {
  Certificate,
  DnsResult,
  HttpResult,
  PingResult,
  TcpResult,
  TlsResult,
} from "./result_types.ts";

export type {
  Certificate,
  DnsRecord,
  DnsResult,
  HttpResult,
  OfferedVersion,
  PingResult,
  Redirect,
  TcpResult,
  TlsResult,
} from "./result_types.ts";

const CertificateSchema: v.GenericSchema<Certificate> = v.object({
  subject: v.string(),
  issuer: v.string(),
  validFrom: v.string(),
  validTo: v.string(),
  serialNumber: v.string(),
  fingerprint256: v.string(),
  names: v.array(v.string()),
  key: v.exactOptional(v.string()),
});

/** {@linkcode TlsResult} */
export const TlsResultSchema: v.GenericSchema<TlsResult> = v.object({
  version: v.string(),
  cipher: v.string(),
  alpn: v.exactOptional(v.string()),
  serverName: v.string(),
  verified: v.boolean(),
  problem: v.exactOptional(v.string()),
  chain: v.array(CertificateSchema),
  daysLeft: v.number(),
  versions: v.exactOptional(v.array(v.object({
    version: v.string(),
    accepted: v.boolean(),
    weak: v.boolean(),
  }))),
});

/** {@linkcode HttpResult} */
export const HttpResultSchema: v.GenericSchema<HttpResult> = v.object({
  url: v.string(),
  status: v.number(),
  version: v.string(),
  headers: v.record(v.string(), v.string()),
  bodyBytes: v.number(),
  bodyMatches: v.exactOptional(v.boolean()),
  redirects: v.array(v.object({ status: v.number(), location: v.string() })),
  tls: v.exactOptional(TlsResultSchema),
});

/** {@linkcode DnsResult} */
export const DnsResultSchema: v.GenericSchema<DnsResult> = v.object({
  server: v.string(),
  transport: v.picklist(["udp", "tcp", "tls"]),
  name: v.string(),
  type: v.string(),
  code: v.string(),
  flags: v.array(v.string()),
  answers: v.array(v.object({
    name: v.string(),
    type: v.string(),
    ttlS: v.number(),
    data: v.string(),
  })),
  authority: v.number(),
  additional: v.number(),
  bytes: v.number(),
  retriedByTcp: v.exactOptional(v.boolean()),
  tls: v.exactOptional(TlsResultSchema),
});

/** {@linkcode PingResult} */
export const PingResultSchema: v.GenericSchema<PingResult> = v.object({
  address: v.string(),
  method: v.picklist(["icmp-datagram", "icmp-raw", "ping", "tcp"]),
  bytes: v.exactOptional(v.number()),
  ttl: v.exactOptional(v.number()),
  port: v.exactOptional(v.number()),
  accepted: v.exactOptional(v.boolean()),
});

/** {@linkcode TcpResult} */
export const TcpResultSchema: v.GenericSchema<TcpResult> = v.object({
  address: v.string(),
  port: v.number(),
  banner: v.exactOptional(v.string()),
});
