/** What stands around a table: warnings with advice, notes on published figures, the gate. */
import type { Gate, RunRecord, ScenarioResult, Warning } from "../record/schema.ts";
import { paramsText, type Row } from "./_rows.ts";
import { paint } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, displayWidth, wrap } from "./_text.ts";
import { sayPublishedValue } from "./_wording.ts";
import { type GridOptions, layOut } from "./grid.ts";
import { formatPercent, formatSetting } from "./units.ts";

/** Options with every value given. */
export interface Look {
  readonly width: number;
  readonly color: boolean;
  readonly ascii: boolean;
  readonly verbose: boolean;
}

/**
 * Wraps a paragraph with a first and a further indentation.
 *
 * @param text From anywhere: it is cleaned.
 * @param first What stands before the first line.
 * @param look Width and signs.
 * @returns The lines; the further ones are indented as wide as `first`.
 */
export function paragraph(text: string, first: string, look: Look): string[] {
  const room = Math.max(20, look.width - first.length);
  return wrap(clean(text, symbols(look.ascii)), room)
    .map((line, i) => (i === 0 ? first : " ".repeat(first.length)) + line);
}

/**
 * Writes short facts side by side, and breaks lines between them.
 *
 * @param parts Texts from anywhere; empty ones are left out.
 * @param indent What stands before each line.
 * @param look Width, colours, signs.
 * @returns Muted lines.
 */
export function partLines(parts: readonly string[], indent: string, look: Look): string[] {
  const signs = symbols(look.ascii);
  const separator = ` ${signs.dot} `;
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    if (part === "") continue;
    const text = clean(part, signs);
    const longer = line === "" ? text : line + separator + text;
    if (line !== "" && indent.length + displayWidth(longer) > look.width) {
      lines.push(line);
      line = text;
    } else {
      line = longer;
    }
  }
  return [...lines, line].flatMap((each) => paragraph(each, indent, look))
    .map((each) => paint(each, "muted", look.color));
}

/** Warnings with one advice: what the first says, and for whom else the same holds. */
interface Grouped {
  readonly warning: Warning;
  readonly labels: string[];
}

