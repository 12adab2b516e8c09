/** How a case is started: its command with paths and parameters filled in, and its environment. */
import { fillCommand, templateValues } from "../scenario/mod.ts";
import type { Parameters } from "../scenario/types.ts";
import type { BenchCase, BuiltVariant } from "./types.ts";

/** How a case is started. */
export interface CaseCommand {
  /** Program and arguments for given parameters. */
  argv(params: Parameters): string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** This process's environment, without what the last shell left in `_` or no shell can hand on. */
function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Deno.env.toObject())
      .filter(([name]) => name !== "_" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)),
  );
}

/**
 * Makes the command of a case.
 *
 * @param bench The case; without a toolchain its `run` is taken as it stands.
 * @param built Where the variant's sources and build are.
 * @returns Program, arguments and environment.
 */
export function commandOf(bench: BenchCase, built: BuiltVariant | undefined): CaseCommand {
  const { toolchain, case: { variant } } = bench;
  const env = { ...ownEnvironment(), ...toolchain?.env, ...variant.env };
  if (toolchain === undefined || built === undefined) {
    return { argv: () => [...variant.run], env };
  }
  return {
    argv: (params) =>
      fillCommand(variant.run, templateValues(toolchain, built.dir, built.out, params)),
    env,
  };
}
