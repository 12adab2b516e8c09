/**
 * Stands in for `@cliffy/command/completions`. The scripts offer what the real ones do and are
 * written in another way; each is made by a module that is loaded when it is asked for.
 *
 * @module
 */
import { Command } from "./command.ts";
import { CommandError, didYouMean } from "./errors.ts";

const SHELLS = {
  bash: { file: "~/.bashrc", line: (name: string) => `source <(${name} completions bash)` },
  fish: {
    file: "~/.config/fish/config.fish",
    line: (name: string) => `source (${name} completions fish | psub)`,
  },
  zsh: { file: "~/.zshrc", line: (name: string) => `source <(${name} completions zsh)` },
};

type Shell = keyof typeof SHELLS;

/** `completions bash|fish|zsh`: prints the completions of the program for a shell. */
export class CompletionsCommand extends Command {
  constructor() {
    super();
    this
      .description(() => {
        const name = this.getMainCommand().getPath();
        return `Generate shell completions.

To enable shell completions for this program add the following line to your ~/.bashrc or similar:

    source <(${name} completions [shell])

    For more information run ${name} completions [shell] --help
`;
      })
      .noGlobals()
      .action(() => this.showHelp())
      .command("bash", shellCommand("bash"))
      .command("fish", shellCommand("fish"))
      .command("zsh", shellCommand("zsh"))
      .command("complete", completeCommand())
      .hidden()
      .reset();
  }
}

function shellCommand(shell: Shell) {
  const command = new Command();
  return command
    .description(() => {
      const name = command.getMainCommand().getPath();
      return `Generate shell completions for ${shell}.

To enable ${shell} completions for this program add following line to your ${SHELLS[shell].file}:

    ${SHELLS[shell].line(name)}`;
    })
    .noGlobals()
    .option("-n, --name <command-name>", "The name of the main command.")
    .action(async ({ name }) => {
      const main = command.getMainCommand();
      const { program } = await import("./_levels.ts");
      const described = program(name ?? main.getName(), main, shell);
      console.log(await write(shell, described));
    });
}

async function write(
  shell: Shell,
  program: import("./_levels.ts").Program,
): Promise<string> {
  switch (shell) {
    case "bash":
      return (await import("./_bash.ts")).bash(program);
    case "fish":
      return (await import("./_fish.ts")).fish(program);
    case "zsh":
      return (await import("./_zsh.ts")).zsh(program);
  }
}

/** What the scripts ask for values: `complete <action> [command...]`. */
function completeCommand() {
  const command = new Command();
  return command
    .description("Get completions for given action from given command.")
    .noGlobals()
    .arguments("<action:string> [command...:string]")
    .action(async (_options, action, ...names) => {
      let parent: Command | undefined;
      let current: Command = command.getMainCommand();
      for (const name of names) {
        const child = current.getCommand(name, false);
        if (!child) {
          const known = current.getCommands().map((item) => item.getName());
          throw new CommandError(
            `Auto-completion failed. Unknown command "${name}".${await didYouMean(
              "command",
              name,
              known,
            )}`,
          );
        }
        parent = current;
        current = child;
      }
      const values = await current.getCompletion(action)?.complete(current, parent) ?? [];
      if (values.length > 0) {
        Deno.stdout.writeSync(new TextEncoder().encode(values.join("\n")));
      }
    });
}
