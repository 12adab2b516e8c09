/** Checks what a NETCONF probe answers. */
import * as v from "valibot";
import { HostKeyInfoSchema, NegotiatedSchema } from "../ssh/schema.ts";
import type { NetconfResult } from "./types.ts";
import type { XmlElement, XmlValue } from "./xml.ts";

const ElementSchema: v.GenericSchema<unknown, XmlElement> = v.record(
  v.string(),
  v.lazy(() => ValueSchema),
);
const ValueSchema: v.GenericSchema<unknown, XmlValue> = v.union([
  v.string(),
  v.array(v.union([v.string(), ElementSchema])),
  ElementSchema,
]);

/** Checks a {@linkcode NetconfResult}. */
export const NetconfResultSchema: v.GenericSchema<unknown, NetconfResult> = v.strictObject({
  banner: v.string(),
  hostKey: v.exactOptional(HostKeyInfoSchema),
  negotiated: v.exactOptional(NegotiatedSchema),
  weak: v.array(v.string()),
  base: v.picklist(["1.0", "1.1"]),
  sessionId: v.string(),
  capabilities: v.array(v.string()),
  reply: v.exactOptional(v.strictObject({
    operation: v.string(),
    bytes: v.number(),
    data: ValueSchema,
    warnings: v.array(v.string()),
    xml: v.exactOptional(v.string()),
  })),
});
