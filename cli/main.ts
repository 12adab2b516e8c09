/** The command line of versus. `--version` answers without loading anything else. */
import type { ExitCode } from "../lib/error.ts";
import { versionLine } from "../lib/version.ts";
import { lazily } from "./lazy.ts";

/** Whether keys can be read and screens be drawn; else the help is printed. */
function isTerminal(): boolean {
  return Deno.stdin.isTerminal() && Deno.stdout.isTerminal() && Deno.env.get("TERM") !== "dumb";
}

async function runProgram(args: readonly string[]): Promise<ExitCode> {
  const program = await lazily<typeof import("./program.ts")>("./program.ts");
  return await program.runProgram(args);
}

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
  if (args.length === 0 && isTerminal()) {
    const { hasConfiguration } = await lazily<typeof import("./config_path.ts")>(
      "./config_path.ts",
    );
    // Without settings of one's own the first frame need not wait for the command line.
    if (!hasConfiguration()) {
      return await (await lazily<typeof import("./tui/start.ts")>("./tui/start.ts")).startTui();
    }
    return await runProgram(["tui"]);
  }
  return await runProgram(args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
