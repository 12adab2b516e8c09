/** What one can ask of a Telnet server, and what it answers. */
import type { Secret } from "../secret.ts";
import type { ScriptResult } from "../script/run.ts";
import type { Script } from "../script/schema.ts";
import type { NegotiatedOption } from "./options.ts";

/** What `versus probe telnet` can be asked for. */
export interface TelnetOptions {
  /** Answers the prompt for the user's name. */
  readonly user?: string;
  /** Answers the prompt for the password. */
  readonly password?: Secret;
  /** What the prompt for the user's name looks like. */
  readonly loginPrompt: RegExp;
  /** What the prompt for the password looks like. */
  readonly passwordPrompt: RegExp;
  /** What is done after login; without it the probe ends with the first prompt or login prompt. */
  readonly script?: Script;
  /** The most that one answer may have, in characters. */
  readonly maxOutputBytes: number;
}

/** The answer of a Telnet probe. */
export interface TelnetResult {
  /** What the device says first, up to its first prompt. */
  readonly banner: string;
  /** Which options were negotiated. */
  readonly options: readonly NegotiatedOption[];
  /** The user that logged in. */
  readonly user?: string;
  /** The output of each step. */
  readonly script?: ScriptResult;
  /** Telnet sends everything in the clear, passwords too. */
  readonly weak: readonly string[];
}
