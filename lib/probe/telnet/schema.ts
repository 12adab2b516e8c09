/** Checks what a Telnet probe answers. */
import * as v from "valibot";
import { ScriptResultSchema } from "../script/result_schema.ts";
import type { TelnetResult } from "./types.ts";

/** Checks a {@linkcode TelnetResult}. */
export const TelnetResultSchema: v.GenericSchema<unknown, TelnetResult> = v.strictObject({
  banner: v.string(),
  options: v.array(v.strictObject({
    option: v.string(),
    side: v.picklist(["peer", "us"]),
    on: v.boolean(),
  })),
  user: v.exactOptional(v.string()),
  script: v.exactOptional(ScriptResultSchema),
  weak: v.array(v.string()),
});
