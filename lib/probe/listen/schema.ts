/** One line of a listener: validators and types. */
import * as v from "valibot";
import type { Validator } from "../../record/warning.ts";
import type { SnmpObject } from "../snmp/present.ts";
import { SnmpObjectSchema } from "../snmp/schema.ts";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const COMMON = {
  /** When it came, in RFC 3339. */
  receivedAt: v.string(),
  /** Who sent it: `192.0.2.1:4242`, `[2001:db8::1]:4242`. */
  from: v.string(),
};

/** What every line has. */
export interface ListenLine {
  /** When it came, in RFC 3339. */
  receivedAt: string;
  /** Who sent it: `192.0.2.1:4242`, `[2001:db8::1]:4242`. */
  from: string;
}

/** A trap or an inform. */
export interface TrapLine extends ListenLine {
  /** Of the protocol. */
  version: "1" | "2c" | "3";
  /** SNMPv3: who sent it, how protected, and from which engine. */
  user?: string;
  /** How its messages are protected. */
  level?: "noAuthNoPriv" | "authNoPriv" | "authPriv";
  /** Of the sender, in hexadecimal digits. */
  engineId?: string;
  /** Of the objects; absent for the default one. */
  context?: string;
  /** An inform was acknowledged. */
  kind: "trap" | "inform";
  /** Its identity; that of a trap of v1 as RFC 3584 says. */
  trapOid: string;
  /** The identity's name, where it is known. */
  trap?: string;
  /** How long the agent has run. */
  upTimeMs?: number;
  /** Traps of v1. */
  enterprise?: string;
  /** Traps of v1: the agent, as it says. */
  agentAddress?: string;
  /** Traps of v1: from 0 to 6. */
  genericTrap?: number;
  /** Traps of v1: the enterprise's own number. */
  specificTrap?: number;
  /** What it is about. */
  objects: SnmpObject[];
}

/** Checks a {@linkcode TrapLine}. */
export const TrapLineSchema: Validator<TrapLine> = v.object({
  ...COMMON,
  version: v.picklist(["1", "2c", "3"]),
  user: v.exactOptional(v.string()),
  level: v.exactOptional(v.picklist(["noAuthNoPriv", "authNoPriv", "authPriv"])),
  engineId: v.exactOptional(v.string()),
  context: v.exactOptional(v.string()),
  kind: v.picklist(["trap", "inform"]),
  trapOid: v.string(),
  trap: v.exactOptional(v.string()),
  upTimeMs: v.exactOptional(v.number()),
  enterprise: v.exactOptional(v.string()),
  agentAddress: v.exactOptional(v.string()),
  genericTrap: v.exactOptional(v.number()),
  specificTrap: v.exactOptional(v.number()),
  objects: v.array(SnmpObjectSchema),
});

/** A message of syslog. */
export interface SyslogLine extends ListenLine {
  /** What it was read as. */
  format: "rfc5424" | "rfc3164";
  /** As syslog.conf names it: `local3`. */
  facility: string;
  /** From `emerg` to `debug`. */
  severity: string;
  /** As it was sent. */
  timestamp?: string;
  /** Who says it, as the message names it. */
  host?: string;
  /** The program, or the tag. */
  app?: string;
  /** Of the program. */
  procId?: string;
  /** What kind of message it is. */
  msgId?: string;
  /** Parameters by element. */
  structuredData?: Record<string, Record<string, string>>;
  /** Its text. */
  message: string;
}

/** Checks a {@linkcode SyslogLine}. */
export const SyslogLineSchema: Validator<SyslogLine> = v.object({
  ...COMMON,
  format: v.picklist(["rfc5424", "rfc3164"]),
  facility: v.string(),
  severity: v.string(),
  timestamp: v.exactOptional(v.string()),
  host: v.exactOptional(v.string()),
  app: v.exactOptional(v.string()),
  procId: v.exactOptional(v.string()),
  msgId: v.exactOptional(v.string()),
  structuredData: v.exactOptional(v.record(v.string(), v.record(v.string(), v.string()))),
  message: v.string(),
});

/** A flow, or what an exporter says of itself; further fields have the names of IPFIX's elements. */
export interface FlowLine extends ListenLine {
  /** Of the datagram. */
  format: "netflow5" | "netflow9" | "ipfix";
  /** The exporter's own number for a part of itself. */
  domain: number;
  /** Counted up by the exporter. */
  sequence: number;
  /** When it was sent, by the clock of the exporter. */
  exportedAt?: string;
  /** NetFlow: how long the exporter has run; times of flows count from there. */
  sysUpTimeMs?: number;
  /** What the line is about. */
  record: "flow" | "options";
  /** Its number. */
  template: number;
  /** Whatever the template has: numbers, decimal text beyond 2⁵³, addresses, hexadecimal digits. */
  [element: string]: unknown;
}

/** Checks a {@linkcode FlowLine}. */
export const FlowLineSchema: Validator<FlowLine> = v.looseObject({
  ...COMMON,
  format: v.picklist(["netflow5", "netflow9", "ipfix"]),
  domain: Count,
  sequence: Count,
  exportedAt: v.exactOptional(v.string()),
  sysUpTimeMs: v.exactOptional(Count),
  record: v.picklist(["flow", "options"]),
  template: Count,
});

/** A sample of sFlow; further fields are named as IPFIX's elements or the counters of IF-MIB. */
export interface SampleLine extends ListenLine {
  /** Of the datagram. */
  format: "sflow5";
  /** The address of the agent, as it says. */
  agent: string;
  /** A part of the agent. */
  subAgent: number;
  /** Counted up by the exporter. */
  sequence: number;
  /** How long the agent has run. */
  sysUpTimeMs: number;
  /** What the line is about. */
  record: "flow" | "counters" | "unknown";
  /** Whatever the sample has. */
  [element: string]: unknown;
}

/** Checks a {@linkcode SampleLine}. */
export const SampleLineSchema: Validator<SampleLine> = v.looseObject({
  ...COMMON,
  format: v.literal("sflow5"),
  agent: v.string(),
  subAgent: Count,
  sequence: Count,
  sysUpTimeMs: Count,
  record: v.picklist(["flow", "counters", "unknown"]),
});

/** Checks any line of `versus listen`. */
export const ListenLineSchema: Validator<TrapLine | SyslogLine | FlowLine | SampleLine> = v.union([
  TrapLineSchema,
  SyslogLineSchema,
  FlowLineSchema,
  SampleLineSchema,
]);
