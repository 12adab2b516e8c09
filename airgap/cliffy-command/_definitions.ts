import { firstLine } from "./_definition.ts";
import type { Command } from "./command.ts";
import {
  BooleanType,
  FileType,
  IntegerType,
  NumberType,
  SecretType,
  StringType,
  Type,
  type TypeOrTypeHandler,
} from "./type.ts";
import type {
  ActionHandler,
  Argument,
  Completion,
  Description,
  EnvVar,
  ErrorHandler,
  Example,
  HelpHandler,
  Option,
  TypeDef,
  VersionHandler,
} from "./types.ts";

// deno-lint-ignore no-explicit-any
type AnyCommand = Command<any>;

/** What one command was told. */
export interface State {
  name: string;
  version?: VersionHandler;
  help?: HelpHandler;
  autoHelp?: boolean | undefined;
  description: Description;
  usage?: string;
  meta: Record<string, string>;
  args: Argument[];
  options: Option[];
  envVars: EnvVar[];
  types: Map<string, TypeDef>;
  completions: Map<string, Completion>;
  examples: Example[];
  aliases: string[];
  commands: Map<string, AnyCommand>;
  /** Aliases that were given to commands when they were already below this one. */
  commandAliases: Map<string, AnyCommand>;
  group: string | null;
  action?: ActionHandler;
  globalAction?: ActionHandler;
  errorHandler?: ErrorHandler;
  throwOnError: boolean;
  shouldExit?: boolean;
  hidden: boolean;
  global: boolean;
  stopEarly: boolean;
  useRawArgs: boolean;
  allowEmpty: boolean;
  noGlobals: boolean;
  defaultCommand?: string;
  /** Options in the place of `-V` and `-h`, or none. */
  versionOption?: OwnOption | false;
  helpOption?: OwnOption | false;
  /** Whether `-V` and `-h` were added. */
  complete: boolean;
  helpFlag?: Option;
}

/** How `-V` or `-h` is called instead. */
export interface OwnOption {
  flags: string;
  desc?: string | undefined;
}

const DEFAULT_TYPES: Record<string, TypeOrTypeHandler<unknown>> = {
  string: new StringType(),
  number: new NumberType(),
  integer: new IntegerType(),
  boolean: new BooleanType(),
  file: new FileType(),
  secret: new SecretType(),
};

/** What a command knows of itself and of the commands above it. */
export abstract class Definitions {
  /** The command above. */
  protected up: AnyCommand | undefined;
  protected state: State = {
    name: "COMMAND",
    description: "",
    meta: {},
    args: [],
    options: [],
    envVars: [],
    types: new Map(),
    completions: new Map(),
    examples: [],
    aliases: [],
    commands: new Map(),
    commandAliases: new Map(),
    group: null,
    throwOnError: false,
    hidden: false,
    global: false,
    stopEarly: false,
    useRawArgs: false,
    allowEmpty: false,
    noGlobals: false,
    complete: false,
  };
  protected rawArgs: string[] = [];
  protected literalArgs: string[] = [];
  protected givenBy: AnyCommand | undefined;

  getName(): string {
    return this.state.name;
  }

  getAliases(): string[] {
    return this.state.aliases;
  }

  /** The command that handed the words on; for `help`, the command that help is asked of. */
  getGlobalParent(): AnyCommand | undefined {
    return this.givenBy;
  }

  getMainCommand(): AnyCommand {
    return this.up?.getMainCommand() ?? (this as unknown as AnyCommand);
  }

  /** The names from the main command down. */
  getPath(name?: string): string {
    return this.up ? `${this.up.getPath(name)} ${this.state.name}` : name ?? this.state.name;
  }

  getArguments(): Argument[] {
    return this.state.args;
  }

  getArgsDefinition(): string | undefined {
    return this.state.args.length > 0 ? this.state.args.map((arg) => arg.raw).join(" ") : undefined;
  }

  hasArguments(): boolean {
    return this.state.args.length > 0;
  }

  getDescription(): string {
    const { description } = this.state;
    return typeof description === "function"
      ? description.call(this as unknown as AnyCommand)
      : description;
  }

  getShortDescription(): string {
    return firstLine(this.getDescription());
  }

  /** What follows the name in the help. */
  getUsage(): string {
    const required = this.getOptions().filter((option) => option.required).map((option) =>
      `${
        option.flags.find((name) => name.startsWith("--")) ?? option.flags[0]
      } ${option.typeDefinition}`
        .trim()
    );
    return this.state.usage ?? [this.getArgsDefinition() ?? "", ...required].join(" ").trim();
  }

