/** Checks what a RESTCONF probe answers. */
import * as v from "valibot";
import { TlsResultSchema } from "../results.ts";
import type { RestconfResult } from "./types.ts";

/** Checks a {@linkcode RestconfResult}. */
export const RestconfResultSchema: v.GenericSchema<unknown, RestconfResult> = v.strictObject({
  url: v.string(),
  root: v.string(),
  discovered: v.boolean(),
  status: v.number(),
  version: v.string(),
  capabilities: v.exactOptional(v.array(v.string())),
  yangLibraryVersion: v.exactOptional(v.string()),
  reply: v.exactOptional(v.strictObject({
    path: v.string(),
    mediaType: v.string(),
    bytes: v.number(),
    data: v.unknown(),
  })),
  tls: v.exactOptional(TlsResultSchema),
  weak: v.array(v.string()),
});
