import { dedent, firstLine, readArguments } from "./_definition.ts";
import {
  bold,
  brightBlue,
  brightMagenta,
  dim,
  hasColors,
  italic,
  red,
  width,
  withColors,
  yellow,
} from "./_style.ts";
import type { Command } from "./command.ts";
import { flag } from "./errors.ts";
import { Type, type TypeOrTypeHandler } from "./type.ts";
import type { Argument, HelpOptions, Option } from "./types.ts";

// deno-lint-ignore no-explicit-any
type AnyCommand = Command<any>;

interface Look {
  types: boolean;
  hints: boolean;
  long: boolean;
  width: number;
}

/** Writes the help of a command, laid out as cliffy does. */
export function generateHelp(cmd: AnyCommand, options: HelpOptions): string {
  const { colors = hasColors() } = options;
  const wide = Math.min(options.width ?? terminalWidth() ?? 150, options.maxWidth ?? Infinity);
  const look: Look = {
    types: options.types ?? false,
    hints: options.hints ?? true,
    long: options.long ?? false,
    width: wide,
  };
  const on = colors === "auto" ? hasColors() && Deno.stdout.isTerminal() : colors;
  return withColors(on, () => [...sections(cmd, look)].join(""));
}

function* sections(cmd: AnyCommand, look: Look): Generator<string> {
  const usage = cmd.getUsage();
  const head = [[
    bold("Usage:"),
    brightMagenta(cmd.getPath() + (usage ? ` ${highlight(usage, look)}` : "")),
  ]];
  const version = cmd.getVersion();
  if (version) head.push([bold("Version:"), yellow(version)]);
  yield `\n${layOut(head, [1], 0, Infinity, [])}\n`;

  const meta = Object.entries(cmd.getMeta()).map(([name, value]) => `${bold(`${name}: `)}${value}`);
  if (meta.length > 0) yield `\n${meta.join("\n")}\n`;

  const description = cmd.getDescription();
  if (description) {
    yield section("Description", [[dedent(description)]], [1], look, [0]);
  }
  yield* argumentSection(cmd, look);
  yield* optionSections(cmd, look);
  yield* commandSection(cmd, look);
  yield* envSection(cmd, look);
  const examples = cmd.getExamples().map((
    example,
  ) => [dim(bold(example.name)), dedent(example.description)]);
  if (examples.length > 0) yield section("Examples", examples, [1], look, [1]);
}

function* argumentSection(cmd: AnyCommand, look: Look): Generator<string> {
  const rows = cmd.getArguments().filter((arg) => arg.description).map((arg) => [
    highlight(arg.raw, look),
    red(bold("-")),
    describe(arg.description ?? "", look),
    look.hints
      ? hints([
        ...(arg.optional ? [] : [yellow("required")]),
        ...valueHints(cmd, cmd.getType(arg.type)?.handler),
      ])
      : "",
  ]);
  if (rows.length > 0) yield section("Arguments", rows, [2, 1, 2], look, [2, 3]);
}

function* optionSections(cmd: AnyCommand, look: Look): Generator<string> {
  const groups = new Map<string, Option[]>();
  for (const option of cmd.getOptions(false)) {
    const name = option.groupName ?? "Options";
    groups.set(name, [...groups.get(name) ?? [], option]);
  }
  for (const [name, options] of groups) {
    const rows = options.map((option) => [
      option.flags.map(brightBlue).join(", "),
      highlight(option.typeDefinition, look),
      red(bold("-")),
      describe(option.description, look),
      look.hints ? optionHints(cmd, option) : "",
    ]);
    const hasValues = options.some((option) => option.typeDefinition !== "");
    yield hasValues
      ? section(name, rows, [2, 2, 1, 2], look, [3, 4])
      : section(name, rows.map((row) => row.toSpliced(1, 1)), [2, 1, 2], look, [2, 3]);
  }
}

function* commandSection(cmd: AnyCommand, look: Look): Generator<string> {
  const commands = cmd.getCommands(false);
  if (commands.length === 0) return;
  const rows = commands.map((child) => [
    [child.getName(), ...child.getAliases()].map(brightBlue).join(", "),
    highlight(child.getArgsDefinition() ?? "", look),
    red(bold("-")),
    child.getShortDescription(),
  ]);
  yield commands.some((child) => child.getArgsDefinition())
    ? section("Commands", rows, [2, 2, 1, 2], look, [3])
    : section("Commands", rows.map((row) => row.toSpliced(1, 1)), [2, 1, 2], look, [2]);
}

function* envSection(cmd: AnyCommand, look: Look): Generator<string> {
  const rows = cmd.getEnvVars(false).map((variable) => [
    variable.names.map(brightBlue).join(", "),
    highlightOne(variable.details, look),
    red(bold("-")),
    describe(variable.description, look),
    variable.required ? `(${yellow("required")})` : "",
  ]);
  if (rows.length > 0) yield section("Environment variables", rows, [2, 2, 1, 2], look, [3, 4]);
}

