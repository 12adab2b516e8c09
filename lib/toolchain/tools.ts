import { parseCompiler } from "./c.ts";
import { type LookOptions, queryContext } from "./find.ts";
import { detectSystem, installCommand, type ToolName } from "./install.ts";
import { lookUp, realPath, searchFolders } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";

/** A program of the system that makes something possible: tracing, counting, load. */
export interface SystemTool {
  /** Its name. */
  readonly name: ToolName;
  /** Usable, not there, or there and not usable. */
  readonly status: "ok" | "missing" | "broken";
  /** The version that it reports, where it reports one. */
  readonly version?: string;
  /** Where it was found. */
  readonly path?: string;
  /** The real executable. */
  readonly realPath?: string;
  /** What is wrong with it. */
  readonly reason?: string;
  /** How it is installed on this system; absent where it does not exist. */
  readonly install?: string;
}

interface ToolKind {
  readonly commands: readonly string[];
  /** How it is asked for its version. */
  readonly question: readonly string[];
  /** Reads the version from all that it said; `undefined` when it is something else. */
  readonly read: (text: string) => string | undefined;
  /** It tells its version, but with an exit code as after a mistake. */
  readonly anyExit?: boolean;
}

const TOOLS: Readonly<Record<ToolName, ToolKind>> = {
  cc: {
    commands: ["cc", "gcc", "clang"],
    question: ["--version"],
    read: (text) => parseCompiler(text)?.version,
  },
  strace: { commands: ["strace"], question: ["-V"], read: after(/^strace -- version (\S+)/m) },
  perf: { commands: ["perf"], question: ["--version"], read: after(/^perf version (\S+)/m) },
  hyperfine: {
    commands: ["hyperfine"],
    question: ["--version"],
    read: after(/^hyperfine (\d\S*)/m),
  },
  oha: { commands: ["oha"], question: ["--version"], read: after(/^oha (\d\S*)/m) },
  wrk: { commands: ["wrk"], question: ["-v"], read: after(/^wrk (\S+)/m), anyExit: true },
  time: {
    commands: ["time", "gtime"],
    question: ["--version"],
    read: after(/^(?:time \(GNU Time\)|GNU time) (\S+)/mi),
  },
};

/** The names of all tools. */
export const TOOL_NAMES: readonly ToolName[] = [
  "cc",
  "strace",
  "perf",
  "hyperfine",
  "oha",
  "wrk",
  "time",
];

function after(pattern: RegExp): (text: string) => string | undefined {
  return (text) => pattern.exec(text)?.[1];
}

/**
 * Finds a tool of the system on the PATH.
 *
 * @param name Its name.
 * @param options Where to look.
 * @returns What was found, with its version, or how to install it.
 * @throws The signal's reason, if it fired.
 */
export async function findTool(name: ToolName, options: LookOptions = {}): Promise<SystemTool> {
  options.signal?.throwIfAborted();
  const tool = TOOLS[name];
  const context = queryContext(options);
  const folders = await searchFolders(context.env);
  const named = await Promise.all(tool.commands.map((command) => lookUp(command, folders)));
  let broken: { path: string; reason: string } | undefined;
  for (const path of named.flat()) {
    const told = await askTool(tool, path, context);
    if (told.ok) {
      return {
        name,
        status: "ok",
        ...(told.version === undefined ? {} : { version: told.version }),
        path,
        realPath: await realPath(path) ?? path,
      };
    }
    broken ??= { path, reason: told.reason };
  }
  const install = installCommand(name, options.system ?? await detectSystem());
  return {
    name,
    ...(broken === undefined
      ? { status: "missing", reason: `found no ${tool.commands.join(" or ")} on the PATH` }
      : { status: "broken", ...broken }),
    ...(install === undefined ? {} : { install }),
  };
}

/**
 * Finds several tools of the system at once.
 *
 * @param options Where to look.
 * @param names Which ones; all by default.
 * @returns What was found or not, in the order of the names.
 * @throws The signal's reason, if it fired.
 */
export async function findTools(
  options: LookOptions = {},
  names: Iterable<ToolName> = TOOL_NAMES,
): Promise<SystemTool[]> {
  return await Promise.all(Array.from(names, (name) => findTool(name, options)));
}

type Told =
  | { readonly ok: true; readonly version?: string }
  | { readonly ok: false; readonly reason: string };

async function askTool(tool: ToolKind, path: string, context: QueryContext): Promise<Told> {
  const answer = await ask([path, ...tool.question], context, {
    env: { LC_ALL: "C" },
    anyExit: tool.anyExit === true,
  });
  if (!answer.ok) return answer;
  const version = tool.read(`${answer.stdout}\n${answer.stderr}`);
  if (version === undefined) {
    return { ok: false, reason: notUnderstood(path, answer, "its version") };
  }
  // Debian's GNU time was built without one.
  return version === "UNKNOWN" ? { ok: true } : { ok: true, version };
}
