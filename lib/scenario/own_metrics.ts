/** Figures that programs print of themselves, after their result: `taskS=0.0123`. */
import type { OwnMetric } from "./types.ts";

const LINE = /^([a-z][a-zA-Z0-9]*)=([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;

/** What a program printed, taken apart. */
export interface PrintedMetrics {
  /** The result: all before the figures. */
  readonly result: string;
  /** The figures by name. */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Takes the figures at the end of an output away from its result.
 *
 * Lines are read from the last one back, as long as each is a figure that the scenario knows, once.
 * Anything else belongs to the result, so that a misspelt figure shows as a wrong one.
 *
 * @param known The figures that the scenario knows.
 * @param stdout What was printed.
 * @returns The result and the figures.
 */
export function takeMetrics(
  known: readonly OwnMetric[] | undefined,
  stdout: string,
): PrintedMetrics {
  const metrics: Record<string, number> = {};
  if (known === undefined || known.length === 0) return { result: stdout, metrics };
  const names = new Set(known.map(({ name }) => name));
  const lines = stdout.split("\n");
  let end = lines.length;
  while (end > 0) {
    const line = lines[end - 1]!.trim();
    const [, name, value] = LINE.exec(line) ?? [];
    if (line !== "" && (name === undefined || !names.delete(name))) break;
    if (name !== undefined) metrics[name] = Number(value);
    end--;
  }
  return { result: lines.slice(0, end).join("\n"), metrics };
}
