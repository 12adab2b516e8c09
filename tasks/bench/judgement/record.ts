import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { blockOrder } from "../../../lib/stats/mod.ts";

/**
 * Runs a program to its end and says how long that took, in seconds. The bench passes the
 * program's own launcher; {@linkcode plainLauncher} is what any Deno script would do.
 */
export type Launch = (argv: readonly string[], signal?: AbortSignal) => Promise<number>;

/** A program with a fixed amount of work. */
export interface BusyProgram {
  /** What it was built from: "c", or "deno" where there is no C compiler. */
  kind: "c" | "deno";
  /** Steps of work in one execution. */
  steps: number;
  /** The command line for a multiple of that work: 1.03 for 3 % more. */
  argv(work?: number): string[];
}

/** Times of a long series of executions of one program. */
export interface Recording {
  /** RFC 3339, UTC. */
  startedAt: string;
  /** The program that was executed. */
  kind: BusyProgram["kind"];
  /** Wall time of each execution in the order in which they ran, in seconds. */
  timesS: number[];
}

/** Times of several cases that took turns in blocks. */
export interface BlockRecording {
  /** RFC 3339, UTC. */
  startedAt: string;
  /** The work of each case, as a multiple of the first one's. */
  works: number[];
  /** One row a block: the wall time of each case in seconds, in the order of `works`. */
  blocksS: number[][];
}

/** What every recording needs. */
export interface RecordOptions {
  /** How to run a program; {@linkcode plainLauncher} unless told. */
  launch?: Launch;
  /** Ends the recording. */
  signal?: AbortSignal;
  /** Told after each execution or block how many are done. */
  onProgress?: (done: number, of: number) => void;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Runs a program with `Deno.Command` and takes the time around it.
 *
 * @param argv the program and its arguments
 * @param signal ends the program
 * @returns seconds from before the start to after the end
 * @throws {Error} if the program fails
 */
export async function plainLauncher(
  argv: readonly string[],
  signal?: AbortSignal,
): Promise<number> {
  const [program, ...args] = argv;
  if (program === undefined) throw new RangeError("Expected a program to run");
  const command = new Deno.Command(program, {
    args,
    stdin: "null",
    stdout: "null",
    stderr: "null",
    ...(signal === undefined ? {} : { signal }),
  });
  const start = performance.now();
  const { success, code } = await command.output();
  const seconds = (performance.now() - start) / 1000;
  signal?.throwIfAborted();
  if (!success) throw new Error(`${program} ended with exit code ${code}`);
  return seconds;
}

/**
 * Builds the busy program and finds how many steps take as long as asked.
 *
 * @param folder an existing folder for the built program; the caller removes it
 * @param targetS seconds that one execution should take, at least; 0.05 unless told
 * @param options launcher and signal
 * @returns the program
 */
export async function buildBusyProgram(
  folder: string,
  targetS = 0.05,
  options: RecordOptions = {},
): Promise<BusyProgram> {
  const { launch = plainLauncher, signal } = options;
  const built = join(folder, "busy");
  const kind = await compiles(here("busy.c"), built) ? "c" : "deno";
  const command = kind === "c" ? [built] : [Deno.execPath(), "run", here("busy.js")];
  const bestOf = async (steps: number): Promise<number> => {
    let best = Infinity;
    for (let i = 0; i < 5; i++) {
      best = Math.min(best, await launch([...command, String(steps)], signal));
    }
    return best;
  };
  const probe = 5_000_000;
  const [empty, some] = [await bestOf(1), await bestOf(probe)];
  const perStep = Math.max(1e-11, (some - empty) / probe);
  // The work alone takes the target: the start-up comes on top, and more work is more time.
  const steps = Math.ceil(targetS / perStep);
  return { kind, steps, argv: (work = 1) => [...command, String(Math.round(steps * work))] };
}

/** Whether cc built the program; a machine without a C compiler is an answer, not a failure. */
async function compiles(source: string, target: string): Promise<boolean> {
  try {
    const cc = new Deno.Command("cc", { args: ["-O2", "-o", target, source], stderr: "null" });
    return (await cc.output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Records a long series of executions of one program, one after the other.
 *
 * @param program from {@linkcode buildBusyProgram}
 * @param executions how many; 2,000 of 50 ms take 100 s
 * @param options launcher, signal, progress
 * @returns the times
 */
export async function recordSeries(
  program: BusyProgram,
  executions: number,
  options: RecordOptions = {},
): Promise<Recording> {
  const { launch = plainLauncher, signal, onProgress } = options;
  const startedAt = new Date().toISOString();
  const timesS: number[] = [];
  while (timesS.length < executions) {
    signal?.throwIfAborted();
    timesS.push(await launch(program.argv(), signal));
    onProgress?.(timesS.length, executions);
  }
  return { startedAt, kind: program.kind, timesS };
}

/**
 * Records blocks in which the program, itself again and one with more work take turns in versus's
 * order.
 *
 * @param program from {@linkcode buildBusyProgram}
 * @param blocks how many
 * @param works the work of each case; once, once again and 3 % more unless told
 * @param options launcher, signal, progress
 * @returns the times by block and case
 */
export async function recordBlocks(
  program: BusyProgram,
  blocks: number,
  works: readonly number[] = [1, 1, 1.03],
  options: RecordOptions = {},
): Promise<BlockRecording> {
  const { launch = plainLauncher, signal, onProgress } = options;
  const startedAt = new Date().toISOString();
  const blocksS: number[][] = [];
  while (blocksS.length < blocks) {
    const row = new Array<number>(works.length);
    for (const index of blockOrder(works.length, blocksS.length, startedAt)) {
      signal?.throwIfAborted();
      row[index] = await launch(program.argv(works[index]!), signal);
    }
    blocksS.push(row);
    onProgress?.(blocksS.length, blocks);
  }
  return { startedAt, works: [...works], blocksS };
}
