/** The processes of a footprint as a tree. */
import type { FootprintDocument, TracedProcess } from "../footprint/types.ts";
import { fold, line, type Look, many } from "./_footprint_look.ts";
import { commandText } from "./_footprint_rows.ts";

/** Processes that are shown while the tree is folded. */
const FOLDED = 8;

/** Levels beyond which a tree is drawn no deeper. */
const DEEPEST = 12;

interface Branch {
  readonly process: TracedProcess;
  readonly depth: number;
}

/** Parents before children, in the order of their starts. */
function branchesOf(processes: readonly TracedProcess[]): Branch[] {
  const known = new Set(processes.map(({ pid }) => pid));
  const children = Map.groupBy(
    processes,
    ({ parent }) => parent !== undefined && known.has(parent) ? parent : undefined,
  );
  const found: Branch[] = [];
  const seen = new Set<TracedProcess>();
  const waiting = (children.get(undefined) ?? []).map((process) => ({ process, depth: 0 }))
    .reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next.process)) continue;
    seen.add(next.process);
    found.push(next);
    const depth = next.depth + 1;
    const below = children.get(next.process.pid) ?? [];
    for (const process of below.toReversed()) waiting.push({ process, depth });
  }
  return found;
}

function processText({ process, depth }: Branch): string {
  const { argv, earlier = [], threads, exitCode, signal } = process;
  const commands = [...earlier, argv].map(commandText).join(" => ");
  const notes = [
    ...(threads === 0 ? [] : [many(threads, "more thread")]),
    ...(signal !== undefined
      ? [signal]
      : exitCode === undefined
      ? ["still running"]
      : exitCode === 0
      ? []
      : [`exit ${exitCode}`]),
  ];
  const indent = "  ".repeat(Math.min(depth, DEEPEST) + 1);
  return `${indent}${commands}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}

/**
 * Draws the processes, each below the one that started it, with all that it executed.
 *
 * @param document The footprint.
 * @param look How it is drawn.
 * @returns The lines; none for a single process that executed one program.
 */
export function processLines({ processes }: FootprintDocument, look: Look): string[] {
  if (processes.length < 2 && processes[0]?.earlier === undefined) return [];
  const { shown, more } = fold(branchesOf(processes), FOLDED, look);
  return [
    line("Processes", look, "title"),
    ...shown.map((branch) => line(processText(branch), look)),
    ...(more === 0
      ? []
      : [line(`  ${many(more, "more process", "more processes")}`, look, "muted")]),
  ];
}
