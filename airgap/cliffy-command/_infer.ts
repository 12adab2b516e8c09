/**
 * What the compiler learns from definitions such as `"-p, --param <kv:string>"`: which keys the
 * options of an action have, and of what type.
 */
import type { TypeHandler, TypeOrTypeHandler } from "./type.ts";

/** Options, or `void` where there are none. */
export type OptionMap = Record<string, unknown> | void;

/** Both, where either may be `void`. */
export type Merge<Left, Right> = Left extends void ? Right
  : Right extends void ? Left
  : [Left] extends [void] ? Right
  : [Right] extends [void] ? Left
  : Left & Right;

/** A parent, or where there is none the command itself. */
export type OneOf<Value, Default> = Value extends void ? Default : Value;

/** Types become the values they make. */
export type MapTypes<T> = T extends TypeOrTypeHandler<infer Value> ? Value
  : T extends Record<string, unknown> | ReadonlyArray<unknown> ? { [K in keyof T]: MapTypes<T[K]> }
  : T;

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Uncapitalize<Head>}${Capitalize<CamelCase<Tail>>}`
  : Uncapitalize<Name>;

type FirstWord<Text extends string> = Text extends `${infer Word}=${string}` ? FirstWord<Word>
  : Text extends `${infer Word} ${string}` ? FirstWord<Word>
  : Text extends `${infer Word},` ? Word
  : Text;

/** `"-p, --param <kv>"` is called `param`; `"-n <count>"` is called `n`. */
type FlagName<Flags extends string> = Flags extends `${string}--${infer Name}` ? FirstWord<Name>
  : Flags extends `-${infer Name}` ? FirstWord<Name>
  : string;

type TypeName<Definition extends string> = Definition extends `${string}:${infer Name}:${string}`
  ? Name
  : Definition extends `${string}:${infer Name}` ? Name
  : "string";

type ValueOfType<Name extends string, Types> = Name extends `${infer Item}[]`
  ? Array<ValueOfType<Item, Types>>
  : Types extends Record<Name, infer Value> ? MapTypes<Value>
  : unknown;

type Single<Definition extends string, Types> = Definition extends `...${infer Rest}`
  ? ValueOfType<TypeName<Rest>, Types>
  : Definition extends `${infer Name}...` ? ValueOfType<TypeName<Name>, Types>
  : Definition extends `${infer Name}...:${infer Rest}`
    ? ValueOfType<TypeName<`${Name}:${Rest}`>, Types>
  : ValueOfType<TypeName<Definition>, Types>;

type OptionValue<Definition extends string, Types> = Definition extends `${string}...${string}`
  ? Array<Single<Definition, Types>>
  : Single<Definition, Types>;

type Present<Required, Default> = Required extends true ? true
  : Default extends undefined ? false
  : true;

type Keyed<Name extends string, Value, IsPresent> = IsPresent extends true
  ? { [K in CamelCase<Name>]: Value }
  : { [K in CamelCase<Name>]?: Value };

/** The option that some flags make. */
export type TypedOption<
  Flags extends string,
  Options,
  Types,
  Required extends boolean | undefined,
  Default,
  Conflicts,
> = FlagName<Flags> extends `no-${infer Name}` ? Negated<Name, Options, Default>
  : Flags extends `${string}<${infer Definition}>` ? Keyed<
      FlagName<Flags>,
      NonNullable<Default> | OptionValue<Definition, Types>,
      Present<undefined extends Conflicts ? Required : false, Default>
    >
  : Flags extends `${string}[${infer Definition}]` ? Keyed<
      FlagName<Flags>,
      NonNullable<Default> | true | OptionValue<Definition, Types>,
      Present<undefined extends Conflicts ? Required : false, Default>
    >
  : Keyed<
    FlagName<Flags>,
    true | NonNullable<Default>,
    Present<undefined extends Conflicts ? Required : false, Default>
  >;

type Negated<Name extends string, Options, Default> = Default extends undefined
  ? CamelCase<Name> extends keyof Options ? { [K in CamelCase<Name>]?: false }
  : { [K in CamelCase<Name>]: boolean }
  : { [K in CamelCase<Name>]: NonNullable<Default> | false };

/** What the handler or `collect` makes of an option's value. */
export type MapValue<Option, Mapped, Collect> = Mapped extends undefined
  ? Collect extends true ? { [K in keyof Option]: Array<NonNullable<Option[K]>> }
  : { [K in keyof Option]: Option[K] }
  : { [K in keyof Option]: Mapped };

/** The options so far and one more; `--no-x` joins an `--x` that is there. */
export type MergeOption<Flags extends string, Options, Added> = FlagName<Flags> extends
  `no-${string}` ? Joined<Options, Added>
  : Merge<Options, Added>;

type Joined<Left, Right> = Left extends void ? Right
  :
    & Omit<Left, keyof Right>
    & Omit<Right, keyof Left>
    & { [K in keyof Left & keyof Right]: Left[K] | Right[K] };

/** The value of an option before its handler has seen it. */
export type ValueOf<Option> = Option extends Record<string, infer Value> ? Value : Option;

/** The tuple that `"<name:string> [rest...:string]"` makes. */
export type TypedArguments<Definitions extends string, Types> = Definitions extends
  `${infer First} ${infer Rest}` ? [...TypedArgument<First, Types>, ...TypedArguments<Rest, Types>]
  : TypedArgument<Definitions, Types>;

type TypedArgument<Definition extends string, Types> = Definition extends `<${infer Inner}>`
  ? Inner extends `${string}...${string}` ? [Single<Inner, Types>, ...Array<Single<Inner, Types>>]
  : [Single<Inner, Types>]
  : Definition extends `[${infer Inner}]`
    ? Inner extends `${string}...${string}` ? Array<Single<Inner, Types>>
    : [Single<Inner, Types>?]
  : [];

/** The arguments in the definition of a command: `"run <name:string>"`. */
export type TypedCommandArguments<Definition extends string, Types> = Definition extends
  `${string} ${infer Arguments}` ? TypedArguments<Arguments, Types>
  : [];

/** The key that an environment variable sets. */
export type TypedEnv<
  Definition extends string,
  Prefix extends string | undefined,
  Types,
  Required extends boolean | undefined,
> = EnvName<Definition, Prefix> extends infer Name extends string
  ? EnvValue<Definition, Types> extends infer Value
    ? Required extends true ? { [K in Name]: Value } : { [K in Name]?: Value }
  : never
  : never;

type EnvName<Definition extends string, Prefix extends string | undefined> = SnakeToCamel<
  Lowercase<
    FirstWord<Definition> extends `${Prefix}${infer Rest}` ? Rest : FirstWord<Definition>
  >
>;

type SnakeToCamel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<SnakeToCamel<Tail>>}`
  : Name;

type EnvValue<Definition extends string, Types> = Definition extends `${string}<${infer Inner}>`
  ? OptionValue<Inner, Types>
  : boolean;

/** One type under its name. */
export type TypedType<Name extends string, Handler> = { [K in Name]: Handler };

export type { TypeHandler };
