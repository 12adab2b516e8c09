/**
 * Peak resident set: the launcher, from a process that has grown, GNU time and the kernel.
 *
 * Linux (since 6.2) counts pages for each processor and adds them up 32 at a time, so that readings
 * of one program differ by steps of 128 KiB: means are compared.
 */
import { mean } from "simple-statistics";
import { type Launcher, openLauncher } from "../../../lib/process/mod.ts";
import { findTool, type Programs, runTool } from "./programs.ts";

/** What one program's peak read as. */
export interface MemoryFigures {
  /** What was started. */
  readonly program: string;
  /** The launcher's mean in KiB. */
  readonly versusKb: number;
  /** Whether the launcher told a number or an upper bound. */
  readonly bound: "exact" | "upper";
  /** GNU time's mean in KiB, started from a small shell; absent when it is not here. */
  readonly gnuTimeKb?: number;
  /** What the program itself read as its VmHWM, mean in KiB; absent when it did not look. */
  readonly kernelKb?: number;
}

/** The comparison. */
export interface MemoryComparison {
  /** This process's own peak while it measured, in KiB. */
  readonly ownKb: number;
  /** The least peak that the launcher can see, in KiB. */
  readonly floorKb: number | undefined;
  /** One row a program. */
  readonly rows: readonly MemoryFigures[];
  /** Tools that are not here. */
  readonly missing: readonly string[];
}

/** How much is measured. */
export interface MemoryOptions {
  /** MiB that the programs touch. */
  readonly mebibytes?: readonly number[];
  /** MiB that this process takes before it measures. */
  readonly grownTo?: number;
  /** Samples of each program by each tool, interleaved. */
  readonly samples?: number;
}

function ownPeakKb(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(status.match(/^VmHWM:\s+(\d+) kB/m)?.[1] ?? NaN);
}

/** Fills memory, so that it is resident and not only reserved. */
function grow(mebibytes: number): Uint8Array {
  const ballast = new Uint8Array(mebibytes << 20);
  ballast.fill(1);
  return ballast;
}

async function compareProgram(
  launcher: Launcher,
  time: string | undefined,
  program: string,
  argv: readonly string[],
  samples: number,
): Promise<MemoryFigures> {
  const versus: number[] = [];
  const gnuTime: number[] = [];
  const kernel: number[] = [];
  let bound: "exact" | "upper" = "exact";
  for (let sample = 0; sample < samples; sample++) {
    const execution = await launcher.run({ argv, stdout: { captureBytes: 64 } });
    versus.push(execution.maxRssKb ?? NaN);
    if (execution.maxRssBound === "upper") bound = "upper";
    const printed = new TextDecoder().decode(execution.stdout?.bytes).trim();
    if (printed !== "") kernel.push(Number(printed));
    if (time === undefined) continue;
    const script = '"$@" >/dev/null; :';
    const { stderr } = await runTool("/bin/sh", ["-c", script, "sh", time, "-f", "%M", ...argv]);
    gnuTime.push(Number(stderr.trim()));
  }
  return {
    program,
    versusKb: mean(versus),
    bound,
    ...(gnuTime.length === 0 ? {} : { gnuTimeKb: mean(gnuTime) }),
    ...(kernel.length === 0 ? {} : { kernelKb: mean(kernel) }),
  };
}

/**
 * Compares peaks.
 *
 * @param programs The programs.
 * @param options How much is measured.
 * @returns One row for each program.
 */
export async function compareMemory(
  programs: Programs,
  { mebibytes = [8, 64, 256], grownTo = 300, samples = 15 }: MemoryOptions = {},
): Promise<MemoryComparison> {
  const ballast = grow(grownTo);
  const time = ["/usr/bin/time", "/bin/time"].find((path) => findTool(path) !== undefined);
  await using launcher = await openLauncher();
  const cases: [string, string[]][] = [
    ["no-op, static", [programs.noop]],
    ...mebibytes.map((size): [string, string[]] => [
      `touches ${size} MiB`,
      [programs.touch, String(size)],
    ]),
  ];
  const rows: MemoryFigures[] = [];
  for (const [program, argv] of cases) {
    rows.push(await compareProgram(launcher, time, program, argv, samples));
  }
  return {
    // The ballast is looked at last, so that it is still there.
    ownKb: ballast.length > 0 ? ownPeakKb() : NaN,
    floorKb: launcher.maxRssFloorKb,
    rows,
    missing: time === undefined ? ["GNU time: not installed"] : [],
  };
}
