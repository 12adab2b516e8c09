/** What people are shown of scripts. */
import type { ScriptResult } from "../../lib/probe/script/run.ts";

/** What a script looks like, for the help. */
export const SCRIPT_EXAMPLE = `platform: cisco-ios            # or prompt: and paging: of its own
enable: { secretEnv: ENABLE }  # or secretFile
timeout: 10s                   # of each step
steps:
  - show version
  - { send: show inventory, timeout: 30s, failIf: '^% ' }
  - { send: reload, expect: '\\[confirm\\]' }
  - { name: no, send: n }`;

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
