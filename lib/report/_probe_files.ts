/** Probes as files: CSV and Markdown with a row a target. */
import { printable } from "../error.ts";
import { PHASES } from "../probe/phases.ts";
import type { ProbeDocument } from "../probe/schema.ts";
import { errorsOf, type ProbeRow, probeRows, TIMES } from "./_probe_rows.ts";

type Value = string | number | undefined;

/** Characters with which a spreadsheet starts a formula. */
const FORMULA = /^\s*[=+\-@＝＋－＠|]/u;

function field(value: Value): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = printable(value.toWellFormed());
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const BASE: readonly (readonly [string, (row: ProbeRow, document: ProbeDocument) => Value])[] = [
  ["protocol", (_row, { protocol }) => protocol],
  ["startedAt", (_row, { startedAt }) => startedAt],
  ["target", ({ target }) => target.target],
  ["state", ({ target }) => target.state],
  ["connection", ({ connection }) => connection],
  ["sent", ({ summary }) => summary.sent],
  ["lost", ({ summary }) => summary.lost],
  ["lossPercent", ({ summary }) => summary.lossPercent],
];

/**
 * Writes probes as comma-separated values after RFC 4180: a row for the cold samples of a target, and
 * one for its warm samples. What was not measured is empty. Phases are medians.
 *
 * @param document What was measured.
 * @returns The file, with a header row; control characters are written as escapes.
 */
export function probeCsv(document: ProbeDocument): string {
  const rows = probeRows(document);
  const columns = [
    ...BASE,
    ...TIMES.map((name) => [name, ({ summary }: ProbeRow) => summary[name]] as const),
    ...PHASES.map((name) =>
      [
        `phases.${name}`,
        ({ phases }: ProbeRow) => new Map(phases).get(name.replace(/Ms$/, "")),
      ] as const
    ),
    ["errorCode", ({ target }: ProbeRow) => errorsOf(target)[0]?.code] as const,
    ["error", ({ target }: ProbeRow) => errorsOf(target)[0]?.message] as const,
  ];
  return [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, value]) => field(value(row, document)))),
  ].map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** Makes text from outside literal in a cell: what Markdown or HTML acts on becomes an entity. */
function literal(text: string): string {
  return printable(text.toWellFormed())
    .replace(/[^\p{L}\p{N} /.:@,=+-]/gu, (c) => `&#${c.codePointAt(0)};`);
}

/**
 * Writes probes as a table in GitHub's Markdown.
 *
 * @param document What was measured.
 * @returns The file.
 */
export function probeMarkdown(document: ProbeDocument): string {
  const rows = probeRows(document);
  const times = TIMES.filter((name) => rows.some(({ summary }) => summary[name] !== undefined));
  const titles = [
    "target",
    "state",
    "connection",
    "sent",
    "loss %",
    ...times.map((name) => `${name.slice(0, -2)} ms`),
    "error",
  ];
  const right = new Set(titles.slice(3, -1));
  const body = rows.map(({ target, connection, summary }) => [
    literal(target.target),
    target.state,
    connection,
    String(summary.sent),
    String(summary.lossPercent),
    ...times.map((name) => summary[name]?.toFixed(3) ?? ""),
    literal(errorsOf(target).map(({ code, message }) => `${code}: ${message}`).join("; ")),
  ]);
  const gates = (document.gates ?? []).map(({ target, option, passed, message }) =>
    `- ${literal(target)}: ${passed ? "passed" : "failed"} ${option.replaceAll("-", "&#45;")}: ` +
    literal(message)
  );
  return [
    `# ${literal(document.protocol)} probes, ${document.startedAt}`,
    "",
    ...[titles, titles.map((title) => right.has(title) ? "---:" : "---"), ...body]
      .map((cells) => `| ${cells.join(" | ")} |`),
    ...(gates.length === 0 ? [] : ["", "## Limits", "", ...gates]),
    ...(document.partial === undefined ? [] : ["", literal(document.partial.reason)]),
    "",
  ].join("\n");
}
