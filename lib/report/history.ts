/** The list of runs that people read. */
import type { HistoryRun } from "../store/types.ts";
import type { Tone } from "./_style.ts";
import { symbols } from "./_symbols.ts";
import { type GridCell, type GridOptions, renderTable } from "./grid.ts";
import { formatCount } from "./units.ts";

const TONES: Readonly<Record<HistoryRun["status"], Tone>> = {
  ok: "plain",
  failed: "bad",
  interrupted: "warning",
  unfinished: "warning",
};

/** Scenarios that are named; of more, their number. */
const NAMED = 3;

/**
 * Writes a time as people read it.
 *
 * @param at RFC 3339 in UTC.
 * @returns For example `2026-11-21 09:30`; in UTC.
 */
export function formatTime(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(", ");
  return names.length > NAMED ? `${shown} and ${names.length - NAMED} more` : shown;
}

/** The machine's name where it is known, else its number. */
function machineOf(
  { host, machine, imported }: HistoryRun,
  ambiguous: ReadonlySet<string>,
): string {
  if (host === undefined) return machine;
  return imported || ambiguous.has(host) ? `${host} ${machine}` : host;
}

/** Names that several machines have. */
function sharedHosts(runs: readonly HistoryRun[]): Set<string> {
  const machines = new Map<string, Set<string>>();
  for (const { host, machine } of runs) {
    if (host !== undefined) machines.set(host, (machines.get(host) ?? new Set()).add(machine));
  }
  return new Set([...machines].filter(([, ids]) => ids.size > 1).map(([host]) => host));
}

/**
 * Draws a list of runs.
 *
 * @param runs The runs, latest first.
 * @param options Width, colours, ASCII.
 * @returns The table, ending with a line feed. Text from outside can't bring escapes into it.
 */
export function renderHistory(runs: readonly HistoryRun[], options: GridOptions = {}): string {
  const ambiguous = sharedHosts(runs);
  const hasTags = runs.some(({ tags }) => tags.length > 0);
  const rows = runs.map((run): GridCell[] => [
    run.id,
    formatTime(run.startedAt),
    few(run.scenarios),
    few(run.languages),
    formatCount(run.samples),
    { text: run.status, tone: TONES[run.status] },
    machineOf(run, ambiguous),
    ...(hasTags ? [run.tags.join(" ")] : []),
  ]);
  const columns = [
    { title: "run" },
    { title: `started (UTC)`, drop: 2 },
    { title: "scenarios", squeeze: 10 },
    { title: "languages", squeeze: 8, drop: 3 },
    { title: "samples", align: "right" as const, drop: 4 },
    { title: "status" },
    { title: "machine", squeeze: 8, drop: 5, cut: "middle" as const },
    ...(hasTags ? [{ title: "tags", squeeze: 8 }] : []),
  ];
  // The dot keeps an empty cell from looking like a mistake.
  const dot = symbols(options.ascii ?? false).dot;
  return renderTable(
    columns,
    rows.map((row) => row.map((cell) => cell === "" ? dot : cell)),
    options,
  );
}
