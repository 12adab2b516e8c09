/** A scenario made of commands, without YAML: `versus bench 'COMMAND' 'COMMAND'`. */
// @ts-types="npm:@types/shell-quote@1.7.5"
import { parse as parseShell } from "shell-quote";
import { printable, VersusError } from "../error.ts";
import type { PlannedCase, RunOptions } from "../record/events.ts";
import type { Case, Scenario, Variant } from "../scenario/types.ts";
import { requireMetric } from "./metrics.ts";
import { plannedScenario } from "./plan.ts";
import type { BenchCase, BenchPlan, Hooks } from "./types.ts";

/** How a command is started. */
export interface ParsedCommand {
  /** Program and arguments. */
  readonly argv: readonly string[];
  /** Whether the shell runs it, because it uses the shell's syntax. */
  readonly shell: boolean;
}

/** What only a shell can do with a command: variables, substitution, patterns, home folders. */
const NEEDS_SHELL = /[$`~*?[#!]/;

/**
 * Splits a command into words, or leaves it to the shell where it needs one.
 *
 * @param command As typed.
 * @returns Program and arguments; `/bin/sh -c` in front when the command has pipes, redirections,
 * variables or patterns.
 * @throws {VersusError} If it is empty.
 */
export function parseCommand(command: string): ParsedCommand {
  if (command.trim() === "") {
    throw new VersusError("Found an empty command, expected a program and its arguments", {
      hint: "For example: versus bench 'sleep 0.1'",
    });
  }
  const words = parseShell(command, (name) => ({ op: `$${name}` }));
  const plain = words.every((word) => typeof word === "string");
  const unquoted = command.replace(/'[^']*'/g, "");
  const unbalanced = unquoted.includes("'") || (unquoted.match(/(?<!\\)"/g)?.length ?? 0) % 2 > 0;
  const assigns = /^\s*\w+=/.test(command);
  if (plain && !unbalanced && !assigns && !NEEDS_SHELL.test(unquoted)) {
    return { argv: words as string[], shell: false };
  }
  return { argv: ["/bin/sh", "-c", command], shell: true };
}

/** Makes the case of one command. */
function caseOf(scenario: Scenario, command: string): BenchCase {
  const variant = scenario.variants.find((v) => v.name === command)!;
  const c: Case = { caseId: `commands/${printable(command)}`, scenario, variant, params: {} };
  const planned: PlannedCase = {
    caseId: c.caseId,
    variant: command,
    language: "shell",
    params: {},
    workers: 1,
  };
  return { case: c, planned };
}

/**
 * Makes a plan of commands.
 *
 * @param commands As typed; the first is the reference of the comparison.
 * @param hooks Commands around them.
 * @param options Options, complete.
 * @param seed The seed of the orders.
 * @returns A plan with one scenario called `commands`.
 * @throws {VersusError} If there is none, one is empty, or one is given twice.
 */
export function planCommands(
  commands: readonly string[],
  hooks: Hooks,
  options: RunOptions,
  seed: number,
): BenchPlan {
  const twice = commands.find((command, i) => commands.indexOf(command) !== i);
  if (commands.length === 0 || twice !== undefined) {
    throw new VersusError(
      twice === undefined
        ? "Found no command, expected at least one"
        : `Found the command ${printable(twice)} twice, expected different ones`,
      { hint: "For example: versus bench 'sleep 0.1' 'sleep 0.2'" },
    );
  }
  const variants = commands.map((command): Variant => ({
    name: command,
    language: "shell",
    toolchain: "sh",
    files: [],
    build: [],
    run: parseCommand(command).argv,
    env: {},
    params: {},
  }));
  const scenario: Scenario = {
    name: "commands",
    kind: "bench",
    title: "Commands",
    computes: "Whatever they do; their results are not checked.",
    tags: [],
    parameters: [],
    expect: {},
    reference: commands[0]!,
    variants,
    published: [],
    folder: Deno.cwd(),
    file: "",
    bundled: true,
  };
  requireMetric(scenario, options.primaryMetric);
  const cases = commands.map((command) => caseOf(scenario, command));
  return {
    options,
    seed,
    scenarios: [{ planned: plannedScenario(scenario, cases), cases, hooks }],
  };
}