/** Groups warnings that differ in the figures of their messages only. */
function grouped(scenario: ScenarioResult, rows: readonly Row[]): Grouped[] {
  const groups = new Map<string, Grouped>();
  for (const warning of scenario.warnings) {
    groups.set(JSON.stringify([warning.code, warning.message, warning.advice]), {
      warning,
      labels: [],
    });
  }
  for (const row of rows) {
    for (const warning of row.case.warnings) {
      const key = JSON.stringify([warning.code, warning.advice]);
      const group = groups.get(key) ?? { warning, labels: [] };
      if (!group.labels.includes(row.label)) group.labels.push(row.label);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** The most labels that are listed after a warning. */
const LABELS = 5;

function warningText({ warning, labels }: Grouped): string {
  const [first, ...others] = labels;
  if (first === undefined) return warning.message;
  const [variant = ""] = first.split(" ");
  const text = warning.message.includes(variant) ? warning.message : `${first}: ${warning.message}`;
  if (others.length === 0) return text;
  const shown = others.length > LABELS ? others.slice(0, LABELS - 1) : others;
  const more = others.length - shown.length;
  return `${text}; likewise ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * Writes the warnings of a scenario: each once, cases with the same one together, an advice once
 * after the warnings that share it.
 *
 * @param scenario The scenario.
 * @param rows All of its rows.
 * @param look Width, colours, signs.
 * @returns Lines; none without warnings.
 */
export function warningLines(
  scenario: ScenarioResult,
  rows: readonly Row[],
  look: Look,
): string[] {
  const signs = symbols(look.ascii);
  const byAdvice = Map.groupBy(grouped(scenario, rows), ({ warning }) => warning.advice);
  return [...byAdvice].flatMap(([advice, groups]) => [
    ...groups.flatMap((group) => paragraph(warningText(group), "  ! ", look))
      .map((line) => paint(line, "warning", look.color)),
    ...(advice === "" ? [] : paragraph(advice, `    ${signs.arrow} `, look)),
  ]);
}

/** A note of a document, and the variants whose figures it is about; none when it is about all. */
export interface PublishedNote {
  readonly text: string;
  readonly labels: readonly string[];
}

/**
 * Collects the notes on the figures of rows, each once.
 *
 * @param rows Rows whose figures are shown.
 * @returns The notes, in the order of the rows.
 */
export function publishedNotes(rows: readonly Row[]): PublishedNote[] {
  const shown = rows.filter(({ published }) => published !== undefined);
  const byNote = Map.groupBy(shown, ({ published }) => published!.value.note ?? "");
  byNote.delete("");
  return [...byNote].map(([text, of]) => ({
    text,
    labels: of.length === shown.length ? [] : [...new Set(of.map(({ case: c }) => c.variant))],
  }));
}

/** Writes a note with what it is about: `cpython, pypy and 3 more: …`. */
export function sayNote({ text, labels }: PublishedNote): string {
  if (labels.length === 0) return text;
  const shown = labels.length > LABELS ? labels.slice(0, LABELS - 1) : labels;
  const more = labels.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}: ${text}`;
}

/**
 * Says whose figures are shown as published, and what must be known of them.
 *
 * @param rows The rows whose figures are shown.
 * @param look Width, colours, signs.
 * @returns Lines; none without published figures.
 */
export function publishedLines(rows: readonly Row[], look: Look): string[] {
  const signs = symbols(look.ascii);
  const figures = rows.flatMap(({ published }) => published?.value ?? []);
  if (figures.length === 0) return [];
  const sources = [...new Set(figures.map(({ source }) => source))];
  const works = new Set(figures.map((f) => paramsText(f.params ?? {})).filter((t) => t !== ""));
  // One set of parameters says something; one per figure belongs to the details.
  const [work] = works;
  const at = works.size === 1 ? ` (${work})` : "";
  const text = `published: figures of ${sources.join(", ")}${at}, from another machine, ` +
    "not measured in this run";
  return [text, ...publishedNotes(rows).map(sayNote)]
    .flatMap((line, i) => paragraph(line, i === 0 ? "  " : `    ${signs.dot} `, look))
    .map((line) => paint(line, "muted", look.color));
}

/** Every published figure of a case, one line each. */
export function publishedDetails({ case: c }: Row, signs: Symbols): string[] {
  return (c.published ?? []).map((figure) => {
    const params = paramsText(figure.params ?? {});
    return `published by ${figure.source}, on another machine: ${figure.metric} ` +
      sayPublishedValue(figure, signs) + (params === "" ? "" : ` (${params})`) +
      (figure.note === undefined ? "" : `; ${figure.note}`);
  });
}

function change(ratio: number): string {
  const percent = 100 * (ratio - 1);
  return `${percent < 0 ? "" : "+"}${formatPercent(percent)}`;
}

const GATE_TONES = { passed: "good", regressed: "bad", undecided: "warning" } as const;

/**
 * Writes what a gate decided.
 *
 * @param gate The gate; its ratios are this run's value ÷ the baseline's.
 * @param look Width, colours, signs.
 * @returns Lines.
 */
export function gateLines(gate: Gate, look: Look): string[] {
  const options: GridOptions = { ...look, width: look.width - 2 };
  const title = `gate ${gate.verdict}: against ${gate.baseline}, ` +
    `at most ${formatSetting(gate.limitPercent)} more allowed`;
  const { lines } = layOut(
    [
      { title: "case", keep: 24, squeeze: 8, cut: "middle" },
      { title: "change", align: "right" },
      { title: "interval", align: "right", drop: 1 },
      { title: "verdict" },
    ],
    gate.cases.map(({ caseId, ratio, low, high, verdict }) => [
      caseId,
      change(ratio),
      `${change(low)} to ${change(high)}`,
      { text: verdict, tone: GATE_TONES[verdict] },
    ]),
    options,
  );
  return [
    ...paragraph(title, "", look).map((line) => paint(line, "title", look.color)),
    ...(gate.cases.length === 0 ? [] : lines.map((line) => `  ${line}`)),
  ];
}

/**
 * Writes where and when a run was made.
 *
 * @param record The run; facts that it lacks are left out.
 * @param look Width, colours, signs.
 * @returns Lines.
 */
export function originLines(record: RunRecord, look: Look): string[] {
  // Imported runs know nothing of their machine.
  const machine: Partial<RunRecord["environment"]> = record.environment ?? {};
  const parts = [
    `run ${record.id}`,
    record.startedAt,
    [machine.cpuModel, machine.cores === undefined ? undefined : `${machine.cores} cores`]
      .filter((part) => part !== undefined).join(", "),
    [machine.os, machine.kernel].filter((part) => part !== undefined).join(" "),
    machine.virtualization ?? "",
    `seed ${record.seed}`,
  ];
  const lines = partLines(parts, "", look);
  if (record.interrupted === undefined) return lines;
  const text = `Interrupted (${record.interrupted}): this is what was measured until then`;
  return [...paragraph(text, "", look).map((line) => paint(line, "warning", look.color)), ...lines];
}
