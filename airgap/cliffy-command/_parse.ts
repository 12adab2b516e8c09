/**
 * Reads the words of one command. commander takes the options out of the words; what they mean,
 * what is asked of them and how a mistake is worded is cliffy's way.
 */
import { camelCase } from "./_definition.ts";
import { didYouMean, flag, ValidationError } from "./errors.ts";
import type { ArgumentValue } from "./type.ts";
import type { ActionHandler, Argument, Option } from "./types.ts";

/** What has been read so far, from the main command down. */
export interface Reading {
  /** Words that are still to be read. */
  rest: string[];
  options: Record<string, unknown>;
  env: Record<string, unknown>;
  args: unknown[];
  literal: string[];
  /** Options that were typed, in their order. */
  given: Option[];
  /** Keys whose values are defaults. */
  defaults: Set<string>;
  actions: ActionHandler[];
  standalone: Option | undefined;
}

/** What a command takes, and how. */
export interface Grammar {
  options: Option[];
  args: Argument[];
  /** The first word that is no option ends the options. */
  stopEarly: boolean;
  /** Only options in front are read, and words that are none are left for a command below. */
  onlyOptions: boolean;
  allowEmpty: boolean;
  parseType(value: ArgumentValue): unknown;
}

/** Starts reading some words. */
export function startReading(words: string[]): Reading {
  return {
    rest: [...words],
    options: {},
    env: {},
    args: [],
    literal: [],
    given: [],
    defaults: new Set(),
    actions: [],
    standalone: undefined,
  };
}

/** Reads the options, and the arguments unless they are left. */
export async function read(reading: Reading, grammar: Grammar): Promise<void> {
  checkReferences(grammar.options);
  const end = reading.rest.indexOf("--");
  const words = end === -1 ? reading.rest : reading.rest.slice(0, end);
  if (end !== -1) reading.literal = reading.rest.slice(end + 1);

  const positional = await takeOptions(words, reading, grammar);
  if (grammar.onlyOptions) {
    reading.rest = positional;
  } else {
    await takeArguments(positional, reading, grammar);
  }
  setDefaults(reading, grammar.options);
  if (reading.given.length > 0 || !grammar.allowEmpty) validate(reading, grammar.options);
  if (!grammar.onlyOptions) finishArguments(reading, grammar);
}

/** Reads the options among the words, and answers with the words that are none. */
async function takeOptions(
  words: string[],
  reading: Reading,
  grammar: Grammar,
): Promise<string[]> {
  // Nothing to tell apart: commander takes 25 ms to load.
  if (!words.some((word) => word.length > 1 && word.startsWith("-"))) return words;
  const only = words.length === 1 ? findFlag(grammar.options, words[0]) : undefined;
  if (only && only.args.length === 0) {
    take(only, null, reading, grammar);
    return [];
  }

  const { Command, Option } = await import("commander");
  const parser = new Command().exitOverride().helpOption(false).configureOutput({
    writeErr: () => {},
    outputError: () => {},
  });
  if (grammar.stopEarly || grammar.onlyOptions) parser.passThroughOptions();
  for (const option of grammar.options) {
    for (const name of option.flags) {
      const defined = new Option(`${name} ${valueSyntax(option)}`.trim());
      parser.addOption(defined);
      parser.on(`option:${defined.name()}`, (value: string | null | undefined) => {
        take(option, withoutSign(words, name, value), reading, grammar);
      });
    }
  }
  try {
    const { operands, unknown } = parser.parseOptions(words);
    return [...operands, ...unknown];
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "commander.optionMissingArgument") throw error;
    const name = words.at(-1) ?? "";
    throw new ValidationError(
      `Missing value for option "${flag(findFlag(grammar.options, name)?.name ?? name)}".`,
    );
  }
}

function valueSyntax(option: Option): string {
  const [arg] = option.args;
  if (!arg) return "";
  const name = arg.variadic ? "value..." : "value";
  return arg.optional ? `[${name}]` : `<${name}>`;
}

/** commander leaves the sign in the value of `-p=2`. */
function withoutSign(
  words: string[],
  name: string,
  value: string | null | undefined,
): string | null {
  if (value === undefined || value === null) return null;
  return value.startsWith("=") && words.includes(name + value) ? value.slice(1) : value;
}

/** Notes one occurrence of an option. */
function take(option: Option, word: string | null, reading: Reading, grammar: Grammar): void {
  const [arg] = option.args;
  const negated = option.name.startsWith("no-");
  const key = camelCase(negated ? option.name.slice(3) : option.name);
  const previous = reading.options[key];
  const repeats = arg?.variadic === true && reading.given.at(-1) === option;

  reading.given.push(option);
  if (option.standalone) reading.standalone = option;
  if (
    previous !== undefined && !option.collect && !repeats && !reading.defaults.has(key)
  ) {
    throw new ValidationError(
      `Option "${
        flag(option.name).replace(/^--no-/, "--")
      }" can only occur once, but was found several times.`,
    );
  }
  // An empty value counts as none.
  if (arg && word === "" && !option.required) {
    reading.given.pop();
    return;
  }

  let value: unknown = !negated;
  if (arg && word !== null) {
    value = readValue(arg, word, "Option", `--${option.name}`, grammar);
    if (arg.variadic) value = [...(repeats && Array.isArray(previous) ? previous : []), value];
  }
  if (option.value) {
    value = option.value(value, previous);
  } else if (option.collect) {
    value = [...(Array.isArray(previous) ? previous : []), value];
  }
  reading.options[key] = value;
  reading.defaults.delete(key);
  if (option.action) reading.actions.push(option.action);
}

