/** The program's commands: a command is loaded when it is called, so that help stays fast. */
import type { ExitCode } from "../lib/error.ts";
import { hasConfiguration } from "./config_path.ts";
import type { ConfigurableOption } from "./config.ts";
import { COMMANDS } from "./commands/mod.ts";
import { reportError } from "./errors.ts";
import { endWith, finalExitCode } from "./exit.ts";
import { styleOf } from "./output.ts";
import { refuseUnknownOptions } from "./unknown_option.ts";
import { VERSION } from "../lib/version.ts";

/**
 * Builds the program: the wanted command in full, the others in name only.
 *
 * @param wanted The command that is called; all are loaded for `completions`.
 */
async function buildProgram(wanted: string | undefined) {
  const { Command } = await import("@cliffy/command");
  const program = new Command()
    .name("versus")
    .version(VERSION)
    .description(
      "Measure the same job in several languages on this machine, and see what the numbers rest on.",
    )
    .globalOption("--no-color", "Print without colours (so does NO_COLOR).")
    .globalOption("--verbose", "Show more detail, and stacks of errors.")
    .help({ colors: styleOf(Deno.stdout, !Deno.args.includes("--no-color")).color })
    .throwErrors()
    .action(() => program.showHelp());
  for (const { name, summary, load } of COMMANDS) {
    const loaded = wanted === name || wanted === "completions";
    program.command(name, loaded ? await load() : new Command().description(summary));
  }
  if (wanted === "completions") {
    const { CompletionsCommand } = await import("@cliffy/command/completions");
    program.command("completions", new CompletionsCommand());
  } else {
    program.command(
      "completions",
      new Command().description("Print the completions script of bash, zsh or fish"),
    );
  }
  return program;
}

/** What the configuration files add to a command's words; without files nothing is loaded. */
async function configured(
  options: readonly ConfigurableOption[],
  words: readonly string[],
): Promise<string[]> {
  if (words.includes("--help") || words.includes("-h") || !hasConfiguration()) return [];
  const known = new Set(["color", ...options.map((o) => o.name)]);
  for (const { load } of COMMANDS) {
    for (const { name } of (await load()).getOptions()) known.add(name);
  }
  const { loadSettings, settingWords } = await import("./config.ts");
  return settingWords(loadSettings(known), options, words);
}

/**
 * Runs a command, and says what went wrong.
 *
 * @param args The arguments after the program's name.
 * @returns The exit code.
 */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  try {
    const wanted = args.find((arg) => !arg.startsWith("-"));
    const program = await buildProgram(wanted);
    const command = wanted === undefined ? undefined : program.getCommand(wanted);
    if (command === undefined || wanted === undefined || wanted === "completions") {
      await program.parse([...args]);
      return finalExitCode();
    }
    const options = command.getOptions();
    refuseUnknownOptions(args, options);
    const at = args.indexOf(wanted) + 1;
    const defaults = await configured(options, args.slice(at));
    await program.parse([...args.slice(0, at), ...defaults, ...args.slice(at)]);
    return finalExitCode();
  } catch (error) {
    // What was said before it stands: a failed case is one even if nobody reads of it.
    endWith(reportError(error, args.includes("--verbose")));
    return finalExitCode();
  }
}
