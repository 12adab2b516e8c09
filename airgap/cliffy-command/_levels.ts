import { firstLine } from "./_definition.ts";
import type { Command } from "./command.ts";
import { CommandError } from "./errors.ts";
import { FileType } from "./type.ts";
import type { Argument } from "./types.ts";

// deno-lint-ignore no-explicit-any
type AnyCommand = Command<any>;

/** What a shell can offer for a value. */
export type Offer = { kind: "files" } | { kind: "ask"; action: string } | { kind: "nothing" };

/** One command as a shell sees it. */
export interface Level {
  /** The names from below the main command, each after a space; of the main command "". */
  path: string;
  commands: { name: string; aliases: string[]; description: string }[];
  options: { flags: string[]; description: string; value: Offer | undefined }[];
  /** What the first argument can be. */
  argument: Offer;
}

/** A program as a shell sees it. */
export interface Program {
  /** What is typed. */
  name: string;
  /** The name of its function. */
  id: string;
  title: string;
  levels: Level[];
}

/** Lists every command that is not hidden, the main command first. */
export function program(name: string, cmd: AnyCommand, shell: string): Program {
  if (!name || name === "COMMAND") {
    throw new CommandError(
      `Failed to generate shell completions. Missing main command name for ${shell}.`,
    );
  }
  const version = cmd.getVersion();
  return {
    name,
    id: name.replace(/[^a-zA-Z0-9]/g, "_"),
    title: `${shell} completion support for ${name}${version ? ` v${version}` : ""}`,
    levels: levels(cmd, ""),
  };
}

function levels(cmd: AnyCommand, path: string): Level[] {
  const children = cmd.getCommands(false);
  return [
    {
      path,
      commands: children.map((child) => ({
        name: child.getName(),
        aliases: child.getAliases(),
        description: child.getShortDescription(),
      })),
      options: cmd.getOptions(false).map((option) => ({
        flags: option.flags,
        description: firstLine(option.description),
        value: option.args[0] && offer(cmd, option.args[0]),
      })),
      argument: offer(cmd, cmd.getArguments()[0]),
    },
    ...children.flatMap((child) => levels(child, `${path} ${child.getName()}`)),
  ];
}

function offer(cmd: AnyCommand, arg: Argument | undefined): Offer {
  if (!arg) return { kind: "nothing" };
  if (cmd.getType(arg.type)?.handler instanceof FileType) return { kind: "files" };
  return { kind: "ask", action: arg.action };
}

/** Lines for every command below a level: the words that lead there, and its path. */
export function steps(level: Level): { words: string[]; path: string }[] {
  return level.commands.map(({ name, aliases }) => ({
    words: [name, ...aliases].map((word) => `${level.path} ${word}`),
    path: `${level.path} ${name}`,
  }));
}

/** Writes a text in single quotes of a POSIX shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
