/** Attribution for a program that was traced. */
import { resolve } from "node:path";
import { type Attributor, createAttributor } from "../attribution/mod.ts";
import { showPath } from "./_path.ts";
import type { TraceRun } from "./trace.ts";

/** Files and folders that the command names: its script, its inputs. */
function named({ argv, cwd }: TraceRun): string[] {
  return argv.slice(1).map((word) => resolve(cwd, word)).filter((path) => {
    try {
      const { isFile, isDirectory } = Deno.statSync(path);
      return isFile || isDirectory;
    } catch {
      // Most words are no paths.
      return false;
    }
  });
}

/**
 * Makes an attributor that knows what is the program's own: its working directory, its file, and the
 * files and folders that its command names.
 *
 * @param run What was traced.
 * @returns The attributor.
 */
export function attributorFor(run: TraceRun): Attributor {
  const program = run.ledger.processes[0]?.executed.at(-1)?.program;
  return createAttributor({
    env: run.env,
    own: [
      run.cwd,
      ...named(run),
      ...(program === undefined ? [] : [showPath(program).path]),
    ],
  });
}
