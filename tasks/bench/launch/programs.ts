/** Compiles the C programs of this comparison. */
import { join } from "node:path";
import { VersusError } from "../../../lib/error.ts";
import { resolveProgram } from "../../../lib/process/mod.ts";

/** Paths of the programs. */
export interface Programs extends Disposable {
  /** The reference launcher. */
  readonly spawnWait: string;
  /** Busy for a number of steps. */
  readonly busy: string;
  /** Touches memory. */
  readonly touch: string;
  /** Does nothing, linked statically. */
  readonly noop: string;
}

/**
 * Finds a tool that may be missing.
 *
 * @param name Its name.
 * @returns Its path, if it is on the PATH.
 */
export function findTool(name: string): string | undefined {
  try {
    return resolveProgram(name, { cwd: Deno.cwd(), path: Deno.env.get("PATH") });
  } catch (error) {
    if (error instanceof VersusError) return undefined;
    throw error;
  }
}

async function compile(source: string, output: string, ...flags: string[]): Promise<string> {
  const compiler = findTool("cc");
  if (compiler === undefined) {
    throw new VersusError("There is no C compiler to make the reference programs with", {
      hint: "Install one that is called cc",
      exitCode: 5,
    });
  }
  const { success, stderr } = await new Deno.Command(compiler, {
    args: ["-O2", "-std=c11", ...flags, "-o", output, join(import.meta.dirname!, source)],
    stdin: "null",
  }).output();
  if (!success) throw new Error(`${source}: ${new TextDecoder().decode(stderr)}`);
  return output;
}

/**
 * Compiles the programs into a folder of their own, which is removed on disposal.
 *
 * @returns Their paths.
 * @throws {VersusError} If there is no C compiler.
 */
export async function compilePrograms(): Promise<Programs> {
  const folder = await Deno.makeTempDir({ prefix: "versus-launch-" });
  const [spawnWait, busy, touch, noop] = await Promise.all([
    compile("spawn_wait.c", join(folder, "spawn_wait")),
    compile("busy.c", join(folder, "busy")),
    compile("touch.c", join(folder, "touch")),
    compile("noop.c", join(folder, "noop"), "-static"),
  ]);
  return {
    spawnWait,
    busy,
    touch,
    noop,
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

/**
 * Runs a tool to its end.
 *
 * @param path The tool.
 * @param args Its arguments.
 * @returns What it printed to both streams.
 * @throws {Error} If it fails.
 */
export async function runTool(
  path: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { success, stdout, stderr } = await new Deno.Command(path, {
    args: [...args],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  const printed = { stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  if (!success) throw new Error(`${path} failed: ${printed.stderr}`);
  return printed;
}
