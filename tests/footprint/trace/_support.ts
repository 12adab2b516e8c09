/** What the tests of tracing share: real programs, and a second opinion on their logs. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTraceParser } from "../../../lib/footprint/trace/parser.ts";
import type { Ledger } from "../../../lib/footprint/trace/_ledger.ts";
import type { Descriptor } from "../../../lib/footprint/trace/_tables.ts";

/** The folder of these tests. */
export const HERE = fileURLToPath(new URL(".", import.meta.url));

/** What a log is read with. */
export interface ParseOptions {
  readonly cwd?: string;
  readonly fds?: ReadonlyMap<number, Descriptor>;
  /** Bytes that are read at once; all by default. */
  readonly chunk?: number;
  /** The path behind which nothing counts. */
  readonly marker?: string;
}

/** Reads lines as a log; each begins with the number of its process. */
export function parse(lines: readonly string[] | string, options: ParseOptions = {}): Ledger {
  const { cwd = "/job", fds = new Map(), chunk, marker } = options;
  const text = typeof lines === "string" ? lines : lines.map((line) => `${line}\n`).join("");
  const parser = createTraceParser(
    { cwd, fds: new Map(fds) },
    marker === undefined ? {} : { marker },
  );
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const step = chunk ?? Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length; at += step) parser.push(bytes.subarray(at, at + step));
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

/** Whether a program is on the PATH. */
export function isHere(program: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => {
    try {
      return Deno.statSync(join(folder, program)).isFile;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}

/** Processes that are running whose command line holds a word. */
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
