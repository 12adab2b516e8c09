/** All toolchains; the order is the one that people see. */
import { c } from "./c.ts";
import { cpython } from "./cpython.ts";
import { deno } from "./deno.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import type { ToolchainKind } from "./kind.ts";
import { node } from "./node.ts";
import { pypy } from "./pypy.ts";
import { rust } from "./rust.ts";
import { sh } from "./sh.ts";
import type { ToolchainName } from "./types.ts";

/** Every toolchain by its name. */
export const TOOLCHAINS: Readonly<Record<ToolchainName, ToolchainKind>> = {
  cpython,
  pypy,
  go,
  rust,
  deno,
  node,
  c,
  java,
  sh,
};

/** The names of all toolchains. */
export const TOOLCHAIN_NAMES: readonly ToolchainName[] = Object.values(TOOLCHAINS)
  .map(({ name }) => name);

/**
 * Tells whether a word names a toolchain.
 *
 * @param word Any text.
 * @returns Whether it does.
 */
export function isToolchainName(word: string): word is ToolchainName {
  return Object.hasOwn(TOOLCHAINS, word);
}
