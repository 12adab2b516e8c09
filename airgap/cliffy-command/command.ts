/**
 * The builder, in the parts that the program uses. The type parameters stand in the order of the
 * real class.
 */
import { split } from "./_definition.ts";
import type {
  MapTypes,
  MapValue,
  Merge,
  MergeOption,
  OneOf,
  OptionMap,
  TypedArguments,
  TypedCommandArguments,
  TypedEnv,
  TypedOption,
  TypedType,
  ValueOf,
} from "./_infer.ts";
import { Settings } from "./_settings.ts";
import { CommandError } from "./errors.ts";
import type { TypeOrTypeHandler } from "./type.ts";
import type {
  ActionHandler,
  CommandResult,
  DefaultValue,
  EnvVarSettings,
  OptionSettings,
  OptionValueHandler,
} from "./types.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

interface BuiltInTypes {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
  file: string;
  secret: string;
}

type Types<ParentTypes, GlobalTypes, OwnTypes> =
  & Omit<BuiltInTypes, keyof Merge<ParentTypes, Merge<GlobalTypes, OwnTypes>>>
  & Merge<ParentTypes, Merge<GlobalTypes, OwnTypes>>;

/** What an option may be given, where its value follows from it. */
interface OptionOptions<Added, Default, Required, Collect, Conflicts, Mapped>
  extends OptionSettings {
  default?: DefaultValue<Default>;
  defaultText?: string | ((value: Default) => string);
  required?: Required;
  collect?: Collect;
  conflicts?: Conflicts;
  value?: OptionValueHandler<MapTypes<ValueOf<Added>>, Mapped>;
}

/** A command: what it is called, what it takes and what it does. */
export class Command<
  TParentGlobals extends OptionMap = void,
  TParentTypes extends OptionMap = TParentGlobals extends number ? Any : void,
  TOptions extends OptionMap = TParentGlobals extends number ? Any : void,
  TArguments extends Array<unknown> = TParentGlobals extends number ? Any : [],
  TGlobals extends OptionMap = TParentGlobals extends number ? Any : void,
  TTypes extends OptionMap = TParentGlobals extends number ? Any : void,
  TGlobalTypes extends OptionMap = TParentGlobals extends number ? Any : void,
  TParent extends Command<Any> | undefined = TParentGlobals extends number ? Any : undefined,
