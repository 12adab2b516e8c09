/** Checks what an SSH probe answers. */
import * as v from "valibot";
import { ScriptResultSchema } from "../script/result_schema.ts";
import type { CommandResult, HostKeyInfo, Negotiated, SshResult } from "./types.ts";

/** Checks a {@linkcode HostKeyInfo}. */
export const HostKeyInfoSchema: v.GenericSchema<unknown, HostKeyInfo> = v.strictObject({
  type: v.string(),
  fingerprint: v.string(),
  trust: v.picklist(["known", "certificate", "accepted"]),
  certificate: v.exactOptional(v.strictObject({
    id: v.string(),
    serial: v.string(),
    principals: v.array(v.string()),
    validBefore: v.exactOptional(v.string()),
  })),
});

/** Checks what was {@linkcode Negotiated}. */
export const NegotiatedSchema: v.GenericSchema<unknown, Negotiated> = v.strictObject({
  kex: v.string(),
  hostKey: v.string(),
  cipher: v.string(),
  mac: v.exactOptional(v.string()),
});

const CommandResultSchema: v.GenericSchema<unknown, CommandResult> = v.strictObject({
  command: v.string(),
  exitCode: v.exactOptional(v.number()),
  signal: v.exactOptional(v.string()),
  stdout: v.string(),
  stderr: v.string(),
  stdoutBytes: v.number(),
  stderrBytes: v.number(),
  truncated: v.boolean(),
});

/** Checks an {@linkcode SshResult}. */
export const SshResultSchema: v.GenericSchema<unknown, SshResult> = v.strictObject({
  banner: v.string(),
  software: v.string(),
  greeting: v.exactOptional(v.string()),
  hostKey: v.exactOptional(HostKeyInfoSchema),
  negotiated: v.exactOptional(NegotiatedSchema),
  weak: v.array(v.string()),
  auth: v.exactOptional(v.strictObject({
    user: v.string(),
    method: v.string(),
    key: v.exactOptional(v.string()),
  })),
  message: v.exactOptional(v.string()),
  command: v.exactOptional(CommandResultSchema),
  script: v.exactOptional(ScriptResultSchema),
});
