import { envKey, readArguments, split } from "./_definition.ts";
import { Definitions, type OwnOption } from "./_definitions.ts";
import { type Grammar, read, type Reading, startReading } from "./_parse.ts";
import { bold, brightBlue, red } from "./_style.ts";
import type { Command } from "./command.ts";
import { CommandError, didYouMean, flag, ValidationError } from "./errors.ts";
import { generateHelp } from "./_help.ts";
import { type ArgumentValue, Type, type TypeOrTypeHandler } from "./type.ts";
import type {
  CommandResult,
  CompleteHandler,
  EnvVarSettings,
  HelpHandler,
  HelpOptions,
  Option,
} from "./types.ts";

// deno-lint-ignore no-explicit-any
type AnyCommand = Command<any>;

/** Takes definitions in, reads words by them and runs the action. */
export abstract class Runner extends Definitions {
  /** The command that definitions are given to. */
  protected cmd: AnyCommand = this as unknown as AnyCommand;

  protected get self(): AnyCommand {
    return this as unknown as AnyCommand;
  }

  protected setArguments(definitions: string, descriptions: string[] | undefined): void {
    this.cmd.state.args = readArguments(definitions, descriptions);
  }

  protected setHelp(help: string | HelpHandler | (HelpOptions & { auto?: boolean })): void {
    const { state } = this.cmd;
    if (typeof help === "string") {
      state.help = () => help;
    } else if (typeof help === "function") {
      state.help = help;
    } else {
      state.help = (cmd, options) => generateHelp(cmd, { ...help, ...options });
      state.autoHelp = help.auto;
    }
  }

  protected addOption(flags: string, description: string, given: Partial<Option>): void {
    const { names, definition } = split(flags);
    const bare = names.map((name) => name.replace(/^--?/, ""));
    const long = names.find((name) => name.startsWith("--"))?.slice(2);
    const name = long ?? bare[0] ?? "";
    for (const one of bare) {
      if (this.cmd.state.options.some((item) => item.name === one || item.aliases.includes(one))) {
        throw new CommandError(
          `An option with name '${
            flag(one)
          }' is already registered on command '${this.getPath()}'.`,
        );
      }
    }
    const option: Option = {
      ...given,
      name,
      aliases: bare.filter((item) => item !== name),
      description,
      flags: names,
      args: readArguments(definition),
      typeDefinition: definition,
      // Of this command, be the option another's: so it is in the real package.
      ...(this.state.group === null ? {} : { groupName: this.state.group }),
    };
    if (option.prepend) this.cmd.state.options.unshift(option);
    else this.cmd.state.options.push(option);
  }

  protected addEnv(
    definition: string,
    description: string,
    // deno-lint-ignore no-explicit-any
    options: EnvVarSettings & { value?: (value: any) => unknown },
  ): void {
    const { names, definition: value } = split(definition);
    const [details, ...more] = readArguments(value || "<value:boolean>");
    if (!details || more.length > 0 || details.optional || details.variadic) {
      throw new CommandError(`An environment variable has one value, unlike "${definition}".`);
    }
    this.cmd.state.envVars.push({ ...options, names, description, details });
  }

  protected addType(
    name: string,
    handler: TypeOrTypeHandler<unknown>,
    options: { override?: boolean; global?: boolean },
  ): void {
    const { types } = this.cmd.state;
    if (types.has(name) && !options.override) {
      throw new CommandError(`Type with name "${name}" already exists.`);
    }
    types.set(name, { ...options, name, handler });
  }

  protected addCompletion(name: string, complete: CompleteHandler, global: boolean): void {
    const { completions } = this.cmd.state;
    if (completions.has(name)) {
      throw new CommandError(`Completion with name "${name}" already exists.`);
    }
    completions.set(name, { name, complete, global });
  }

  /** Adds `-V` and `-h` to the main command. */
  protected registerDefaults(): void {
    const main = this.getMainCommand();
    if (main.state.complete) return;
    main.state.complete = true;
    main.reset();
    const { versionOption, helpOption, version } = main.state;
    if (versionOption !== false && (versionOption || version)) {
      const own: OwnOption = { flags: "-V, --version", ...versionOption };
      main.addOption(own.flags, own.desc ?? "Show the version number for this program.", {
        standalone: true,
        prepend: true,
        action: this.versionAction,
      });
    }
    if (helpOption !== false) {
      const own: OwnOption = { flags: "-h, --help", ...helpOption };
      main.addOption(own.flags, own.desc ?? "Show this help.", {
        standalone: true,
        global: true,
        prepend: true,
        action: this.helpAction,
      });
      const [helpFlag] = main.state.options;
      if (helpFlag) main.state.helpFlag = helpFlag;
    }
  }

