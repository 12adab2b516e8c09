import type { Command } from "./command.ts";
import { ValidationError } from "./errors.ts";

/** A word of the command line that is to become a value. */
export interface ArgumentValue {
  /** "Option", "Argument" or "Environment variable". */
  label: string;
  /** The name of the type. */
  type: string;
  name: string;
  value: string;
}

/** Turns a word into a value, or throws. */
export type TypeHandler<TReturn = unknown> = (arg: ArgumentValue) => TReturn;

/** Values for a shell to offer. */
export type CompleteHandlerResult =
  | Array<string | number | boolean>
  | Promise<Array<string | number | boolean>>;

/** Values that a type allows. */
export type ValuesHandlerResult = Array<string | number | boolean>;

/** A named kind of value. */
export abstract class Type<TValue> {
  /** Turns a word into a value, or throws. */
  abstract parse(type: ArgumentValue): TValue;
  /** What the help shows in the place of a default. */
  defaultText?(): string;
  /** The values that are allowed. */
  values?(cmd: Command, parent?: Command): ValuesHandlerResult;
  /** The values for a shell to offer. */
  complete?(cmd: Command, parent?: Command): CompleteHandlerResult;
}

/** A type, or the function of one. */
export type TypeOrTypeHandler<TValue> = Type<TValue> | TypeHandler<TValue>;

/** What a type's values are. */
export type InferType<TType, TDefault = TType> = TType extends TypeOrTypeHandler<infer Value>
  ? Value
  : TDefault;

/** Any text. */
export class StringType extends Type<string> {
  override parse({ value }: ArgumentValue): string {
    return value;
  }
}

/** A path; shells offer files. */
export class FileType extends StringType {
  constructor() {
    super();
  }
}

/** A text that the help does not show. */
export class SecretType extends StringType {
  override defaultText(): string {
    return "******";
  }
}

/** A finite number. */
export class NumberType extends Type<number> {
  override parse(type: ArgumentValue): number {
    const value = Number(type.value);
    if (type.value === "" || !Number.isFinite(value)) throw invalidType(type);
    return value;
  }
}

/** A whole number; `1e8` is one. */
export class IntegerType extends Type<number> {
  override parse(type: ArgumentValue): number {
    const value = Number(type.value);
    if (!Number.isInteger(value)) throw invalidType(type);
    return value;
  }
}

/** `true`, `false`, `1` or `0`. */
export class BooleanType extends Type<boolean> {
  override parse(type: ArgumentValue): boolean {
    if (type.value === "1" || type.value === "true") return true;
    if (type.value === "0" || type.value === "false") return false;
    throw invalidType(type, ["true", "false", "1", "0"]);
  }
  override complete(): string[] {
    return ["true", "false"];
  }
}

/** One of a list of values. */
export class EnumType<const TValue extends string | number | boolean> extends Type<TValue> {
  readonly #allowed: ReadonlyArray<TValue>;

  constructor(values: ReadonlyArray<TValue> | Record<string, TValue>) {
    super();
    this.#allowed = Array.isArray(values) ? values : Object.values(values);
  }

  override parse(type: ArgumentValue): TValue {
    const found = this.#allowed.find((value) => String(value) === type.value);
    if (found === undefined) throw invalidType(type, this.#allowed);
    return found;
  }

  override values(): Array<TValue> {
    return [...this.#allowed];
  }

  override complete(): Array<TValue> {
    return this.values();
  }
}

/** The name of a command beside this one. */
export class CommandType extends StringType {
  override complete(_cmd: Command, parent?: Command): string[] {
    return parent?.getCommands(false).map((cmd) => cmd.getName()) ?? [];
  }
}

/** Says that a word is not of its type, as cliffy words it. */
function invalidType(
  { label, name, type, value }: ArgumentValue,
  expected?: ReadonlyArray<string | number | boolean>,
): ValidationError {
  const values = expected?.map((item) => `"${item}"`).join(", ");
  return new ValidationError(
    `${label} "${name}" must be of type "${type}", but got "${value}".` +
      (values === undefined ? "" : ` Expected values: ${values}`),
  );
}