  getVersion(): string | undefined {
    const self = this as unknown as AnyCommand;
    return this.state.version?.call(self, self) ?? this.up?.getVersion();
  }

  getMeta(): Record<string, string>;
  getMeta(name: string): string;
  getMeta(name?: string): Record<string, string> | string {
    return name === undefined ? this.state.meta : this.state.meta[name] ?? "";
  }

  getExamples(): Example[] {
    return this.state.examples;
  }

  /** The words as they were typed. */
  getRawArgs(): string[] {
    return this.rawArgs;
  }

  /** The words after `--`. */
  getLiteralArgs(): string[] {
    return this.literalArgs;
  }

  getBaseOptions(hidden?: boolean): Option[] {
    return this.state.options.filter((option) => hidden || !option.hidden);
  }

  /** The global options of the commands above. */
  getGlobalOptions(hidden?: boolean): Option[] {
    const found: Option[] = [];
    let only = this.state.noGlobals;
    const help = this.helpFlag();
    for (let cmd = this.up; cmd; cmd = cmd.up) {
      for (const option of cmd.getBaseOptions(hidden)) {
        const known = [...this.state.options, ...found].some((item) => item.name === option.name);
        if (option.global && !known && (!only || option === help)) found.push(option);
      }
      only ||= cmd.state.noGlobals;
    }
    return found;
  }

  getOptions(hidden?: boolean): Option[] {
    return [...this.getGlobalOptions(hidden), ...this.getBaseOptions(hidden)];
  }

  getOption(name: string, hidden?: boolean): Option | undefined {
    return this.getOptions(hidden).find((option) =>
      option.name === name || option.aliases.includes(name)
    );
  }

  protected helpFlag(): Option | undefined {
    return this.getMainCommand().state.helpFlag;
  }

  getBaseCommands(hidden?: boolean): AnyCommand[] {
    return [...this.state.commands.values()].filter((cmd) => hidden || !cmd.state.hidden);
  }

  getGlobalCommands(hidden?: boolean): AnyCommand[] {
    const found: AnyCommand[] = [];
    for (let cmd = this.up; cmd; cmd = cmd.up) {
      for (const child of cmd.getBaseCommands(hidden)) {
        const known = found.some((item) => item.getName() === child.getName());
        const own = child === (this as unknown as AnyCommand) ||
          this.state.commands.has(child.getName());
        if (child.state.global && !known && !own) found.push(child);
      }
    }
    return found;
  }

  getCommands(hidden?: boolean): AnyCommand[] {
    return [...this.getGlobalCommands(hidden), ...this.getBaseCommands(hidden)];
  }

  getBaseCommand(name: string, hidden?: boolean): AnyCommand | undefined {
    const cmd = this.state.commands.get(name) ?? this.state.commandAliases.get(name);
    return cmd && (hidden || !cmd.state.hidden) ? cmd : undefined;
  }

  /** The command of that name or alias. */
  getCommand(name: string, hidden?: boolean): AnyCommand | undefined {
    return this.getBaseCommand(name, hidden) ??
      this.getGlobalCommands(hidden).find((cmd) =>
        cmd.getName() === name || cmd.getAliases().includes(name)
      );
  }

  hasCommands(hidden?: boolean): boolean {
    return this.getCommands(hidden).length > 0;
  }

  getType(name: string): TypeDef | undefined {
    const own = this.state.types.get(name);
    if (own) return own;
    for (let cmd = this.up; cmd; cmd = cmd.up) {
      const type = cmd.state.types.get(name);
      if (type?.global) return type;
    }
    const handler = DEFAULT_TYPES[name];
    return handler && { name, handler, global: true };
  }

  /** What a shell is offered under a name: a completion, or the values of a type. */
  getCompletion(name: string): Completion | undefined {
    const own = this.state.completions.get(name);
    if (own) return own;
    for (let cmd = this.up; cmd; cmd = cmd.up) {
      const completion = cmd.state.completions.get(name);
      if (completion?.global) return completion;
    }
    const handler = this.getType(name)?.handler;
    if (!(handler instanceof Type) || !handler.complete) return undefined;
    return { name, complete: (cmd, parent) => handler.complete?.(cmd, parent) ?? [] };
  }

  getEnvVars(hidden?: boolean): EnvVar[] {
    const found = [...this.state.envVars];
    for (let cmd = this.up; cmd && !this.state.noGlobals; cmd = cmd.up) {
      for (const variable of cmd.state.envVars) {
        const known = found.some((item) => item.names[0] === variable.names[0]);
        if (variable.global && !known) found.unshift(variable);
      }
    }
    return found.filter((variable) => hidden || !variable.hidden);
  }
}