  private versionAction(this: AnyCommand): void {
    if (this.hasLongName()) this.showLongVersion();
    else this.showVersion();
    this.end();
  }

  private helpAction(this: AnyCommand): void {
    this.showHelp({ long: this.hasLongName() });
    this.end();
  }

  protected hasLongName(): boolean {
    return this.rawArgs.some((word) => word.startsWith("--"));
  }

  protected run(words: string[]): Promise<CommandResult> {
    return this.readWords(startReading(words));
  }

  /** Finds the command that the words are for, and reads them by its definitions. */
  protected async readWords(reading: Reading): Promise<CommandResult> {
    try {
      this.reset();
      this.registerDefaults();
      this.rawArgs = [...reading.rest];
      const { defaultCommand } = this.state;
      if (defaultCommand !== undefined && reading.rest.length + reading.given.length === 0) {
        const child = this.getCommand(defaultCommand, true);
        if (!child) throw new CommandError(`Default command "${defaultCommand}" not found.`);
        return await this.handOn(child, reading);
      }
      if (this.state.useRawArgs) {
        this.readEnv(reading, true);
        return await this.execute(reading, { ...reading.env }, reading.rest);
      }

      let child = this.childOf(reading);
      const first = reading.rest[0]?.replace(/^-+/, "").split("=")[0];
      const option = first === undefined ? undefined : this.getOption(first, true);
      if (!child && option?.global && !option.standalone) {
        const globals = this.getOptions(true).filter((item) => item.global);
        this.readEnv(reading, true);
        await read(reading, { ...this.grammar(globals), onlyOptions: true });
        child = this.childOf(reading);
      }
      if (child) {
        reading.rest.shift();
        return await this.handOn(child, reading);
      }

      const isAlone = reading.rest.some((word) =>
        this.getOptions(true).some((item) => item.standalone && item.flags.includes(word))
      );
      this.readEnv(reading, !isAlone);
      await read(reading, this.grammar(this.getOptions(true)));
      await this.checkSurplus(reading);
      this.literalArgs = reading.literal;

      const options = { ...reading.env, ...reading.options };
      await Promise.all(
        reading.actions.map((action) => action.call(this.self, options, ...reading.args)),
      );
      if (reading.standalone && reading.actions.length > 0) {
        return { options, args: reading.args, literal: reading.literal, cmd: this.self };
      }
      return await this.execute(reading, options, reading.args);
    } catch (error) {
      if (error instanceof ValidationError && error.cmd) throw error;
      const { env, options, args } = reading;
      this.fail(
        error instanceof Error ? error : new Error(`[non-error-thrown] ${error}`),
        { ...env, ...options },
        args,
      );
    }
  }

  private childOf(reading: Reading): AnyCommand | undefined {
    const [word] = reading.rest;
    return word === undefined ? undefined : this.getCommand(word, true);
  }

  private handOn(child: AnyCommand, reading: Reading): Promise<CommandResult> {
    child.givenBy = this.self;
    return child.readWords(reading);
  }

  private grammar(options: Option[]): Grammar {
    return {
      options,
      args: this.getArguments(),
      stopEarly: this.state.stopEarly,
      onlyOptions: false,
      allowEmpty: this.state.allowEmpty,
      parseType: (value) => this.parseType(value),
    };
  }

  private parseType(value: ArgumentValue): unknown {
    const type = this.getType(value.type);
    if (!type) throw new Error(`Unknown type "${value.type}".`);
    return type.handler instanceof Type ? type.handler.parse(value) : type.handler(value);
  }

