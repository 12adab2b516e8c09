/**
 * Stands in for `@cliffy/command` where JSR cannot be reached: the part of its API that the program
 * uses, over commander, which is loaded only where there are options to read. Help, messages and
 * exit codes are those of the real package; `tests/airgap/` holds both to one test.
 *
 * Left out are lazy commands, wildcard and dotted options, options with several values of different
 * types, and the upgrade command.
 *
 * @module
 */
export { Command } from "./command.ts";
export { ValidationError, type ValidationErrorOptions } from "./errors.ts";
export {
  type ArgumentValue,
  BooleanType,
  CommandType,
  type CompleteHandlerResult,
  EnumType,
  FileType,
  type InferType,
  IntegerType,
  NumberType,
  SecretType,
  StringType,
  Type,
  type TypeHandler,
  type TypeOrTypeHandler,
  type ValuesHandlerResult,
} from "./type.ts";
export type {
  ActionHandler,
  Argument,
  CommandOptions,
  CommandResult,
  CompleteHandler,
  Completion,
  DefaultValue,
  Description,
  EnvVar,
  ErrorContext,
  ErrorHandler,
  Example,
  HelpHandler,
  Option,
  OptionValueHandler,
  TypeDef,
  VersionHandler,
} from "./types.ts";
