import { printable } from "../error.ts";
import type { QueryContext } from "./_query.ts";
import type { Language, Toolchain, ToolchainName } from "./types.ts";

/** What came of asking one executable. */
export type ProbeResult =
  | { readonly ok: true; readonly toolchain: Toolchain }
  | {
    readonly ok: false;
    /** Why it can't be used, with its path. */
    readonly reason: string;
    /** It works, but is something else: PyPy by the name of `python3`. */
    readonly unrelated?: boolean;
  };

/** Everything that is special about one toolchain; there is one of these a file. */
export interface ToolchainKind {
  /** Its name in scenarios and options. */
  readonly name: ToolchainName;
  /** Its name for people. */
  readonly title: string;
  /** The language that it is mainly used for. */
  readonly language: Language;
  /** The executables that are looked for on the PATH, the most wanted first. */
  readonly commands: readonly string[];
  /** Executables with a version in their name, whose first group is the number to sort by. */
  readonly numbered?: RegExp;
  /** Executables to try after those on the PATH. */
  readonly elsewhere?: (env: Readonly<Record<string, string>>) => readonly string[];
  /** The toolchain that this very process runs on, which is taken before any other. */
  readonly own?: () => Promise<Toolchain | undefined>;
  /** Asks an executable what it is; never throws but for the context's signal. */
  readonly probe: (path: string, context: QueryContext) => Promise<ProbeResult>;
}

/**
 * A failed probe.
 *
 * @param reason Why, with the path.
 * @returns The result.
 */
export function failed(reason: string): ProbeResult {
  return { ok: false, reason };
}

/**
 * The probe of an executable that is something else.
 *
 * @param path The executable.
 * @param what What it is: `PyPy 7.3.11`.
 * @param wanted What was looked for.
 * @returns The result.
 */
export function unrelated(path: string, what: string, wanted: string): ProbeResult {
  return {
    ok: false,
    reason: `${printable(path)} is ${printable(what)}, not ${wanted}`,
    unrelated: true,
  };
}