function describe(text: string, look: Look): string {
  return look.long ? dedent(text) : firstLine(text);
}

function highlight(definition: string, look: Look): string {
  return definition.split(" ").map((word) => {
    const [arg] = /^[<[].+[\]>]$/.test(word) ? readArguments(word) : [];
    return arg ? highlightOne(arg, look) : word;
  }).join(" ");
}

function highlightOne(arg: Argument, look: Look): string {
  const name = brightMagenta(arg.name + (arg.variadic ? "..." : ""));
  const type = look.types ? yellow(":") + red(arg.type) + (arg.list ? "[]" : "") : "";
  return yellow(arg.optional ? "[" : "<") + name + type + yellow(arg.optional ? "]" : ">");
}

function optionHints(cmd: AnyCommand, option: Option): string {
  const type = cmd.getType(option.args[0]?.type ?? "")?.handler;
  const made: unknown = typeof option.default === "function" ? option.default() : option.default;
  const shown = typeof option.defaultText === "function"
    ? option.defaultText(made)
    : option.defaultText ??
      (made !== undefined && type instanceof Type ? type.defaultText?.() ?? made : made);
  const list: string[] = [];
  if (option.required) list.push(yellow("required"));
  if (shown !== undefined) list.push(bold("Default: ") + inspect(shown));
  if (option.depends?.length) {
    list.push(yellow(bold("Depends: ")) + italic(option.depends.map(flag).join(", ")));
  }
  if (option.conflicts?.length) {
    list.push(red(bold("Conflicts: ")) + italic(option.conflicts.map(flag).join(", ")));
  }
  return hints([...list, ...valueHints(cmd, type)]);
}

function valueHints(cmd: AnyCommand, type: TypeOrTypeHandler<unknown> | undefined): string[] {
  const values = type instanceof Type ? type.values?.(cmd, cmd.getParent()) ?? [] : [];
  return values.length > 0 ? [bold("Values: ") + values.map(inspect).join(", ")] : [];
}

function hints(list: string[]): string {
  return list.length > 0 ? `(${list.join(", ")})` : "";
}

function inspect(value: unknown): string {
  return Deno.inspect(value, { depth: 1, colors: hasColors(), trailingComma: false });
}

function terminalWidth(): number | undefined {
  try {
    return Deno.consoleSize().columns || undefined;
  } catch {
    // Not a terminal.
    return undefined;
  }
}

function section(
  label: string,
  rows: string[][],
  padding: number[],
  look: Look,
  flexible: number[],
): string {
  return `\n${bold(`${label}:`)}\n\n${layOut(rows, padding, 2, look.width, flexible)}\n`;
}

/** Lays rows out in columns; the flexible columns are folded where the line gets too long. */
function layOut(
  rows: string[][],
  padding: number[],
  indent: number,
  wide: number,
  flexible: number[],
): string {
  const count = Math.max(...rows.map((row) => row.length));
  const pad = (column: number) => padding[column] ?? padding.at(-1) ?? 1;
  const widths = Array.from(
    { length: count },
    (_, column) => Math.max(...rows.flatMap((row) => (row[column] ?? "").split("\n").map(width))),
  );
  const gaps = Array.from({ length: count - 1 }, (_, column) => pad(column));
  const limit = wide - indent - gaps.reduce((sum, gap) => sum + gap, 0);
  const over = widths.reduce((sum, item) => sum + item, 0) - limit;
  const share = flexible.reduce((sum, column) => sum + (widths[column] ?? 0), 0);
  if (over > 0 && share > 0) {
    for (const column of flexible) {
      const before = widths[column] ?? 0;
      widths[column] = Math.max(Math.min(before, 1), Math.floor(before * (1 - over / share)));
    }
  }
  return rows.flatMap((row) => {
    const cells = widths.map((size, column) => fold(row[column] ?? "", size));
    const height = Math.max(...cells.map((cell) => cell.length));
    return Array.from(
      { length: height },
      (_, line) =>
        " ".repeat(indent) + cells.map((cell, column) => {
          const text = cell[line] ?? "";
          const fill = " ".repeat(Math.max(0, (widths[column] ?? 0) - width(text)));
          return text + fill + (column < count - 1 ? " ".repeat(pad(column)) : "");
        }).join(""),
    );
  }).join("\n");
}

/** Folds a text into lines of some width, at spaces where there are any. */
function fold(text: string, size: number): string[] {
  return text.split("\n").flatMap((line) => {
    if (width(line) <= size) return [line];
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
      const joined = current === "" ? word : `${current} ${word}`;
      if (width(joined) <= size || current === "") {
        current = joined;
      } else {
        lines.push(current);
        current = word;
      }
    }
    return [...lines, current];
  });
}
