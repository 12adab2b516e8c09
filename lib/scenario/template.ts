/**
 * The `{placeholders}` of commands: `{toolchain}`, `{tool:cargo}`, `{dir}`, `{out}` and parameters.
 *
 * `{{` stands for `{` and `}}` for `}`; a single `}` outside a placeholder stands for itself.
 */
import { EXIT, VersusError } from "../error.ts";
import type { Toolchain } from "../toolchain/types.ts";
import { didYouMean, oneOf, quote } from "./_problems.ts";
import type { CommandTemplate, Parameters } from "./types.ts";

/** A part of a template. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "tool"; readonly tool: string };

/** What the placeholders of a command stand for. */
export interface TemplateValues {
  /** The toolchain's real executable. */
  readonly toolchain: string;
  /** Its further executables by name. */
  readonly tools: Readonly<Record<string, string>>;
  /** The folder with the variant's sources, laid out as in the scenario's folder. */
  readonly dir: string;
  /** The folder for what is built. */
  readonly out: string;
  /** The case's parameters; none while building. */
  readonly params: Parameters;
}

/** The placeholders that every command may use. */
export const BUILT_IN_PLACEHOLDERS = ["toolchain", "dir", "out"] as const;

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|\{/g;

/**
 * Takes an argument apart.
 *
 * @param text An argument of a command: `{out}/flipsum`.
 * @returns Its parts in order.
 * @throws {VersusError} If a brace is not closed, or a placeholder has no name.
 */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = "";
  let from = 0;
  function flush(): void {
    if (literal !== "") parts.push({ kind: "text", text: literal });
    literal = "";
  }
  for (const match of text.matchAll(TOKEN)) {
    literal += text.slice(from, match.index);
    from = match.index + match[0].length;
    if (match[0] === "{{" || match[0] === "}}") {
      literal += match[0][0];
      continue;
    }
    const name = match[1];
    if (name === undefined) {
      throw new VersusError(`found a { that is not closed in ${quote(text)}`, {
        hint: "Write {{ for a brace",
      });
    }
    const tool = /^tool:([a-z][a-z0-9-]*)$/.exec(name)?.[1];
    if (tool === undefined && !/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) {
      throw new VersusError(`found {${quote(name).slice(1, -1)}}, expected the name of a value`, {
        hint: "Write {{ for a brace",
      });
    }
    flush();
    parts.push(tool === undefined ? { kind: "name", name } : { kind: "tool", tool });
  }
  literal += text.slice(from);
  flush();
  return parts;
}

/**
 * Looks for placeholders that stand for nothing.
 *
 * @param text An argument of a command.
 * @param names The names that are known.
 * @returns What is wrong with it, or `undefined`.
 */
export function templateProblem(text: string, names: readonly string[]): string | undefined {
  let parts: TemplatePart[];
  try {
    parts = parseTemplate(text);
  } catch (error) {
    if (error instanceof VersusError) return `${error.message}; write {{ for a brace`;
    throw error;
  }
  for (const part of parts) {
    if (part.kind !== "name" || names.includes(part.name)) continue;
    const meant = didYouMean(part.name, names) || `, expected ${oneOf(names)}`;
    return `unknown placeholder {${part.name}}${meant}`;
  }
  return undefined;
}

/**
 * Tells whether text uses a placeholder.
 *
 * @param text A valid template.
 * @param name The placeholder's name.
 * @returns Whether it does.
 */
export function usesPlaceholder(text: string, name: string): boolean {
  return parseTemplate(text).some((part) => part.kind === "name" && part.name === name);
}

/**
 * Collects what a command's placeholders stand for.
 *
 * @param toolchain What builds or runs the variant.
 * @param dir The folder with the sources, laid out as in the scenario's folder.
 * @param out The folder for what is built.
 * @param params The case's parameters; `{}` for build steps.
 * @returns Values for {@linkcode fillCommand}.
 */
export function templateValues(
  toolchain: Pick<Toolchain, "realPath" | "tools">,
  dir: string,
  out: string,
  params: Parameters,
): TemplateValues {
  return { toolchain: toolchain.realPath, tools: toolchain.tools, dir, out, params };
}

function valueOf(part: TemplatePart, values: TemplateValues): string {
  if (part.kind === "text") return part.text;
  if (part.kind === "tool") {
    if (Object.hasOwn(values.tools, part.tool)) return values.tools[part.tool]!;
    const known = Object.keys(values.tools);
    throw new VersusError(
      `The toolchain ${values.toolchain} has no ${part.tool}${didYouMean(part.tool, known)}`,
      { hint: `Install ${part.tool} beside it`, exitCode: EXIT.missing },
    );
  }
  switch (part.name) {
    case "toolchain":
      return values.toolchain;
    case "dir":
      return values.dir;
    case "out":
      return values.out;
  }
  if (Object.hasOwn(values.params, part.name)) return `${values.params[part.name]}`;
  throw new VersusError(
    `Unknown placeholder {${part.name}}${didYouMean(part.name, Object.keys(values.params))}`,
  );
}

/**
 * Fills the placeholders of a command.
 *
 * @param command Program and arguments.
 * @param values What the placeholders stand for.
 * @returns What to start; no shell reads it, so values need no quoting.
 * @throws {VersusError} If a placeholder stands for nothing; with exit code 5 for a missing tool.
 */
export function fillCommand(command: CommandTemplate, values: TemplateValues): string[] {
  return command.map((text) => parseTemplate(text).map((part) => valueOf(part, values)).join(""));
}
