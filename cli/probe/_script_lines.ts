/** What people are shown of a script's run. */
import type { ScriptResult } from "../../lib/probe/script/run.ts";

/** The beginning of each step's output, its time before it. */
export function describeScript({ steps }: ScriptResult): string[] {
  return steps.flatMap(({ name, output, ms }) => [
    `${name} (${ms.toFixed(1)} ms)`,
    ...linesOf(output).map((line) => `  ${line}`),
  ]);
}

/** At most so many lines are shown; the documents have all. */
const SHOWN = 20;

/** The first lines of a text, and how many more there are. */
export function linesOf(text: string): string[] {
  const lines = text.replace(/\n$/, "").split("\n");
  if (text === "") return [];
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `… ${lines.length - SHOWN} more lines (--json has them)`];
}
