import { Runner } from "./_runner.ts";
import { CommandError } from "./errors.ts";
import type {
  CompleteHandler,
  Description,
  ErrorHandler,
  HelpHandler,
  HelpOptions,
  VersionHandler,
} from "./types.ts";

/** What is said of a command that its types do not depend on. */
export abstract class Settings extends Runner {
  /** Sets the name that help and completions use. */
  name(name: string): this {
    this.cmd.state.name = name;
    return this;
  }

  /** Sets the version, which adds `-V` and `--version`. */
  version(version: string | VersionHandler): this {
    this.cmd.state.version = typeof version === "string" ? () => version : version;
    return this;
  }

  /** Turns `-V` off, or gives it other names. */
  versionOption(flags: string | false, desc?: string): this {
    this.cmd.state.versionOption = flags === false ? false : { flags, desc };
    return this;
  }

  /** Turns `-h` off, or gives it other names. */
  helpOption(flags: string | false, desc?: string): this {
    this.cmd.state.helpOption = flags === false ? false : { flags, desc };
    return this;
  }

  /** Adds a line to the head of the help and to `--version`. */
  meta(name: string, value: string): this {
    this.cmd.state.meta[name] = value;
    return this;
  }

  description(description: Description): this {
    this.cmd.state.description = description;
    return this;
  }

  /** Replaces what the help shows after the name. */
  usage(usage: string): this {
    this.cmd.state.usage = usage;
    return this;
  }

  /** Sets how the help looks, or the help itself. */
  help(help: string | HelpHandler | (HelpOptions & { auto?: boolean })): this {
    this.setHelp(help);
    return this;
  }

  /** Leaves the command out of help and completions. */
  hidden(): this {
    this.cmd.state.hidden = true;
    return this;
  }

  /** Makes the command one of every command below. */
  global(): this {
    this.cmd.state.global = true;
    return this;
  }

  /** Adds another name to the command. */
  alias(alias: string): this {
    const { name, aliases } = this.cmd.state;
    if (name === alias || aliases.includes(alias)) {
      throw new CommandError(`Duplicate command alias "${alias}".`);
    }
    aliases.push(alias);
    this.cmd.up?.state.commandAliases.set(alias, this.cmd);
    return this;
  }

  /** The command that runs where no command is named. */
  default(name: string): this {
    this.cmd.state.defaultCommand = name;
    return this;
  }

  /** Adds an example to the help. */
  example(name: string, description: string): this {
    this.cmd.state.examples.push({ name, description });
    return this;
  }

  /** Adds values for a shell to offer: `"<name:string:scenarios>"` asks for "scenarios". */
  complete(name: string, complete: CompleteHandler): this {
    this.addCompletion(name, complete, false);
    return this;
  }

  /** Adds values for the shell to offer, of this command and of those below. */
  globalComplete(name: string, complete: CompleteHandler): this {
    this.addCompletion(name, complete, true);
    return this;
  }

  /** Puts the options that follow under a heading of their own. */
  group(name: string | null): this {
    this.cmd.state.group = name;
    return this;
  }

  /** Errors are thrown in place of being printed. */
  throwErrors(): this {
    this.cmd.state.throwOnError = true;
    return this;
  }

  /** Neither help, version nor errors end the process. */
  noExit(): this {
    this.cmd.state.shouldExit = false;
    return this.throwErrors();
  }

  /** Sees each error first. */
  error(handler: ErrorHandler): this {
    this.cmd.state.errorHandler = handler;
    return this;
  }

  /** Leaves the global options of the commands above out. */
  noGlobals(): this {
    this.cmd.state.noGlobals = true;
    return this;
  }

  /** The first word that is no option ends the options. */
  stopEarly(stopEarly = true): this {
    this.cmd.state.stopEarly = stopEarly;
    return this;
  }

  /** Required options are asked for only where some option is given. */
  allowEmpty(allowEmpty = true): this {
    this.cmd.state.allowEmpty = allowEmpty;
    return this;
  }
}
