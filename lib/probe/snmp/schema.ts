/** What an SNMP probe finds, as the documents show it. */
import * as v from "valibot";
import type { Validator } from "../../record/warning.ts";
import type { SnmpObject } from "./present.ts";
import type { SnmpRow } from "./table.ts";

/** What `result` of a probe by SNMP holds. */
export interface SnmpResult {
  /** The address that answered. */
  address: string;
  /** The port that answered. */
  port: number;
  /** Of the protocol. */
  version: "1" | "2c" | "3";
  /** SNMPv3: who asked, how protected, and what was discovered. */
  security?: {
    user: string;
    level: "noAuthNoPriv" | "authNoPriv" | "authPriv";
    authProtocol?: string;
    privProtocol?: string;
    /** Hexadecimal. */
    engineId: string;
    engineBoots: number;
    engineTimeS: number;
    /** Algorithms that are broken or weak by today's standards. */
    legacy?: string[];
  };
  /** What was done. */
  operation: "get" | "getnext" | "bulk" | "subtree" | "table";
  /** What was asked for, as it was typed. */
  asked: string[];
  /** Datagrams that were sent for this result. */
  requests: number;
  /** How many of them were sent again. */
  resent: number;
  /** Absent for tables. */
  objects?: SnmpObject[];
  /** Tables only. */
  rows?: SnmpRow[];
}

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Checks an {@linkcode SnmpObject}. */
export const SnmpObjectSchema: Validator<SnmpObject> = v.object({
  oid: v.string(),
  name: v.exactOptional(v.string()),
  type: v.picklist([
    "Integer32",
    "OctetString",
    "Null",
    "ObjectIdentifier",
    "IpAddress",
    "Counter32",
    "Gauge32",
    "TimeTicks",
    "Opaque",
    "Counter64",
    "noSuchObject",
    "noSuchInstance",
    "endOfMibView",
  ]),
  value: v.union([v.number(), v.string(), v.null()]),
  encoding: v.exactOptional(v.picklist(["utf8", "hex"])),
  text: v.exactOptional(v.string()),
});

/** Checks an {@linkcode SnmpResult}. */
export const SnmpResultSchema: Validator<SnmpResult> = v.object({
  address: v.string(),
  port: Count,
  version: v.picklist(["1", "2c", "3"]),
  security: v.exactOptional(v.object({
    user: v.string(),
    level: v.picklist(["noAuthNoPriv", "authNoPriv", "authPriv"]),
    authProtocol: v.exactOptional(v.string()),
    privProtocol: v.exactOptional(v.string()),
    engineId: v.string(),
    engineBoots: Count,
    engineTimeS: Count,
    legacy: v.exactOptional(v.array(v.string())),
  })),
  operation: v.picklist(["get", "getnext", "bulk", "subtree", "table"]),
  asked: v.array(v.string()),
  requests: Count,
  resent: Count,
  objects: v.exactOptional(v.array(SnmpObjectSchema)),
  rows: v.exactOptional(v.array(v.object({
    index: v.string(),
    key: v.exactOptional(v.record(v.string(), v.string())),
    columns: v.record(v.string(), SnmpObjectSchema),
  }))),
});
