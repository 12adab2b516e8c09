/** The command line of versus. `--version` answers without loading anything else. */
import type { ExitCode } from "../lib/error.ts";
import { versionLine } from "../lib/version.ts";

/**
 * Runs the command line.
 *
 * @param args The arguments after the program's name.
 * @returns The exit code.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    console.log(versionLine());
    return 0;
  }
  return await (await import("./program.ts")).runProgram(args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
