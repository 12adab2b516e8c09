/** Checks what became of a script. */
import * as v from "valibot";
import type { ScriptResult } from "./run.ts";

/** Checks a {@linkcode ScriptResult}. */
export const ScriptResultSchema: v.GenericSchema<unknown, ScriptResult> = v.strictObject({
  prompt: v.string(),
  greeting: v.string(),
  steps: v.array(v.strictObject({
    name: v.string(),
    output: v.string(),
    prompt: v.string(),
    ms: v.number(),
  })),
});
