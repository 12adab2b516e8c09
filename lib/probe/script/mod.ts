/**
 * Dialogues with network gear over a terminal: prompts, paging, privileged mode.
 *
 * @module
 */
export { type Platform, PLATFORMS } from "./platforms.ts";
export { ScriptResultSchema } from "./result_schema.ts";
export { runScript, type ScriptResult, type StepResult } from "./run.ts";
export {
  type EnableMode,
  loadScript,
  parseScript,
  type Script,
  type ScriptStep,
} from "./schema.ts";
export { createInbox, type Inbox, type Terminal } from "./terminal.ts";
