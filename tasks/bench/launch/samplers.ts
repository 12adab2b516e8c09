/** Who starts programs and tells how long they took: the launcher's methods and other tools. */
import { type LaunchMethod, openLauncher } from "../../../lib/process/mod.ts";
import { findTool, type Programs, runTool } from "./programs.ts";

/**
 * Starts a program so many times.
 *
 * @param argv The program and its arguments.
 * @param count How many times; a tool that decides itself may give one figure for all.
 * @returns Wall times in seconds.
 */
export type Sampler = (argv: readonly string[], count: number) => Promise<number[]>;

/** Those that are here, and why the others are not. */
export interface Samplers extends AsyncDisposable {
  /** By name; `c` is always there. */
  readonly all: ReadonlyMap<string, Sampler>;
  /** Why the others are missing. */
  readonly missing: readonly string[];
}

/**
 * The C program.
 *
 * @param programs The programs.
 * @returns What starts programs with it.
 */
export function cSampler(programs: Programs): Sampler {
  return async (argv, count) => {
    const { stdout } = await runTool(programs.spawnWait, [String(count), ...argv]);
    return stdout.trim().split("\n").map((line) => Number(line.split(" ")[0]));
  };
}

function hyperfineSampler(path: string): Sampler {
  return async (argv, count) => {
    const { stdout } = await runTool(path, [
      "-N",
      "--style=none",
      `--runs=${count}`,
      "--export-json=/dev/stdout",
      argv.join(" "),
    ]);
    return JSON.parse(stdout.slice(stdout.indexOf("{"))).results[0].times;
  };
}

/**
 * Reads the mean wall time from what poop prints.
 *
 * @param text As `  wall_time  605us ± 103us  500us … 3.0ms`.
 * @returns Seconds.
 * @throws {SyntaxError} If there is no such line.
 */
export function parsePoop(text: string): number {
  const found = text.match(/^\s*wall_time\s+([\d.]+)(ns|us|ms|s)\s/m);
  if (found === null) throw new SyntaxError(`Expected a line "wall_time" from poop, found ${text}`);
  const unit = { ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1 }[found[2] as "ns" | "us" | "ms" | "s"];
  return Number(found[1]) * unit;
}

/** poop samples for a time, not a number of times, and tells the mean only. */
function poopSampler(path: string): Sampler {
  return async (argv) => {
    const { stdout } = await runTool(path, ["--color", "never", "-d", "200", argv.join(" ")]);
    return [parsePoop(stdout)];
  };
}

/**
 * Opens all that are here.
 *
 * @param programs The programs.
 * @returns What starts programs.
 */
export async function openSamplers(programs: Programs): Promise<Samplers> {
  await using stack = new AsyncDisposableStack();
  const all = new Map<string, Sampler>([["c", cSampler(programs)]]);
  const missing: string[] = [];
  for (const method of ["gate", "spawn"] satisfies LaunchMethod[]) {
    const launcher = stack.use(await openLauncher({ method }));
    all.set(method, async (argv, count) => {
      const seconds: number[] = [];
      while (seconds.length < count) seconds.push((await launcher.run({ argv })).wallS);
      return seconds;
    });
  }
  const hyperfine = findTool("hyperfine");
  if (hyperfine === undefined) missing.push("hyperfine: not installed");
  else all.set("hyperfine", hyperfineSampler(hyperfine));
  const poop = findTool("poop");
  await using counting = await openLauncher({ counters: true });
  if ("unavailable" in counting.counters) {
    // It opens hardware counters for every sample, and ends itself where there are none.
    missing.push(`poop: it needs hardware counters; ${counting.counters.unavailable}`);
  } else if (poop === undefined) missing.push("poop: not installed");
  else all.set("poop", poopSampler(poop));
  const owned = stack.move();
  return { all, missing, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
