/** Proves before it is used that a shell makes a good gate: shells differ in what they hand on. */
import { openGate } from "./_gate.ts";
import type { Job } from "./_job.ts";
import { type Bench, runGated } from "./_measure.ts";
import { resolveProgram } from "./program.ts";
import { SUSPECTS } from "./_shell_env.ts";

/** A shell that was seen to hand arguments on, and which variables it does not. */
export interface ProvenGate {
  /** The shell. */
  readonly shell: string;
  /** Variables that it changes. */
  readonly lost: ReadonlySet<string>;
  /** The least peak that can be seen behind it, in KiB: its own. */
  readonly floorKb: number;
}

/** The gates that are looked at for the floor, which depends on where the memory happens to lie. */
const GATES = 2;

/** Prints what it was started with; its further arguments are files that don't exist. */
const PROGRAM = "cat";

/** Standard streams without anybody at the other end. */
const QUIET = [{ read: "/dev/null" }, { write: "/dev/null" }, { write: "/dev/null" }];

/** All that shells treat in a special way: none of it may matter. */
const ARGUMENTS = [
  "--",
  "",
  "-n",
  '$(x) `y` "z" \'\\ *?[a]~#&|;<>(){}!',
  "\t\n ",
  "\u0101\u{1d4b3}\x7f",
];

const VALUE = "versus $x `y` '\" \\n \u0101";

const PROBE: Omit<Job, "path" | "argv" | "stdin" | "env"> = {
  id: 0,
  cwd: "/",
  stdout: { captureBytes: 1 << 16 },
  stderr: "null",
  timeoutMs: 5000,
  mark: 1,
};

/** Which variables arrived otherwise than they were sent; `undefined` if any came of its own. */
function lostVariables(
  sent: readonly string[],
  arrived: readonly string[],
): Set<string> | undefined {
  const expected = new Set(sent);
  const nameOf = (variable: string) => variable.slice(0, variable.indexOf("="));
  const lost = new Set(sent.map(nameOf));
  for (const variable of arrived) {
    if (expected.has(variable)) lost.delete(nameOf(variable));
    else if (!lost.has(nameOf(variable))) return undefined;
  }
  return lost;
}

/**
 * Starts a program behind a shell's gate that tells what it was given.
 *
 * @param bench What all samples share.
 * @param shell The shell.
 * @returns What was learned, or why the shell is no good.
 */
export function proveGate(
  bench: Bench,
  shell: string,
): ProvenGate | { readonly unproven: string } {
  const env = SUSPECTS.map((name) => `${name}=${VALUE}`);
  try {
    const folders = `${Deno.env.get("PATH") ?? ""}:/bin:/usr/bin`;
    const path = resolveProgram(PROGRAM, { cwd: "/", path: folders });
    const argv = [path, "/proc/self/cmdline", "/proc/self/environ", ...ARGUMENTS];
    const job: Job = { ...PROBE, path, argv, env, stdin: "/dev/null" };
    const { result, floorKb } = runGated(bench, shell, job, 0);
    const text = new TextDecoder().decode(result.stdout?.bytes);
    const seen = text.split("\0").slice(0, -1);
    if (argv.some((argument, index) => seen[index] !== argument)) {
      return { unproven: `${shell} changes arguments` };
    }
    const lost = lostVariables(env, seen.slice(argv.length));
    if (lost === undefined) return { unproven: `${shell} adds variables` };
    const floors = [floorKb];
    while (floors.length < GATES) {
      const gate = openGate(bench.libc, shell, job, QUIET, bench.inherited);
      if ("errno" in gate) break;
      floors.push(gate.floorKb);
      gate[Symbol.dispose]();
    }
    return { shell, lost, floorKb: Math.max(...floors) };
  } catch (error) {
    // Whatever it is, the next method does not need a shell.
    return { unproven: error instanceof Error ? error.message : String(error) };
  }
}
