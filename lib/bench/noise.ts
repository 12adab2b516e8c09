/** How quiet the machine is: a program compared with itself. */
import type { Launcher } from "../process/types.ts";
import type { Warning } from "../record/schema.ts";
import { blockOrder, comparePaired, detectablePercent, drift, summarise } from "../stats/mod.ts";

/** A busy shell loop: about 20 ms, there on every machine. */
const PROGRAM = ["/bin/sh", "-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"];

/** Blocks of the comparison: enough for a verdict, within three seconds. */
const BLOCKS = 30;

/** What the comparison of a program with itself showed. */
export interface Noise {
  /** The smallest difference that would have been found in nine of ten such comparisons. */
  readonly detectablePercent?: number;
  /** What disturbs. */
  readonly warnings: readonly Warning[];
}

/**
 * Compares a program with itself, in interleaved blocks, as any two variants are compared.
 *
 * @param launcher Starts it.
 * @param seed The seed of the order.
 * @returns What could have been told apart, and what disturbs.
 */
export async function measureNoise(launcher: Launcher, seed: number): Promise<Noise> {
  const values: [number[], number[]] = [[], []];
  for (let block = 0; block < BLOCKS; block++) {
    for (const index of blockOrder(2, block, seed)) {
      values[index as 0 | 1].push((await launcher.run({ argv: PROGRAM })).wallS);
    }
  }
  const comparison = comparePaired(values[0], values[1]);
  const percent = comparison === undefined ? undefined : detectablePercent(comparison);
  const warnings: Warning[] = [];
  const { median, low, high } = summarise([...values[0], ...values[1]]);
  const load = Deno.build.os === "windows" ? 0 : Deno.loadavg()[0]!;
  if (load > navigator.hardwareConcurrency / 2) {
    warnings.push({
      code: "load",
      message: `The load of the machine is ${
        load.toFixed(1)
      } on ${navigator.hardwareConcurrency} cores`,
      advice: "Close other programs before you measure",
    });
  }
  if ((high - low) / 2 / median > 0.05) {
    warnings.push({
      code: "noisy",
      message: `The same program varies: its median is known to ± ${
        ((high - low) / 2 / median * 100).toFixed(1)
      } % after ${2 * BLOCKS} executions`,
      advice: "Close other programs, fix the clock frequency, or take more samples",
    });
  }
  const change = drift([...values[0]]);
  if (change !== undefined && change.p < 0.001 && Math.abs(change.changePercent) > 5) {
    warnings.push({
      code: "drift",
      message: `The machine's speed changed by ${change.changePercent.toFixed(0)} % meanwhile`,
      advice: "Comparisons by blocks bear this; single times do not",
    });
  }
  return { ...(percent === undefined ? {} : { detectablePercent: percent }), warnings };
}
