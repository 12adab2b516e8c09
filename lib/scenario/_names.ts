import type { Language, ToolchainName } from "../toolchain/types.ts";
import type { ScenarioKind } from "./types.ts";

// Records rather than lists, so that the compiler tells when a name is missing here.
const LANGUAGE_NAMES: Record<Language, true> = {
  python: true,
  go: true,
  rust: true,
  typescript: true,
  javascript: true,
  c: true,
  java: true,
  shell: true,
};
const TOOLCHAIN_NAMES: Record<ToolchainName, true> = {
  cpython: true,
  pypy: true,
  go: true,
  rust: true,
  deno: true,
  node: true,
  c: true,
  java: true,
  sh: true,
};
const KIND_NAMES: Record<ScenarioKind, true> = { bench: true, footprint: true, probe: true };

/** The languages, in the order that they are listed in. */
export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as Language[];
/** The toolchains, in the order that they are listed in. */
export const TOOLCHAINS = Object.keys(TOOLCHAIN_NAMES) as ToolchainName[];
/** The kinds of scenarios. */
export const KINDS = Object.keys(KIND_NAMES) as ScenarioKind[];

/** What scenarios, variants, suites and tags are called. */
export const NAME = /^[a-z][a-z0-9-]{0,63}$/;
/** {@linkcode NAME} in words. */
export const NAME_WORDS = "lower-case letters, digits and hyphens, starting with a letter";

/** What parameters are called; the name is used in rules and placeholders. */
export const PARAMETER_NAME = /^[a-z][a-zA-Z0-9]{0,31}$/;
/** {@linkcode PARAMETER_NAME} in words. */
export const PARAMETER_NAME_WORDS = "letters and digits, starting with a lower-case letter";
