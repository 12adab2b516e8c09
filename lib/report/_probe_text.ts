/** Probes as a table for people. */
import type { ProbeDocument, ProbeTargetResult } from "../probe/schema.ts";
import { errorsOf, type ProbeRow, probeRows, TIMES } from "./_probe_rows.ts";
import { paint, type Tone } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, wrap } from "./_text.ts";
import { type Column, type GridCell, type GridOptions, renderTable } from "./grid.ts";
import { formatCount, formatPercent, formatSeconds } from "./units.ts";

/** How probes are shown. */
export interface ProbeTextOptions extends GridOptions {
  /** Says what an answer was, in lines; text from the peer is made printable here. */
  readonly describe?: (result: Readonly<Record<string, unknown>>) => readonly string[];
  /** Whether all is shown: answers and errors of many targets too. */
  readonly verbose?: boolean;
}

/** From how many targets on no answers are shown, and errors by their code only. */
const FEW_TARGETS = 20;
/** As many rows are shown without `verbose`. */
const MANY_ROWS = 200;
/** As many lines of an answer are shown without `verbose`. */
const FEW_LINES = 12;

const STATE_TONES: Readonly<Record<string, Tone>> = { open: "good", timeout: "warning" };

/**
 * Draws a table with a row a target, below it answers, errors and limits.
 *
 * @param document What was measured.
 * @param options Width, colours, and what says what an answer was.
 * @returns Lines, each ending with a line feed.
 */
export function renderProbe(document: ProbeDocument, options: ProbeTextOptions = {}): string {
  const signs = symbols(options.ascii);
  const rows = probeRows(document);
  const columns = columnsOf(document, rows);
  const shown = options.verbose ? rows : rows.slice(0, MANY_ROWS);
  const table = renderTable(
    columns.map(({ column }) => column),
    shown.map((row) => columns.map(({ cell }) => cell(row, signs))),
    options,
  );
  const few = options.verbose || document.targets.length <= FEW_TARGETS;
  const notes = [
    ...(shown.length < rows.length ? [note(hiddenText(rows.length - shown.length), "muted")] : []),
    ...(few
      ? document.targets.flatMap((target) => notesOf(target, options, signs))
      : overview(document, signs)),
    ...(document.gates ?? []).filter(({ passed }) => !passed)
      .map(({ target, option, message }) => note(`${target}: ${option}: ${message}`, "bad")),
    ...(document.partial === undefined ? [] : [note(document.partial.reason, "warning")]),
  ];
  if (notes.length === 0) return table;
  return `${table}\n${notes.map((each) => each(options, signs)).join("")}`;
}

interface ProbeColumn {
  readonly column: Column;
  readonly cell: (row: ProbeRow, signs: Symbols) => GridCell;
}

const TIME_TITLES: Readonly<Record<typeof TIMES[number], string>> = {
  minMs: "min",
  p50Ms: "p50",
  p95Ms: "p95",
  p99Ms: "p99",
  maxMs: "max",
  jitterMs: "jitter",
};

/** What is left out first where there is no room. */
const TIME_DROP: Partial<Record<typeof TIMES[number], number>> = {
  minMs: 3,
  maxMs: 2,
  jitterMs: 4,
};

