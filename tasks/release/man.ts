/** The man page, made from what the commands say of themselves. */
import type { Command } from "@cliffy/command";
import { COMMANDS } from "../../cli/commands/mod.ts";
import { EXIT_MEANINGS } from "../../lib/error.ts";
import { VERSION } from "../../lib/version.ts";

// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
type AnyCommand = Command<any>;

/** Options that every command has: told once. */
const COMMON = new Set(["help", "color", "verbose"]);

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["VERSUS_HOME", "Where state and cache are kept, in place of the platform's folders."],
  ["NO_COLOR", "If set and not empty, nothing is coloured."],
  ["COLUMNS", "The width of tables that do not go to a terminal."],
  ["TMPDIR", "Where temporary files go; and the program, where there is no home."],
];

const FILES: readonly (readonly [string, string])[] = [
  ["~/.config/versus/config.yaml", "Defaults of any option, for this user."],
  [".versus.yaml", "Defaults of any option, for a project; it may not start programs."],
  ["~/.local/state/versus/runs/", "The journal of every run."],
  ["~/.cache/versus/", "Builds of variants, and the unpacked program."],
];

/** Writes text so that roff takes none of it for its own. */
function escape(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha")
    .replaceAll("`", "\\(ga")
    .replaceAll("'", "\\(aq")
    .replace(/^\./gm, "\\&.")
    .replace(
      /[^\n -~]/gu,
      (c) => `\\[u${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}

/** `<file:string>` as `<file>`. */
function withoutTypes(definition: string): string {
  return definition.replace(/:\w+/g, "");
}

/** A term with what it means. */
function entry(term: string, meaning: string): string {
  return `.TP\n\\fB${escape(term)}\\fR\n${escape(meaning)}`;
}

function describeOptions(command: AnyCommand): string[] {
  return command.getOptions(false).filter(({ name }) => !COMMON.has(name)).map((option) => {
    const type = option.typeDefinition === ""
      ? ""
      : ` ${option.typeDefinition.replace(/:\w+/g, "")}`;
    return entry(`${option.flags.join(", ")}${type}`, option.description);
  });
}

function describeCommand(name: string, command: AnyCommand): string[] {
  const usage = withoutTypes(command.getUsage() || command.getArgsDefinition() || "[options]");
  return [
    `.SS versus ${escape(name)}`,
    escape(command.getDescription()),
    `.PP\n\\fBversus ${escape(name)}\\fR ${escape(usage)}`,
    ...describeOptions(command),
    ...command.getExamples().map(({ name: what, description }) =>
      `.PP\n${escape(what[0]!.toUpperCase() + what.slice(1))}:\n.PP\n.RS 4\n.nf\n${
        escape(description)
      }\n.fi\n.RE`
    ),
    ...command.getCommands(false).flatMap((child) =>
      describeCommand(`${name} ${child.getName()}`, child)
    ),
  ];
}

/**
 * Makes the man page of section 1.
 *
 * @param date When, as `2026-11-21`.
 * @returns roff with the macros of man(7).
 */
export async function manPage(date: string): Promise<string> {
  const commands: string[] = [];
  for (const { name, load } of COMMANDS) commands.push(...describeCommand(name, await load()));
  return [
    `.TH VERSUS 1 "${date}" "versus ${VERSION}" "User Commands"`,
    ".SH NAME",
    "versus \\- measure the same job in several languages on this machine",
    ".SH SYNOPSIS",
    "\\fBversus\\fR [\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]",
    ".SH DESCRIPTION",
    escape(
      "Runs the same job in several languages, checks each result, times them so that the numbers " +
        "hold, traces what each program opens, probes networks phase by phase, and shows what every " +
        "number rests on.",
    ),
    ".SH COMMON OPTIONS",
    entry("-h, --help", "Show the options of a command."),
    entry("--no-color", "Print without colours."),
    entry("--verbose", "Show more detail, and stacks of errors."),
    entry("-V, --version", "Print version, commit, runtime and packages."),
    ".SH COMMANDS",
    ...commands,
    ".SH EXIT STATUS",
    ...Object.entries(EXIT_MEANINGS).map(([code, meaning]) => entry(code, meaning)),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.map(([name, meaning]) => entry(name, meaning)),
    ".SH FILES",
    ...FILES.map(([name, meaning]) => entry(name, meaning)),
    "",
  ].join("\n");
}
