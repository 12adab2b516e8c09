import type { Command } from "./command.ts";

/** What a {@linkcode ValidationError} may be given. */
export interface ValidationErrorOptions extends ErrorOptions {
  exitCode?: number;
}

/** A command line that is not what the command takes. */
export class ValidationError extends Error {
  readonly exitCode: number;
  /** The command that was parsing. */
  // deno-lint-ignore no-explicit-any
  cmd?: Command<any>;

  constructor(message: string, { exitCode, cause }: ValidationErrorOptions = {}) {
    super(message, { cause });
    this.exitCode = exitCode ?? 2;
  }
}

/** A command that was put together wrongly. */
export class CommandError extends Error {}

/** Writes an option's name as it is typed: `x` as `-x`, `json` as `--json`. */
export function flag(name: string): string {
  if (name.startsWith("-")) return name;
  return name.length > 1 ? `--${name}` : `-${name}`;
}

/** The nearest of some words as a question, or nothing where there are no words. */
export async function didYouMean(kind: string, word: string, words: string[]): Promise<string> {
  if (words.length === 0) return "";
  const { closestString } = await import("closest-string");
  return ` Did you mean ${kind} "${closestString(word, words)}"?`;
}
