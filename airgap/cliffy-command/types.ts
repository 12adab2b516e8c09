import type { Command } from "./command.ts";
import type { ValidationError } from "./errors.ts";
import type { MapTypes, Merge, OptionMap } from "./_infer.ts";
import type {
  ArgumentValue,
  CompleteHandlerResult,
  TypeHandler,
  TypeOrTypeHandler,
} from "./type.ts";

// deno-lint-ignore no-explicit-any
type AnyCommand = Command<any>;

/** A default, or the function that makes it. */
export type DefaultValue<TValue = unknown> = TValue | (() => TValue);

/** Turns an option's value into another; gets what earlier occurrences made of it. */
// deno-lint-ignore no-explicit-any
export type OptionValueHandler<TValue = any, TReturn = TValue> = (
  val: TValue,
  previous?: TReturn,
) => TReturn;

/** What runs a command. */
export type ActionHandler<
  // deno-lint-ignore no-explicit-any
  TOptions extends OptionMap = any,
  // deno-lint-ignore no-explicit-any
  TArguments extends Array<unknown> = TOptions extends number ? any : [],
  // deno-lint-ignore no-explicit-any
  TGlobals extends OptionMap = TOptions extends number ? any : void,
  // deno-lint-ignore no-explicit-any
  TParentGlobals extends OptionMap = TOptions extends number ? any : void,
> = (
  this: AnyCommand,
  options: CommandOptions<TOptions, TGlobals, TParentGlobals>,
  ...args: MapTypes<TArguments>
  // deno-lint-ignore no-explicit-any
) => any;

/** The options that an action is given. */
export type CommandOptions<
  // deno-lint-ignore no-explicit-any
  TOptions extends OptionMap = any,
  // deno-lint-ignore no-explicit-any
  TGlobals extends OptionMap = TOptions extends number ? any : void,
  // deno-lint-ignore no-explicit-any
  TParentGlobals extends OptionMap = TOptions extends number ? any : void,
> = MapTypes<Merge<TParentGlobals, Merge<TGlobals, TOptions>>>;

/** What {@linkcode Command.parse} answers. */
export interface CommandResult<Options = Record<string, unknown>, Arguments = unknown[]> {
  options: Options;
  args: Arguments;
  /** What followed `--`. */
  literal: string[];
  cmd: AnyCommand;
}

/** What an error handler is told besides the error. */
export interface ErrorContext {
  options: Record<string, unknown>;
  // deno-lint-ignore no-explicit-any
  args: any;
}

/** Sees an error before the command line ends with it. */
export type ErrorHandler = (
  error: Error | ValidationError,
  cmd: Command,
  ctx: ErrorContext,
) => unknown;

/** Values for a shell to offer. */
export type CompleteHandler = (cmd: AnyCommand, parent?: AnyCommand) => CompleteHandlerResult;

/** A text, or the function that makes it when it is wanted. */
export type Description = string | ((this: AnyCommand) => string);

/** Makes the version. */
export type VersionHandler = (this: AnyCommand, cmd: AnyCommand) => string;

/** Makes the help. */
export type HelpHandler = (this: AnyCommand, cmd: AnyCommand, options: HelpOptions) => string;

/** How the help looks. */
export interface HelpOptions {
  /** Shows the types of arguments. */
  types?: boolean;
  /** Shows defaults, allowed values and the like. */
  hints?: boolean;
  /** "auto" colours only what goes to a terminal. */
  colors?: boolean | "auto";
  /** Shows descriptions whole in place of their first line. */
  long?: boolean;
  width?: number;
  maxWidth?: number;
}

/** What an option may be given that the type of its value doesn't depend on. */
export interface OptionSettings {
  hidden?: boolean;
  /** The option is used alone; nothing else is then asked for. */
  standalone?: boolean;
  global?: boolean;
  /** Options that must be there too. */
  depends?: string[];
  /** Puts the option before the ones that are there. */
  prepend?: boolean;
  /** Runs when the option is given. */
  action?: ActionHandler;
}

/** A value that is expected: an argument of a command, or the value of an option. */
export interface Argument {
  name: string;
  type: string;
  /** What a shell asks `completions complete` for. */
  action: string;
  optional: boolean;
  variadic: boolean;
  list: boolean;
  /** The definition as it was written. */
  raw: string;
  description?: string;
}

/** An option as it was defined. */
export interface Option extends OptionSettings {
  /** Without dashes; `no-color` keeps its `no-`. */
  name: string;
  aliases: string[];
  description: string;
  flags: string[];
  args: Argument[];
  typeDefinition: string;
  groupName?: string;
  required?: boolean | undefined;
  collect?: boolean | undefined;
  default?: DefaultValue;
  // deno-lint-ignore no-explicit-any
  defaultText?: string | ((value: any) => string);
  conflicts?: string[] | undefined;
  value?: OptionValueHandler;
}

/** What an environment variable may be given. */
export interface EnvVarSettings {
  hidden?: boolean;
  global?: boolean;
  required?: boolean | undefined;
  /** Left out of the option's name. */
  prefix?: string | undefined;
}

/** An environment variable as it was defined. */
export interface EnvVar extends EnvVarSettings {
  names: string[];
  description: string;
  details: Argument;
  // deno-lint-ignore no-explicit-any
  value?: (value: any) => unknown;
}

/** A type under its name. */
export interface TypeDef {
  name: string;
  handler: TypeOrTypeHandler<unknown>;
  global?: boolean;
  override?: boolean;
}

/** A completion under its name. */
export interface Completion {
  name: string;
  complete: CompleteHandler;
  global?: boolean;
  override?: boolean;
}

/** An example in the help. */
export interface Example {
  name: string;
  description: string;
}

export type { ArgumentValue, TypeHandler };
