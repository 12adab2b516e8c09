/** Measures what the gate costs. */
import type { Job } from "./_job.ts";
import { type Bench, runGated, runSpawned } from "./_measure.ts";
import type { ProvenGate } from "./_prove.ts";

const BLOCKS = 12;
const PER_BLOCK = 4;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Compares the gate with `posix_spawn` on a program that does nothing, in blocks that alternate
 * which goes first: the machine's drift falls on both.
 *
 * @param bench What all samples share.
 * @param gate The gate.
 * @returns The median difference of wall time in seconds; below zero when the gate is quicker.
 */
export function calibrate(bench: Bench, gate: ProvenGate): number {
  const job: Job = {
    id: 0,
    path: gate.shell,
    argv: [gate.shell, "-c", ":"],
    env: [],
    cwd: "/",
    stdin: "/dev/null",
    stdout: "null",
    stderr: "null",
    timeoutMs: 5000,
    mark: 1,
  };
  const behindGate = () => runGated(bench, gate.shell, job, gate.floorKb).result.wallS;
  const spawned = () => runSpawned(bench, job).wallS;
  const times = (measure: () => number) => median(Array.from({ length: PER_BLOCK }, measure));
  const differences = Array.from({ length: BLOCKS }, (_, block) => {
    if (block % 2 === 0) return times(behindGate) - times(spawned);
    const first = times(spawned);
    return times(behindGate) - first;
  });
  // The first pair warms both up.
  return median(differences.slice(2));
}