function columnsOf(document: ProbeDocument, rows: readonly ProbeRow[]): ProbeColumn[] {
  const many = rows.some(({ summary }) => summary.sent > 1);
  const warm = rows.some(({ connection }) => connection === "warm");
  const times = many
    ? TIMES.filter((name) => rows.some(({ summary }) => summary[name] !== undefined))
    : ["p50Ms"] as const;
  return [
    {
      column: { title: document.protocol, squeeze: 12, cut: "middle" },
      cell: ({ target }) => target.target,
    },
    {
      column: { title: "state" },
      cell: ({ target }) => ({
        text: target.state === "error" ? errorsOf(target)[0]?.code ?? "error" : target.state,
        tone: STATE_TONES[target.state] ?? "bad",
      }),
    },
    ...(warm
      ? [{ column: { title: "connection", squeeze: 4 }, cell: (row: ProbeRow) => row.connection }]
      : []),
    ...(many ? countColumns() : []),
    ...times.map((name): ProbeColumn => ({
      column: {
        title: many ? TIME_TITLES[name] : "time",
        align: "right",
        ...(TIME_DROP[name] === undefined ? {} : { drop: TIME_DROP[name] }),
      },
      cell: ({ summary }, signs) => timeText(summary[name], signs),
    })),
    {
      column: { title: many ? "phases, p50" : "phases", squeeze: 20, drop: 5 },
      cell: ({ phases }, signs) =>
        phases.length < 2 ? "" : phases.map(([name, ms]) => `${name} ${timeText(ms, signs)}`)
          .join(` ${signs.dot} `),
    },
  ];
}

function countColumns(): ProbeColumn[] {
  return [
    {
      column: { title: "sent", align: "right", drop: 1 },
      cell: ({ summary }) => String(summary.sent),
    },
    {
      column: { title: "loss", align: "right" },
      cell: ({ summary }) => ({
        text: formatPercent(summary.lossPercent),
        tone: summary.lost > 0 ? "bad" : "plain",
      }),
    },
  ];
}

function timeText(ms: number | undefined, signs: Symbols): string {
  return ms === undefined ? "" : formatSeconds(ms / 1000, signs);
}

type Note = (options: ProbeTextOptions, signs: Symbols) => string;

function note(text: string, tone: Tone, indent = ""): Note {
  return ({ width = Infinity, color = false }, signs) =>
    wrap(clean(text, signs), Math.max(20, width - indent.length))
      .map((line) => `${indent}${paint(line, tone, color)}\n`).join("");
}

function hiddenText(rows: number): string {
  return `${formatCount(rows)} more rows; --verbose shows them, --out FILE.csv keeps them`;
}

/** How many targets are in which state, and an example of each error. */
function overview({ targets }: ProbeDocument, signs: Symbols): Note[] {
  const states = Map.groupBy(targets, ({ state }) => state);
  const counts = [...states].map(([state, list]) => `${formatCount(list.length)} ${state}`);
  const errors = new Map<string, { count: number; example: string }>();
  for (const target of targets) {
    for (const { code, message } of errorsOf(target)) {
      const known = errors.get(code) ?? { count: 0, example: named(target, message) };
      errors.set(code, { ...known, count: known.count + 1 });
    }
  }
  return [
    note(`${formatCount(targets.length)} targets: ${counts.join(` ${signs.dot} `)}`, "plain"),
    ...[...errors].map(([code, { count, example }]) =>
      note(
        `${code}: ${formatCount(count)} ${count === 1 ? "target" : "targets"}, as ${example}`,
        "bad",
      )
    ),
  ];
}

function named({ target }: ProbeTargetResult, message: string): string {
  return message.startsWith(target) ? message : `${target}: ${message}`;
}

/** What one target said, or why it did not. */
function notesOf(
  target: ProbeTargetResult,
  { describe, verbose = false }: ProbeTextOptions,
  signs: Symbols,
): Note[] {
  const errors = errorsOf(target).map(({ code, message, count }) => {
    const often = count > 1 ? ` (${signs.times}${count})` : "";
    return note(`${code}: ${named(target, message)}${often}`, "bad");
  });
  const said = target.result === undefined || describe === undefined ? [] : describe(target.result);
  const lines = verbose ? said : said.slice(0, FEW_LINES);
  const more = said.length - lines.length;
  return [
    ...errors,
    ...(lines.length === 0 ? [] : [note(target.target, "title")]),
    ...lines.map((line) => note(line, "plain", "  ")),
    ...(more > 0 ? [note(`${more} more lines; --verbose shows them`, "muted", "  ")] : []),
  ];
}
