/** What the tests of tracing share: real programs, and a second opinion on their logs. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTraceParser } from "../../../lib/footprint/trace/parser.ts";
import type { Ledger } from "../../../lib/footprint/trace/_ledger.ts";
import type { Descriptor } from "../../../lib/footprint/trace/_tables.ts";

/** The folder of these tests. */
export const HERE = fileURLToPath(new URL(".", import.meta.url));

/** Reads lines as a log; each begins with the number of its process. */
export function parse(
  lines: readonly string[] | string,
  cwd = "/work",
  fds: ReadonlyMap<number, Descriptor> = new Map(),
): Ledger {
  const text = typeof lines === "string" ? lines : lines.map((line) => `${line}\n`).join("");
  const parser = createTraceParser({ cwd, fds: new Map(fds) });
  parser.push(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  return parser.finish();
}

/** Lines without times get one of a millisecond each. */
export function timed(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^(\d+) /, "$1      0.001000000 "));
}

/** Paths and how often each was opened. */
export function opensOf(ledger: Ledger): Record<string, number> {
  return Object.fromEntries([...ledger.files.values()].map(({ path, opens }) => [path, opens]));
}

/**
 * Asks the independent parser what was opened.
 *
 * @param log A log of `strace -f`.
 * @param cwd Where its program was started.
 * @returns Paths as binary strings, and how often each was opened.
 */
export function secondOpinion(log: string, cwd: string): Record<string, number> {
  const { success, stdout, stderr } = new Deno.Command("python3", {
    args: [join(HERE, "opened.py"), log, cwd],
  }).outputSync();
  const decoder = new TextDecoder();
  if (!success) throw new Error(decoder.decode(stderr));
  const found: Record<string, number> = {};
  for (const line of decoder.decode(stdout).split("\n").filter(Boolean)) {
    const { path, opens } = JSON.parse(line) as { path: string; opens: number };
    found[path] = opens;
  }
  return found;
}

/** Whether a program is there. */
export function isHere(program: string): boolean {
  try {
    return new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch {
    // Not on the PATH.
    return false;
  }
}

/** Whether processes are running whose command line holds a word. */
export function processesWith(word: string): string[] {
  const found: string[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    try {
      const line = Deno.readTextFileSync(`/proc/${name}/cmdline`);
      if (line.includes(word)) found.push(`${name} ${line.replaceAll("\0", " ")}`);
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}
