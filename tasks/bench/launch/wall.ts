/** Wall time: the launcher's methods, a C program, hyperfine and poop on the same programs. */
import { median } from "simple-statistics";
import { findTool, type Programs } from "./programs.ts";
import { cSampler, openSamplers, type Sampler } from "./samplers.ts";

/** One launcher's times of one program. */
export interface WallFigures {
  /** Who started the program: `c`, `gate`, `spawn`, `hyperfine`, `poop`. */
  readonly launcher: string;
  /** Median of all samples in seconds. */
  readonly medianS: number;
  /** Median over the blocks of the difference between this median and C's, in seconds. */
  readonly offsetS: number;
  /** Median over the blocks of this median ÷ C's. */
  readonly ratio: number;
  /** How many samples. */
  readonly samples: number;
}

/** The comparison on one program. */
export interface WallComparison {
  /** What was started. */
  readonly program: string;
  /** One row a launcher, `c` first. */
  readonly rows: readonly WallFigures[];
  /** Launchers that are not here, and why. */
  readonly missing: readonly string[];
}

/** How much is measured. */
export interface WallOptions {
  /** Blocks; each holds samples of every launcher, in an order that alternates. */
  readonly blocks?: number;
  /** Samples of each launcher in a block. */
  readonly perBlock?: number;
  /** Milliseconds that the busy program takes. */
  readonly busyMs?: number;
}

/** Finds how many steps of the busy program take so long. */
async function calibrateBusy(programs: Programs, busyMs: number): Promise<number> {
  const sample = cSampler(programs);
  let steps = 1e6;
  for (let attempt = 0; attempt < 4; attempt++) {
    const seconds = Math.min(...await sample([programs.busy, String(steps)], 5));
    steps = Math.round(steps * (busyMs / 1000) / seconds);
  }
  return steps;
}

async function compareOn(
  argv: readonly string[],
  samplers: ReadonlyMap<string, Sampler>,
  blocks: number,
  perBlock: number,
): Promise<WallFigures[]> {
  const names = [...samplers.keys()];
  const times = new Map(names.map((name): [string, number[][]] => [name, []]));
  for (const sample of samplers.values()) await sample(argv, 2);
  for (let block = 0; block < blocks; block++) {
    // Everyone goes first as often as the others, and neighbours change sides.
    const turned = names.map((_, index) => names[(index + (block >> 1)) % names.length]!);
    for (const name of block % 2 === 0 ? turned : turned.toReversed()) {
      times.get(name)!.push(await samplers.get(name)!(argv, perBlock));
    }
  }
  const reference = times.get("c")!.map(median);
  return names.map((launcher) => {
    const medians = times.get(launcher)!.map(median);
    const all = times.get(launcher)!.flat();
    return {
      launcher,
      medianS: median(all),
      offsetS: median(medians.map((value, block) => value - reference[block]!)),
      ratio: median(medians.map((value, block) => value / reference[block]!)),
      samples: all.length,
    };
  });
}

/**
 * Compares wall times in interleaved blocks.
 *
 * @param programs The programs.
 * @param options How much is measured.
 * @returns The comparison on `true` and on a program that is busy for 20 ms.
 */
export async function compareWall(
  programs: Programs,
  { blocks = 20, perBlock = 10, busyMs = 20 }: WallOptions = {},
): Promise<WallComparison[]> {
  await using samplers = await openSamplers(programs);
  const steps = await calibrateBusy(programs, busyMs);
  const cases: [string, string[]][] = [
    ["true", [findTool("true") ?? "/bin/true"]],
    [`busy for ${busyMs} ms`, [programs.busy, String(steps)]],
  ];
  const comparisons: WallComparison[] = [];
  for (const [program, argv] of cases) {
    const rows = await compareOn(argv, samplers.all, blocks, perBlock);
    comparisons.push({ program, rows, missing: samplers.missing });
  }
  return comparisons;
}
