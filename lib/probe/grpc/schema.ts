/** Checks what a gRPC probe answers. */
import * as v from "valibot";
import { TlsResultSchema } from "../results.ts";
import type { GrpcResult } from "./types.ts";

/** What all protocols over gRPC tell of the connection. */
export const connectionEntries = {
  tls: v.exactOptional(TlsResultSchema),
  weak: v.array(v.string()),
};

/** Checks a {@linkcode GrpcResult}. */
export const GrpcResultSchema: v.GenericSchema<unknown, GrpcResult> = v.strictObject({
  ...connectionEntries,
  health: v.exactOptional(v.strictObject({ service: v.string(), status: v.string() })),
  reflection: v.exactOptional(v.strictObject({
    version: v.picklist(["v1", "v1alpha"]),
    services: v.array(v.string()),
  })),
});
