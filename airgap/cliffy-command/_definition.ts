import { CommandError } from "./errors.ts";
import type { Argument } from "./types.ts";

/** `"-p, --param <kv:string>"` taken apart. */
export interface Split {
  /** The names in front: `["-p", "--param"]`. */
  names: string[];
  /** What follows in brackets: `"<kv:string>"`, or nothing. */
  definition: string;
}

/** Takes a definition apart into its names and its arguments. */
export function split(text: string): Split {
  const words = text.trim().split(/[\s,=]+/);
  const start = words.findIndex((word) => /^[<[].+[\]>]$/.test(word));
  return start === -1
    ? { names: words, definition: "" }
    : { names: words.slice(0, start), definition: words.slice(start).join(" ") };
}

/** Reads `"<name:string> [rest...:file]"`. */
export function readArguments(definition: string, descriptions: string[] = []): Argument[] {
  if (definition === "") return [];
  const all = definition.split(/ +/).map((word, index) => readArgument(word, descriptions[index]));
  all.forEach((argument, index) => {
    const before = all[index - 1];
    if (before?.variadic) {
      throw new CommandError(
        `An argument cannot follow an variadic argument, but got "${argument.raw}".`,
      );
    }
    if (before?.optional && !argument.optional) {
      throw new CommandError(
        `An required argument cannot follow an optional argument, but "${argument.name}"  is defined as required.`,
      );
    }
  });
  return all;
}

function readArgument(word: string, description: string | undefined): Argument {
  const parts = /^([<[])([^:]+)(?::([^:]*))?(?::(.+))?[\]>]$/.exec(word);
  if (!parts) throw new CommandError(`Not an argument: "${word}"`);
  const [, bracket, name = "", given = "string", action] = parts;
  const list = given.endsWith("[]");
  const type = (list ? given.slice(0, -2) : given) || "string";
  return {
    name: name.replace(/^\.{3}|\.{3}$/g, ""),
    type,
    action: action ?? type,
    optional: bracket === "[",
    variadic: name.startsWith("...") || name.endsWith("..."),
    list,
    raw: word,
    ...(description === undefined ? {} : { description }),
  };
}

/** `max-time` is the option `maxTime`. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The key that an environment variable sets: `VERSUS_MAX_TIME` without its prefix is `maxTime`. */
export function envKey(name: string, prefix: string | undefined): string {
  const bare = prefix !== undefined && name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return bare.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Takes the indentation of the first line from every line, and the blank lines around away. */
export function dedent(text: string): string {
  const lines = text.split(/\r?\n/);
  while (lines.length > 0 && lines[0]?.trim() === "") lines.shift();
  const indent = /^\s*/.exec(lines[0] ?? "")?.[0].length ?? 0;
  return lines.map((line) => line.slice(line.trimStart() === line ? 0 : indent)).join("\n")
    .trimEnd();
}

/** The first line. */
export function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0]?.trim() ?? "";
}
