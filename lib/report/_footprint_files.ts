/** A footprint as files: CSV with a row a file, Markdown with tables, JSON, text. */
import { printable } from "../error.ts";
import type { FootprintDocument, TracedFile } from "../footprint/types.ts";
import { commandText, FIGURES, isRegular, ownerRows } from "./_footprint_rows.ts";
import { symbols } from "./_symbols.ts";
import { formatBytes, formatCount } from "./units.ts";

const signs = symbols();

const CSV_COLUMNS:
  readonly (readonly [string, (file: TracedFile) => string | number | undefined])[] = [
    ["path", ({ path }) => path],
    ["pathBase64", ({ pathBase64 }) => pathBase64],
    ["kind", ({ kind }) => kind],
    ["owner", ({ owner }) => owner],
    ["rule", ({ rule }) => rule],
    ["bytes", ({ bytes }) => bytes],
    ["readBytes", ({ readBytes }) => readBytes],
    ["mappedBytes", ({ mappedBytes }) => mappedBytes],
    ["opens", ({ opens }) => opens],
    ["firstAtS", ({ firstAtS }) => firstAtS],
  ];

/** No text here can begin a formula: paths begin with a slash, owners and rules with a letter. */
function field(value: string | number | undefined): string {
  if (typeof value !== "string") return value === undefined ? "" : String(value);
  const text = printable(value.toWellFormed());
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Writes a footprint as comma-separated values after RFC 4180, a row for everything that was opened.
 *
 * @param document The footprint.
 * @returns The file, with a header row; control characters are written as escapes.
 */
export function footprintCsv(document: FootprintDocument): string {
  const rows = [
    CSV_COLUMNS.map(([name]) => name),
    ...document.files.map((file) => CSV_COLUMNS.map(([, value]) => field(value(file)))),
  ];
  return rows.map((row) => `${row.join(",")}\r\n`).join("");
}

/** Makes text from outside literal, in a cell too: what Markdown or HTML acts on becomes an entity. */
function literal(text: string): string {
  return printable(text.toWellFormed())
    .replace(/[^\p{L}\p{N} /.:@,=+-]/gu, (c) => `&#${c.codePointAt(0)};`);
}

function table(titles: readonly string[], right: ReadonlySet<string>, rows: string[][]): string[] {
  return [
    titles,
    titles.map((title) => right.has(title) ? "---:" : "---"),
    ...rows,
  ].map((cells) => `| ${cells.join(" | ")} |`);
}

const NUMBERS = new Set(["value", "files", "on disk", "count", "opens"]);

function section(title: string, lines: readonly string[]): string[] {
  return lines.length <= 2 ? [] : ["", `## ${title}`, "", ...lines];
}

/**
 * Writes a footprint as Markdown: totals, owners, packages, misses, sockets, warnings.
 *
 * @param document The footprint.
 * @returns The file.
 */
export function footprintMarkdown(document: FootprintDocument): string {
  const { partial, packages, missed, sockets, warnings } = document;
  const totals = FIGURES.flatMap(({ title, text }) => {
    const value = text(document, signs);
    return value === undefined ? [] : [[title, literal(value)]];
  });
  const opened = packages.filter((one) => one.opened || one.declared);
  const lines = [
    `# ${literal(commandText(document.command))}`,
    ...(partial === undefined ? [] : ["", `Not all was seen: ${literal(partial.reason)}`]),
    "",
    ...table(["figure", "value"], NUMBERS, totals),
    ...section(
      "Owners",
      table(
        ["owner", "files", "on disk"],
        NUMBERS,
        ownerRows(document).map(({ owner, files, bytes }) => [
          literal(owner),
          formatCount(files.length),
          formatBytes(bytes, signs),
        ]),
      ),
    ),
    ...section(
      "Packages",
      table(
        ["package", "version", "declared", "installed", "opened", "files", "on disk"],
        NUMBERS,
        opened.map((one) => [
          literal(`${one.ecosystem}:${one.name}`),
          literal(one.version ?? ""),
          one.declared ? (one.direct ? "direct" : "indirect") : "no",
          one.installed ? "yes" : "no",
          one.opened ? (one.late === true ? "late" : "yes") : "no",
          formatCount(one.files),
          formatBytes(one.bytes, signs),
        ]),
      ),
    ),
    ...section(
      "Looked for and not found",
      table(
        ["where", "search", "count"],
        NUMBERS,
        missed.byPath.map(({ path, search, count }) => [
          literal(path),
          literal(search ?? ""),
          formatCount(count),
        ]),
      ),
    ),
    ...section(
      "Sockets",
      table(
        ["use", "family", "address", "port", "error"],
        NUMBERS,
        sockets.map(({ use, family, address, port, error }) => [
          use,
          literal(family),
          literal(address),
          port === undefined ? "" : String(port),
          literal(error ?? ""),
        ]),
      ),
    ),
    ...section(
      "Files",
      table(
        ["path", "owner", "on disk", "opens"],
        NUMBERS,
        document.files.filter(isRegular).map(({ path, owner, rule, bytes, opens }) => [
          literal(path),
          literal(owner ?? rule),
          bytes === undefined ? "" : formatBytes(bytes, signs),
          formatCount(opens),
        ]),
      ),
    ),
    ...(warnings.length === 0 ? [] : [""]),
    ...warnings.map(({ message, advice }) => `- ${literal(message)}. ${literal(advice)}.`),
  ];
  return lines.map((one) => `${one}\n`).join("");
}
