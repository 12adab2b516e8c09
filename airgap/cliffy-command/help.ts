/**
 * Stands in for `@cliffy/command/help`.
 *
 * @module
 */
import { Command } from "./command.ts";
import { didYouMean, ValidationError } from "./errors.ts";
import { CommandType } from "./type.ts";

/** `help [command]`: the help of the command above, or of one below it. */
export class HelpCommand extends Command<void, void, void, [commandName?: string]> {
  constructor() {
    super();
    this
      .type("command", new CommandType())
      .arguments("[command:command]")
      .description("Show this help or the help of a sub-command.")
      .noGlobals()
      .action(async (_options, name?: string) => {
        const asked = this.getGlobalParent();
        const cmd = name === undefined ? asked : asked?.getBaseCommand(name);
        if (!cmd) {
          const names = asked?.getCommands().map((item) => item.getName()) ?? [];
          throw new ValidationError(
            `Unknown command "${name}".${await didYouMean(
              "command",
              name ?? "",
              names.filter((item) => item !== "help"),
            )}`,
          );
        }
        cmd.showHelp();
        this.end();
      });
  }
}