function readValue(
  arg: Argument,
  word: string,
  label: string,
  name: string,
  grammar: Grammar,
): unknown {
  const one = (value: string) => grammar.parseType({ label, name, type: arg.type, value });
  return arg.list ? word.split(",").map(one) : one(word);
}

/** Gives the words to the arguments; a word that looks like an option is one where nothing takes it. */
async function takeArguments(words: string[], reading: Reading, grammar: Grammar): Promise<void> {
  const surplus: string[] = [];
  let index = 0;
  for (const word of words) {
    const sign = word.indexOf("=");
    const option = sign > 0 ? findFlag(grammar.options, word.slice(0, sign)) : undefined;
    if (option && option.args.length === 0 && !grammar.stopEarly) {
      throw new ValidationError(
        `Option "${flag(option.name)}" doesn't take a value, but got "${word.slice(sign + 1)}".`,
      );
    }
    const arg = grammar.args[index];
    if (arg) {
      const value = word === "" && arg.optional
        ? undefined
        : readValue(arg, word, "Argument", arg.name, grammar);
      if (!(arg.variadic && value === undefined)) reading.args.push(value);
      if (!arg.variadic) index++;
    } else if (word.length > 1 && word.startsWith("-") && !grammar.stopEarly) {
      const name = sign > 0 ? word.slice(0, sign) : word;
      const names = grammar.options.flatMap((item) => [item.name, ...item.aliases]).map(flag);
      throw new ValidationError(
        `Unknown option "${name}".${await didYouMean("option", name, names)}`,
      );
    } else {
      surplus.push(word);
    }
  }
  reading.rest = surplus;
}

function finishArguments(reading: Reading, grammar: Grammar): void {
  if (grammar.args.length === 0) return;
  const missing = grammar.args.filter((arg, index) =>
    !arg.optional && reading.args[index] === undefined
  );
  const [first] = missing;
  if (first && reading.args.length === 0) {
    if (reading.standalone) return;
    throw new ValidationError(`Missing argument(s): ${missing.map((arg) => arg.name).join(", ")}`);
  }
  if (first) throw new ValidationError(`Missing argument: ${first.name}`);
  if (reading.rest.length > 0) {
    throw new ValidationError(`Too many arguments: ${reading.rest.join(" ")}`);
  }
}

function setDefaults(reading: Reading, options: Option[]): void {
  for (const option of options) {
    const negated = option.name.startsWith("no-");
    const name = negated ? option.name.slice(3) : option.name;
    if (negated && options.some((other) => other.name === name)) continue;
    const key = camelCase(name);
    if (reading.options[key] !== undefined || reading.env[key] !== undefined) continue;
    const made: unknown = typeof option.default === "function" ? option.default() : option.default;
    const value = made ?? (negated ? true : undefined);
    if (value === undefined) continue;
    reading.options[key] = option.value ? option.value(value) : value;
    reading.defaults.add(key);
  }
}

function validate(reading: Reading, options: Option[]): void {
  const { standalone, given } = reading;
  if (standalone) {
    if (given.some((option) => option !== standalone)) {
      throw new ValidationError(
        `Option "${flag(standalone.name)}" cannot be combined with other options.`,
      );
    }
    return;
  }
  for (const option of given) {
    for (const other of option.conflicts ?? []) {
      const isGiven = given.some((item) => item === findName(options, other));
      if (isGiven || reading.env[camelCase(other)] !== undefined) {
        throw new ValidationError(
          `Option "${flag(option.name)}" conflicts with option "${flag(other)}".`,
        );
      }
    }
    for (const other of option.depends ?? []) {
      const key = camelCase(other);
      if (reading.options[key] === undefined && reading.env[key] === undefined) {
        throw new ValidationError(
          `Option "${flag(option.name)}" depends on option "${flag(other)}".`,
        );
      }
    }
    const key = camelCase(option.name.replace(/^no-/, ""));
    if (option.args[0]?.optional === false && reading.options[key] === undefined) {
      throw new ValidationError(`Missing value for option "${flag(option.name)}".`);
    }
  }
  for (const option of options) {
    const key = camelCase(option.name);
    if (!option.required || key in reading.options || reading.env[key] !== undefined) continue;
    const conflicts = option.conflicts?.some((other) => reading.options[other]) ||
      given.some((other) => other.conflicts?.includes(option.name));
    if (!conflicts) throw new ValidationError(`Missing required option "${flag(option.name)}".`);
  }
}

/** An option that another one names must be there. */
function checkReferences(options: Option[]): void {
  for (const option of options) {
    for (
      const [kind, names] of [["required", option.depends], [
        "conflicting",
        option.conflicts,
      ]] as const
    ) {
      for (const name of names ?? []) {
        if (!findName(options, name)) throw new Error(`Unknown ${kind} option "${flag(name)}".`);
      }
    }
  }
}

function findName(options: Option[], name: string): Option | undefined {
  return options.find((option) => option.name === name || option.aliases.includes(name));
}

function findFlag(options: Option[], word: string | undefined): Option | undefined {
  return options.find((option) => word !== undefined && option.flags.includes(word));
}
