/**
 * How the network answers, protocol by protocol and phase by phase.
 *
 * A protocol opens a connection and asks over it; the runner makes samples of that, for many targets
 * at once, as a stream of events; a recorder makes the document of them that all views read.
 *
 * @module
 */
export type { Secret } from "./secret.ts";
export { ERROR_CODES, ProbeError, type ProbeErrorCode } from "./error.ts";
export type {
  ConnectionKind,
  ProbeEnd,
  ProbeEvent,
  ProbeSample,
  ProbeSampleEvent,
  ProbeSettings,
  ProbeStart,
  ProbeTargetEnd,
} from "./events.ts";
export { checkGates, type ProbeLimits } from "./gates.ts";
export { type Inventory, type InventoryHost, loadInventory, selectHosts } from "./inventory/mod.ts";
export { type PhaseClock, type PhaseName, PHASES, type Phases, startPhases } from "./phases.ts";
export { createProbeRecorder, type ProbeRecorder } from "./record.ts";
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
export { DEFAULT_SETTINGS, probe, type ProbePlan } from "./run.ts";
export type { ProbeDocument, ProbeGate, ProbeTargetResult, TargetState } from "./document_types.ts";
export { type ProbeScript, probeTargets } from "./probe_targets.ts";
export { readSecret, secret, type SecretSource } from "./secret.ts";
export {
  jitter,
  type Measured,
  percentile,
  type ProbeSummary,
  summariseSamples,
} from "./summary.ts";
export { parseTarget } from "./target.ts";
export type {
  Attempt,
  Connection,
  Expectation as ProbeExpectation,
  Protocol,
  Target as ProbeTarget,
} from "./types.ts";
export type { DnsQuestion } from "./dns/message.ts";
export type { HttpOptions } from "./http/types.ts";
export { dns, type DnsOptions } from "./protocols/dns.ts";
export { http } from "./protocols/http.ts";
export { ping, type PingOptions } from "./protocols/ping.ts";
export { tcp, type TcpOptions } from "./protocols/tcp.ts";
export { tls, type TlsProbeOptions } from "./protocols/tls.ts";
export type { TlsOptions, TlsVersion } from "./tls/types.ts";
