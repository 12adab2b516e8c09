/**
 * Compares the launcher with a C program that does `posix_spawn` and `wait4`, with hyperfine, poop
 * and GNU time: wall time in interleaved blocks, and peak memory from a process of 300 MB.
 *
 * @module
 */
import { compareMemory, type MemoryComparison } from "./memory.ts";
import { compilePrograms } from "./programs.ts";
import { compareWall, type WallComparison } from "./wall.ts";

export {
  compareMemory,
  type MemoryComparison,
  type MemoryFigures,
  type MemoryOptions,
} from "./memory.ts";
export { compilePrograms, type Programs } from "./programs.ts";
export { compareWall, type WallComparison, type WallFigures, type WallOptions } from "./wall.ts";

/** Rows of cells as text, the first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0))
  );
  return rows.map((row) =>
    row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
    ).join("  ").trimEnd()
  ).join("\n");
}

/**
 * Shows a comparison of wall times.
 *
 * @param comparison What was measured.
 * @returns Lines of text.
 */
export function showWall({ program, rows, missing }: WallComparison): string {
  const cells = rows.map((row) => [
    row.launcher,
    `${(row.medianS * 1e3).toFixed(3)} ms`,
    `${(row.offsetS * 1e3).toFixed(3)} ms`,
    row.ratio.toFixed(3),
    String(row.samples),
  ]);
  const lines = table([[program, "median", "offset to C", "ratio to C", "samples"], ...cells]);
  return [lines, ...missing.map((text) => `not here: ${text}`)].join("\n");
}

/**
 * Shows a comparison of peak memory.
 *
 * @param comparison What was measured.
 * @returns Lines of text.
 */
export function showMemory({ ownKb, floorKb, rows, missing }: MemoryComparison): string {
  const size = (kb: number | undefined) => kb === undefined ? "-" : `${Math.round(kb)} KiB`;
  const ratio = (mine: number, other: number | undefined) =>
    other === undefined ? "-" : (mine / other).toFixed(3);
  const cells = rows.map((row) => [
    row.program,
    `${row.bound === "upper" ? "≤ " : ""}${size(row.versusKb)}`,
    size(row.gnuTimeKb),
    size(row.kernelKb),
    ratio(row.versusKb, row.gnuTimeKb),
    ratio(row.versusKb, row.kernelKb),
  ]);
  const head = ["peak", "versus", "GNU time", "VmHWM", "ratio to time", "ratio to VmHWM"];
  return [
    table([head, ...cells]),
    `versus itself: ${ownKb} KiB; floor: ${floorKb ?? "unknown"} KiB`,
    ...missing.map((text) => `not here: ${text}`),
  ].join("\n");
}

/** Measures both and prints them side by side. */
export async function benchLaunch(): Promise<void> {
  using programs = await compilePrograms();
  console.log("Wall time (limits: 0.3 ms on a no-op, 1.00 ± 0.02 on a busy program)");
  for (const comparison of await compareWall(programs)) console.log(showWall(comparison) + "\n");
  console.log("Peak memory (limits: 2 % from 8 MB up, 100 KB on a static no-op)");
  console.log(showMemory(await compareMemory(programs)));
}
