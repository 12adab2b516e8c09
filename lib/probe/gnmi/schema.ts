/** Checks what a gNMI probe answers. */
import * as v from "valibot";
import { connectionEntries } from "../grpc/schema.ts";
import type { GnmiResult } from "./types.ts";

/** Checks a {@linkcode GnmiResult}. */
export const GnmiResultSchema: v.GenericSchema<unknown, GnmiResult> = v.strictObject({
  ...connectionEntries,
  operation: v.picklist(["capabilities", "get", "set", "subscribe"]),
  capabilities: v.exactOptional(v.strictObject({
    version: v.string(),
    encodings: v.array(v.string()),
    models: v.array(v.strictObject({
      name: v.string(),
      organization: v.string(),
      version: v.string(),
    })),
  })),
  notifications: v.exactOptional(v.array(v.strictObject({
    time: v.exactOptional(v.string()),
    updates: v.array(v.strictObject({ path: v.string(), value: v.unknown() })),
    deletes: v.exactOptional(v.array(v.string())),
  }))),
  set: v.exactOptional(v.array(v.strictObject({ path: v.string(), operation: v.string() }))),
  subscription: v.exactOptional(v.strictObject({
    mode: v.picklist(["once", "poll", "stream"]),
    synced: v.boolean(),
    polls: v.exactOptional(v.number()),
    ended: v.picklist(["complete", "max-updates", "time"]),
    gapsMs: v.exactOptional(v.array(v.number())),
  })),
});
