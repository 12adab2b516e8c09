/** The protocols of `versus probe`, each loaded when it is asked for. */
import type { ProbeCommand } from "./types.ts";

/** A protocol that has not been loaded. */
export interface ProbeEntry {
  /** What a person types. */
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Loads it. */
  // deno-lint-ignore no-explicit-any -- flags, options and results differ from protocol to protocol
  load(): Promise<ProbeCommand<any, any, any>>;
}

/** All protocols, in the order of the help. */
export const PROTOCOLS: readonly ProbeEntry[] = [
  {
    name: "tcp",
    summary: "Connect to a port; optionally read its banner",
    load: async () => (await import("./tcp.ts")).tcpCommand,
  },
  {
    name: "tls",
    summary: "Make a TLS handshake; check the certificate and how long it is valid",
    load: async () => (await import("./tls.ts")).tlsCommand,
  },
  {
    name: "http",
    summary: "Ask a web server by HTTP 1.1 or 2; check status, headers and body",
    load: async () => (await import("./http.ts")).httpCommand,
  },
  {
    name: "dns",
    summary: "Ask a name server by UDP, TCP or TLS",
    load: async () => (await import("./dns.ts")).dnsCommand,
  },
  {
    name: "ping",
    summary: "Ping a host: by ICMP where the system allows it, else by TCP",
    load: async () => (await import("./ping.ts")).pingCommand,
  },
  {
    name: "ssh",
    summary: "Log in by SSH, run a command or a script",
    load: async () => (await import("./ssh.ts")).sshCommand,
  },
  {
    name: "snmp",
    summary: "Read objects by SNMPv1, v2c or v3",
    load: async () => (await import("./snmp.ts")).snmpCommand,
  },
  {
    name: "telnet",
    summary: "Log in by Telnet and run a script",
    load: async () => (await import("./telnet.ts")).telnetCommand,
  },
  {
    name: "netconf",
    summary: "Open a NETCONF session, read configuration and state",
    load: async () => (await import("./netconf.ts")).netconfCommand,
  },
  {
    name: "restconf",
    summary: "Find a RESTCONF API, read its capabilities and data",
    load: async () => (await import("./restconf.ts")).restconfCommand,
  },
  {
    name: "grpc",
    summary: "Ask a gRPC server for its health, or by reflection for its services",
    load: async () => (await import("./grpc.ts")).grpcCommand,
  },
  {
    name: "gnmi",
    summary: "Ask a gNMI target: capabilities, get, set, subscribe",
    load: async () => (await import("./gnmi.ts")).gnmiCommand,
  },
  {
    name: "gnoi",
    summary: "Have a device ping, trace a route or tell its time, by gNOI",
    load: async () => (await import("./gnoi.ts")).gnoiCommand,
  },
];