  private readEnv(reading: Reading, validate: boolean): void {
    for (const variable of this.getEnvVars(true)) {
      const name = variable.names.find((item) => Deno.env.get(item));
      const word = name === undefined ? undefined : Deno.env.get(name);
      if (name === undefined || word === undefined) {
        if (!variable.required || !validate) continue;
        throw new ValidationError(
          `Missing required environment variable "${variable.names[0]}".`,
        );
      }
      const { details } = variable;
      const one = (value: string) =>
        this.parseType({ label: "Environment variable", type: details.type, name, value });
      const value = details.list ? word.split(",").map(one) : one(word);
      const key = envKey(variable.names[0] ?? name, variable.prefix);
      reading.env[key] = variable.value ? variable.value(value) : value;
    }
  }

  private async checkSurplus({ rest }: Reading): Promise<void> {
    const [word] = rest;
    if (this.hasArguments() || word === undefined) return;
    if (!this.hasCommands(true)) {
      throw new ValidationError(`No arguments allowed for command "${this.getPath()}".`);
    }
    if (this.getCommand(word, true)) {
      throw new ValidationError(`Too many arguments: ${rest.join(" ")}`);
    }
    const names = this.getCommands().map((cmd) => cmd.getName());
    throw new ValidationError(
      `Unknown command "${word}".${await didYouMean("command", word, names)}`,
    );
  }

  private async execute(
    reading: Reading,
    options: Record<string, unknown>,
    args: unknown[],
  ): Promise<CommandResult> {
    const { action, commands } = this.state;
    const nothing = reading.given.length + reading.rest.length === 0;
    if (commands.size > 0 && nothing && !action && this.helpsAlone()) {
      this.showHelp();
      this.end();
    }
    await this.globalActions(options, args);
    await action?.call(this.self, options, ...args);
    return { options, args, literal: this.literalArgs, cmd: this.self };
  }

  protected async globalActions(options: Record<string, unknown>, args: unknown[]): Promise<void> {
    if (!this.state.noGlobals) await this.up?.globalActions(options, args);
    await this.state.globalAction?.call(this.self, options, ...args);
  }

  /** Ends with an error: throws it, or prints the help and the error and exits. */
  throw(error: Error): never {
    this.fail(error, {}, []);
  }

  private fail(error: Error, options: Record<string, unknown>, args: unknown[]): never {
    if (error instanceof ValidationError) error.cmd = this.self;
    this.errorHandler()?.(error, this.self, { options, args });
    if (this.throwsErrors() || !(error instanceof ValidationError)) throw error;
    this.showHelp();
    console.error(red(`  ${bold("error")}: ${error.message}\n`));
    Deno.exit(error.exitCode);
  }

  protected errorHandler(): AnyCommand["state"]["errorHandler"] {
    return this.state.errorHandler ?? this.up?.errorHandler();
  }

  protected throwsErrors(): boolean {
    return this.state.throwOnError || (this.up?.throwsErrors() ?? false);
  }

  protected exits(): boolean {
    return this.state.shouldExit ?? this.up?.exits() ?? true;
  }

  protected helpsAlone(): boolean {
    return this.state.autoHelp ?? this.up?.helpsAlone() ?? true;
  }

  /** Ends the process, unless the command was told not to. */
  protected end(): void {
    if (this.exits()) Deno.exit(0);
  }

  /** The help as a text. */
  getHelp(options: HelpOptions = {}): string {
    // The real package has no help for a command before the one above it was asked for anything.
    if (this.up && !this.getMainCommand().state.complete) {
      throw new TypeError("Only the main command has help before it was used");
    }
    this.registerDefaults();
    const handler = this.helpHandler() ?? generateHelp;
    return handler.call(this.self, this.self, options);
  }

  protected helpHandler(): HelpHandler | undefined {
    return this.state.help ?? this.up?.helpHandler();
  }

  /** Prints the help. */
  showHelp(options?: HelpOptions): void {
    console.log(this.getHelp(options));
  }

  /** Prints the version. */
  showVersion(): void {
    console.log(this.getVersion());
  }

  /** Prints the name, the version and what {@linkcode Command.meta} added. */
  showLongVersion(): void {
    console.log(this.getLongVersion());
  }

  /** The name, the version and what {@linkcode Command.meta} added. */
  getLongVersion(): string {
    const meta = Object.entries(this.getMeta()).map(([name, value]) =>
      `\n${bold(name)} ${brightBlue(value)}`
    );
    return `${bold(this.getMainCommand().getName())} ${brightBlue(this.getVersion() ?? "")}` +
      meta.join("");
  }

  abstract reset(): unknown;
}
