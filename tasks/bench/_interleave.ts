/** Times commands against one another in interleaved blocks, as versus itself does. */
import type { Launcher } from "../../lib/process/mod.ts";
import { blockOrder, comparePaired, summarise } from "../../lib/stats/mod.ts";

/** A command under a name. */
export interface Contender {
  readonly name: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** One contender beside the first. */
export interface Standing {
  readonly name: string;
  /** Median wall time in seconds. */
  readonly medianS: number;
  /** Its time by the first one's, with the 95 % interval. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Times every contender once a block.
 *
 * @param launcher Starts them.
 * @param contenders The first is the reference.
 * @param blocks How many.
 * @returns One entry each, the ratio as its time ÷ the reference's.
 */
export async function interleave(
  launcher: Launcher,
  contenders: readonly Contender[],
  blocks: number,
): Promise<Standing[]> {
  const times = contenders.map((): number[] => []);
  for (let block = -1; block < blocks; block++) {
    for (const index of blockOrder(contenders.length, Math.max(0, block), 1)) {
      const { name: _name, ...spec } = contenders[index]!;
      const { wallS, exitCode } = await launcher.run({ ...spec, stderr: { captureBytes: 1000 } });
      if (exitCode !== 0) throw new Error(`${spec.argv.join(" ")} ended with ${exitCode}`);
      // The first block warms the caches.
      if (block >= 0) times[index]!.push(wallS);
    }
  }
  return contenders.map(({ name }, i) => {
    const compared = comparePaired(times[i]!, times[0]!)!;
    const { ratio, low, high } = compared;
    return { name, medianS: summarise(times[i]!).median, ratio, low, high };
  });
}

/** Prints standings as lines: name, median, ratio with its interval. */
export function printStandings(standings: readonly Standing[]): void {
  for (const { name, medianS, ratio, low, high } of standings) {
    console.log(
      `  ${name.padEnd(34)} ${(medianS * 1000).toFixed(2).padStart(9)} ms   × ${ratio.toFixed(3)}` +
        `  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
    );
  }
}
