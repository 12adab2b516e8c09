/** `versus deps PATH` */
import { Command } from "@cliffy/command";
import { readDeps } from "../../lib/footprint/deps.ts";
import type { DepsDocument } from "../../lib/record/deps.ts";
import { formatBytes, formatCount, renderTable, toJson } from "../../lib/report/mod.ts";
import { printable } from "../../lib/error.ts";
import { print, type StreamStyle, styleOf } from "../output.ts";

/** How many packages people are shown. */
const SHOWN = 200;
/** How many of a program's sections people are shown. */
const SECTIONS = 6;

/** Makes the command. */
export function depsCommand() {
  return new Command()
    .description(
      "Show the packages that a project's manifests and lock files declare, or that a program says " +
        "it was built from. Nothing is run, installed or fetched.",
    )
    .arguments("<path:string>")
    .option("--json", "Print one JSON document.")
    .action(async (flags: unknown, path: string) =>
      await deps(flags as { json?: boolean; color?: boolean }, path)
    );
}

async function deps(flags: { json?: boolean; color?: boolean }, path: string): Promise<void> {
  const document = await readDeps(path);
  print(flags.json ? toJson(document, 2) : describe(document, styleOf(Deno.stdout, flags.color)));
}

/** A count, or that it is not known. */
function count(value: number | undefined): string {
  return value === undefined ? "?" : formatCount(value);
}

function binaryLines(binary: NonNullable<DepsDocument["binary"]>): string[] {
  const { bits, machines, type, linkage, stripped, debugInfo } = binary;
  const what = [
    `${binary.format.toUpperCase()}${bits === undefined ? "" : ` ${bits}-bit`}`,
    machines.join(" and "),
    type === "pie" ? "position-independent executable" : type,
    linkage,
    stripped === undefined ? undefined : stripped ? "stripped" : "not stripped",
    debugInfo === true ? "with debug information" : undefined,
    formatBytes(binary.bytes),
  ];
  const sections = (binary.sections ?? []).filter(({ inFile }) => inFile).slice(0, SECTIONS);
  const rows: [string, string | undefined][] = [
    ["Program", what.filter((part) => part !== undefined).join(", ")],
    ["Main", [binary.main?.name, binary.main?.version].filter(Boolean).join(" ")],
    ["Compiler", binary.compiler],
    ["Loader", binary.interpreter],
    ["Libraries", binary.needed?.join(" ")],
    ["Looked for in", [...binary.rpath ?? [], ...binary.runpath ?? []].join(" ")],
    ["Largest sections", sections.map((s) => `${s.name} ${formatBytes(s.bytes)}`).join(", ")],
    ["Revision", binary.settings?.["vcs.revision"]],
    ["Incomplete", binary.partial?.reason],
  ];
  return rows.filter(([, text]) => text !== undefined && text !== "")
    .map(([title, text]) => `${title}: ${printable(text!)}`);
}

/** Tables for people: each file with its counts, then the packages, direct ones first. */
function describe(document: DepsDocument, style: StreamStyle): string {
  const { manifests, packages, binary } = document;
  const rank = (p: DepsDocument["packages"][number]) => p.direct === true ? 0 : 1;
  const sorted = [...packages].sort((a, b) =>
    a.ecosystem < b.ecosystem
      ? -1
      : a.ecosystem > b.ecosystem
      ? 1
      : rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
  const direct = packages.filter((p) => p.direct === true).length;
  const known = packages.every((p) => p.direct !== undefined);
  const lines = [
    ...binary === undefined ? [] : [...binaryLines(binary), ""],
    renderTable(
      ["file", "format", "packages", "direct", "indirect"],
      manifests.map((m) => [
        m.file,
        m.format,
        count(m.packages),
        count(m.direct),
        count(m.indirect),
      ]),
      style,
    ),
    ...manifests.flatMap(({ file, partial }) =>
      partial === undefined ? [] : [`Note on ${printable(file)}: ${printable(partial.reason)}`]
    ),
  ];
  if (sorted.length > 0) {
    lines.push(
      renderTable(
        ["ecosystem", "package", "version", "named"],
        sorted.slice(0, SHOWN).map((p) => [
          p.ecosystem,
          p.name,
          `${p.version ?? ""}${replacement(p)}`,
          p.direct === undefined ? "?" : p.direct ? "directly" : "through others",
        ]),
        style,
      ),
    );
    if (sorted.length > SHOWN) {
      lines.push(`and ${formatCount(sorted.length - SHOWN)} more; --json prints all`);
    }
  }
  const total = `${formatCount(packages.length)} ${packages.length === 1 ? "package" : "packages"}`;
  lines.push(
    known && packages.length > 0
      ? `${total}: ${formatCount(direct)} named directly, ${
        formatCount(packages.length - direct)
      } through others`
      : total,
  );
  return lines.join("\n");
}

function replacement({ replacedBy }: DepsDocument["packages"][number]): string {
  if (replacedBy === undefined) return "";
  const { name, version } = replacedBy;
  return ` => ${name}${version === undefined ? "" : ` ${version}`}`;
}
