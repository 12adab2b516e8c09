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
export { grpc } from "./protocols/grpc.ts";
export type * from "./grpc/types.ts";
export { gnmi } from "./protocols/gnmi.ts";
export type * from "./gnmi/types.ts";
export type { GnmiEncoding } from "./gnmi/value.ts";
export type { GnmiPathMessage } from "./protos/gnmi.ts";
export { formatPath, parsePath } from "./gnmi/path.ts";
export { gnoi } from "./protocols/gnoi.ts";
export type * from "./gnoi/types.ts";
export { netconf } from "./protocols/netconf.ts";
export type * from "./netconf/types.ts";
export type { NetconfFilter, NetconfQuery } from "./netconf/messages.ts";
export type { XmlElement, XmlValue } from "./netconf/xml.ts";
export { restconf } from "./protocols/restconf.ts";
export type * from "./restconf/types.ts";
export { snmp } from "./protocols/snmp.ts";
export type { SnmpCredentials } from "./snmp/types.ts";
export type { SnmpUser } from "./snmp/usm.ts";
export {
  AUTH_ALGORITHMS,
  type AuthAlgorithm,
  type AuthProtocol,
  PRIV_ALGORITHMS,
  type PrivAlgorithm,
  type PrivProtocol,
} from "./snmp/keys.ts";
export type { SnmpType } from "./snmp/varbind.ts";
export type { SnmpObject } from "./snmp/present.ts";
export type { SnmpRow } from "./snmp/table.ts";
export type { SnmpOperation, SnmpOptions } from "./snmp/options.ts";
export type { SnmpResult } from "./snmp/schema.ts";
export { ssh } from "./protocols/ssh.ts";
export type * from "./ssh/types.ts";
export type { ScriptResult, StepResult } from "./script/run.ts";
export type * from "./script/schema.ts";
export { telnet } from "./protocols/telnet.ts";
export type * from "./telnet/types.ts";
export type { NegotiatedOption } from "./telnet/options.ts";
export {
  compareInterfaces,
  type MappedNode,
  MAPPING,
  type Model as Rfc8343Model,
  type NodeKind,
  type Rfc8343Plan,
  type YangAccess,
} from "./rfc8343/mod.ts";
export type * from "./rfc8343/types.ts";
export { lookAtLab, startLab, type StartLabOptions, stopLab } from "./lab/mod.ts";
export type { LabDocument, LabServerState } from "./lab/document.ts";
export type * from "./lab/types.ts";