> extends Settings {
  /** Sets the arguments: `"<name:string> [rest...:string]"`. */
  arguments<
    Arguments extends TypedArguments<
      Definitions,
      Types<TParentTypes, TGlobalTypes, TTypes>
    >,
    Definitions extends string = string,
  >(
    definitions: Definitions,
    descriptions?: string[],
  ): Command<
    TParentGlobals,
    TParentTypes,
    TOptions,
    Arguments,
    TGlobals,
    TTypes,
    TGlobalTypes,
    TParent
  > {
    this.setArguments(definitions, descriptions);
    return this as Command<Any>;
  }

  /** Sets what the command does. */
  action(action: ActionHandler<TOptions, TArguments, TGlobals, TParentGlobals>): this {
    this.cmd.state.action = action as ActionHandler;
    return this;
  }

  /** Sets what is done before this command's action and before those below. */
  globalAction(action: ActionHandler<TOptions, unknown[], TGlobals, TParentGlobals>): this {
    this.cmd.state.globalAction = action as ActionHandler;
    return this;
  }

  /** Adds an option: `"-p, --param <kv:string>"`. */
  option<
    Flags extends string,
    Added extends TypedOption<
      Flags,
      TOptions,
      Types<TParentTypes, TGlobalTypes, TTypes>,
      Required,
      Default,
      Conflicts
    >,
    Mapped extends MapValue<Added, Handled, Collect>,
    Required extends boolean | undefined = undefined,
    Collect extends boolean | undefined = undefined,
    Conflicts extends string[] | undefined = undefined,
    const Default = undefined,
    Handled = undefined,
  >(
    flags: Flags,
    desc: string,
    options?:
      | OptionOptions<Added, Default, Required, Collect, Conflicts, Handled>
      | OptionValueHandler<MapTypes<ValueOf<Added>>, Handled>,
  ): Command<
    TParentGlobals,
    TParentTypes,
    MergeOption<Flags, TOptions, Mapped>,
    TArguments,
    TGlobals,
    TTypes,
    TGlobalTypes,
    TParent
  > {
    this.addOption(flags, desc, typeof options === "function" ? { value: options } : options ?? {});
    return this as Command<Any>;
  }

  /** Adds an option of this command and of those below. */
  globalOption<
    Flags extends string,
    Added extends TypedOption<
      Flags,
      TOptions,
      Types<TParentTypes, TGlobalTypes, TTypes>,
      Required,
      Default,
      Conflicts
    >,
    Mapped extends MapValue<Added, Handled, Collect>,
    Required extends boolean | undefined = undefined,
    Collect extends boolean | undefined = undefined,
    Conflicts extends string[] | undefined = undefined,
    const Default = undefined,
    Handled = undefined,
  >(
    flags: Flags,
    desc: string,
    options?:
      | Omit<OptionOptions<Added, Default, Required, Collect, Conflicts, Handled>, "global">
      | OptionValueHandler<MapTypes<ValueOf<Added>>, Handled>,
  ): Command<
    TParentGlobals,
    TParentTypes,
    TOptions,
    TArguments,
    MergeOption<Flags, TGlobals, Mapped>,
    TTypes,
    TGlobalTypes,
    TParent
  > {
    const given = typeof options === "function" ? { value: options } : options ?? {};
    this.addOption(flags, desc, { ...given, global: true });
    return this as Command<Any>;
  }

  /** Adds an environment variable that stands for an option: `"VERSUS_HOME=<path:file>"`. */
  env<
    Definition extends string,
    Added extends TypedEnv<
      Definition,
      Prefix,
      Types<TParentTypes, TGlobalTypes, TTypes>,
      Required
    >,
    Mapped extends MapValue<Added, Handled, undefined>,
    Required extends boolean | undefined = undefined,
    Prefix extends string | undefined = undefined,
    Handled = undefined,
  >(
    definition: Definition,
    description: string,
    options?: Omit<EnvVarSettings, "global" | "required" | "prefix"> & {
      required?: Required;
      prefix?: Prefix;
      value?: (value: MapTypes<ValueOf<Added>>) => Handled;
    },
  ): Command<
    TParentGlobals,
    TParentTypes,
    Merge<TOptions, Mapped>,
    TArguments,
    TGlobals,
    TTypes,
    TGlobalTypes,
    TParent
  > {
    this.addEnv(definition, description, options ?? {});
    return this as Command<Any>;
  }

  /** Adds an environment variable of this command and of those below. */
  globalEnv<
    Definition extends string,
    Added extends TypedEnv<
      Definition,
      Prefix,
      Types<TParentTypes, TGlobalTypes, TTypes>,
      Required
    >,
    Mapped extends MapValue<Added, Handled, undefined>,
    Required extends boolean | undefined = undefined,
    Prefix extends string | undefined = undefined,
    Handled = undefined,
  >(
    definition: Definition,
    description: string,
    options?: Omit<EnvVarSettings, "global" | "required" | "prefix"> & {
      required?: Required;
      prefix?: Prefix;
      value?: (value: MapTypes<ValueOf<Added>>) => Handled;
    },
  ): Command<
    TParentGlobals,
    TParentTypes,
    TOptions,
    TArguments,
    Merge<TGlobals, Mapped>,
    TTypes,
    TGlobalTypes,
    TParent
  > {
    this.addEnv(definition, description, { ...options, global: true });
    return this as Command<Any>;
  }

  /** Adds a command that was made before; what follows is said of it. */
  command<Child extends Command<Any>>(
    name: string,
    child: Child,
  ): Child extends Command<
    Any,
    Any,
    infer Options,
    infer Arguments,
    infer Globals,
    infer OwnTypes,
    infer GlobalTypes,
    Any
  > ? Command<
      TParent extends Command<Any> ? TParentGlobals : Merge<TParentGlobals, TGlobals>,
      TParent extends Command<Any> ? TParentTypes : Merge<TParentTypes, TGlobalTypes>,
      Options,
      Arguments,
      Globals,
      OwnTypes,
      GlobalTypes,
      OneOf<TParent, this>
    >
    : never;
  /** Adds a command; what follows is said of it. */
  command<Definition extends string>(
    definition: Definition,
    description?: string,
  ): Command<
    TParent extends Command<Any> ? TParentGlobals : Merge<TParentGlobals, TGlobals>,
    TParent extends Command<Any> ? TParentTypes : Merge<TParentTypes, TGlobalTypes>,
    void,
    TypedCommandArguments<
      Definition,
      Types<
        TParent extends Command<Any> ? TParentTypes : Merge<TParentTypes, TGlobalTypes>,
        void,
        void
      >
    >,
    void,
    void,
    void,
    OneOf<TParent, this>
  >;
  command(definition: string, child?: Command<Any> | string): Any {
    this.reset();
    const { names: [name, ...aliases], definition: args } = split(definition);
    if (!name) throw new CommandError("Missing command name.");
    if (this.getBaseCommand(name, true)) {
      throw new CommandError(`Duplicate command name "${name}".`);
    }
    const added: Command<Any> = child instanceof Command ? child.reset() : new Command();
    if (typeof child === "string") added.description(child);
    added.state.name = name;
    added.up = this as Command<Any>;
    if (args) added.arguments(args);
    this.state.commands.set(name, added);
    for (const alias of aliases) added.alias(alias);
    this.cmd = added;
    return this;
  }

  /** What follows is said of the main command again. */
  reset(): OneOf<TParent, this> {
    this.state.group = null;
    this.cmd = this as Command<Any>;
    return this as OneOf<TParent, this>;
  }

  /** Adds a type for arguments and options. */
  type<Handler extends TypeOrTypeHandler<unknown>, Name extends string = string>(
    name: Name,
    handler: Handler,
    options?: { override?: boolean },
  ): Command<
    TParentGlobals,
    TParentTypes,
    TOptions,
    TArguments,
    TGlobals,
    Merge<TTypes, TypedType<Name, Handler>>,
    TGlobalTypes,
    TParent
  > {
    this.addType(name, handler, { ...options });
    return this as Command<Any>;
  }

  /** Adds a type for this command and those below. */
  globalType<Handler extends TypeOrTypeHandler<unknown>, Name extends string = string>(
    name: Name,
    handler: Handler,
    options?: { override?: boolean },
  ): Command<
    TParentGlobals,
    TParentTypes,
    TOptions,
    TArguments,
    TGlobals,
    TTypes,
    Merge<TGlobalTypes, TypedType<Name, Handler>>,
    TParent
  > {
    this.addType(name, handler, { ...options, global: true });
    return this as Command<Any>;
  }

  /** The action gets the words as they were typed. */
  useRawArgs(
    useRawArgs = true,
  ): Command<void, void, void, Array<string>, void, void, void, TParent> {
    this.cmd.state.useRawArgs = useRawArgs;
    return this as Command<Any>;
  }

  /** The command above. */
  getParent(): TParent {
    return this.up as TParent;
  }

  /** Reads the words and runs what they ask for. */
  parse(args: string[] = Deno.args): Promise<
    TParent extends Command<Any> ? CommandResult
      : CommandResult<
        MapTypes<Merge<Merge<TParentGlobals, TGlobals>, TOptions>>,
        MapTypes<TArguments>
      >
  > {
    return this.run(args) as Promise<Any>;
  }
}
