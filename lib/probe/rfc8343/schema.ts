/** Checks what `versus rfc8343 --json` prints. */
import * as v from "valibot";
import type { Rfc8343Document } from "./types.ts";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Checks an {@linkcode Rfc8343Document}. */
export const Rfc8343Schema: v.GenericSchema<Rfc8343Document> = v.object({
  schema: v.literal("versus.rfc8343/1"),
  target: v.string(),
  protocol: v.picklist(["netconf", "restconf", "gnmi"]),
  model: v.picklist(["ietf", "openconfig"]),
  snmpAt: v.string(),
  yangAt: v.string(),
  snmpAfterAt: v.string(),
  betweenMs: v.number(),
  interfaces: v.array(v.object({
    name: v.string(),
    cells: v.array(v.object({
      node: v.string(),
      objects: v.array(v.string()),
      state: v.picklist(["equal", "moved", "differing", "missing-snmp", "missing-yang"]),
      snmp: v.exactOptional(v.string()),
      yang: v.exactOptional(v.string()),
      snmpAfter: v.exactOptional(v.string()),
    })),
  })),
  counts: v.object({
    equal: Count,
    moved: Count,
    differing: Count,
    "missing-snmp": Count,
    "missing-yang": Count,
  }),
});
