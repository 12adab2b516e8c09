/** A footprint as text for a terminal. */
import { countDependencies } from "../footprint/trace/dependencies.ts";
import type { FootprintDocument, FootprintPackage, TracedFile } from "../footprint/types.ts";
import {
  fold,
  type FootprintTextOptions,
  joined,
  line,
  type Look,
  lookOf,
  many,
} from "./_footprint_look.ts";
import { processLines } from "./_footprint_processes.ts";
import { commandText, type OwnerRow, ownerRows, UNATTRIBUTED } from "./_footprint_rows.ts";
import { renderTable } from "./grid.ts";
import { paint, type Tone } from "./_style.ts";
import type { Symbols } from "./_symbols.ts";
import { clean, fit, pad, wrap } from "./_text.ts";
import { formatBytes, formatCount, formatSeconds } from "./units.ts";

/** Lines of a branch that are shown while it is folded. */
const FOLDED = 3;
/** Owners that are shown while they are folded. */
const FOLDED_ROWS = 12;

/** A branch of a tree, and one that is the last. */
function branches({ ascii }: Symbols): { branch: string; last: string } {
  return ascii ? { branch: "|- ", last: "`- " } : { branch: "├─ ", last: "└─ " };
}

/** A name at the left and a quantity at the right. */
function entry(lead: string, name: string, amount: string, look: Look): string {
  const room = Math.max(8, look.width - lead.length - amount.length - 4);
  const shown = fit(clean(name, look.signs), room, look.signs, "middle");
  return `  ${lead}${pad(shown, room)}  ${amount}`.trimEnd();
}

function fileAmount({ kind, bytes }: TracedFile, signs: Symbols): string {
  return bytes === undefined ? kind : formatBytes(bytes, signs);
}

function ownerLines(row: OwnerRow, look: Look): string[] {
  const { signs } = look;
  const title = entry(
    "",
    row.owner,
    `${many(row.files.length, "file")}  ${formatBytes(row.bytes, signs).padStart(9)}`,
    look,
  );
  const { shown, more } = fold(row.files, FOLDED, look);
  const { branch, last } = branches(signs);
  return [
    paint(title, row.owner === UNATTRIBUTED ? "warning" : "title", look.color),
    ...shown.map((file, i) =>
      entry(
        i === shown.length - 1 && more === 0 ? last : branch,
        file.path,
        fileAmount(file, signs),
        look,
      )
    ),
    ...(more === 0 ? [] : [paint(`  ${last}${many(more, "more file")}`, "muted", look.color)]),
  ];
}

function treeLines(document: FootprintDocument, look: Look): string[] {
  const rows = ownerRows(document);
  const { shown, more } = fold(rows, FOLDED_ROWS, look);
  return [
    ...shown.flatMap((row) => ownerLines(row, look)),
    ...(more === 0 ? [] : [paint(`  ${many(more, "more owner")}`, "muted", look.color)]),
  ];
}

const SEARCHES: Readonly<Record<string, string>> = {
  loader: "the loader's path",
  path: "PATH",
  node_modules: "node_modules upwards",
  "package.json": "package.json upwards",
  python: "Python's path",
};

function missedLines({ missed }: FootprintDocument, look: Look): string[] {
  if (missed.count === 0) return [];
  const { shown, more } = fold(missed.byPath, 5, look);
  return [
    line("Looked for and not found", look, "title"),
    ...shown.map(({ path, count, search }) =>
      entry("", `${path}${search === undefined ? "" : ` (${SEARCHES[search]})`}`, `${count}`, look)
    ),
    ...(more === 0 ? [] : [paint(`  in ${many(more, "more folder")}`, "muted", look.color)]),
  ];
}

function columnsText({ declared, installed, opened, direct, late }: FootprintPackage): string[] {
  return [
    declared ? (direct ? "direct" : "indirect") : "no",
    installed ? "yes" : "no",
    opened ? (late === true ? "late" : "yes") : "no",
  ];
}

/** Manifests that are named in a sentence. */
const NAMED_MANIFESTS = 4;

/** What is in one column alone, in a sentence. */
function dependencyText({ packages, manifests = [], cwd }: FootprintDocument): string {
  const { declared, direct, indirect, unused, undeclared, idle, late } = countDependencies(
    packages,
  );
  const files = manifests.map(({ file }) =>
    file.startsWith(`${cwd}/`) ? file.slice(cwd.length + 1) : file
  );
  const by = files.length === 0
    ? ""
    : ` in ${files.slice(0, NAMED_MANIFESTS).join(", ")}${
      files.length > NAMED_MANIFESTS ? ` and ${files.length - NAMED_MANIFESTS} more` : ""
    }`;
  return `${many(declared, "package")} declared${by} (${formatCount(direct)} directly, ${
    formatCount(indirect)
  } through others): ${formatCount(unused)} never opened; ${
    formatCount(undeclared)
  } opened and not declared; ${formatCount(idle)} installed and idle; ${
    formatCount(late)
  } opened after the first output`;
}

function packageLines(document: FootprintDocument, look: Look): string[] {
  // Without a declaration the tree of owners says all that there is to say.
  if (!document.packages.some(({ declared }) => declared)) return [];
  const shownPackages = document.packages.filter(({ ecosystem, opened, declared }) =>
    look.verbose || declared || (opened && ecosystem !== "runtime" && ecosystem !== "deb" &&
      ecosystem !== "rpm" && ecosystem !== "apk")
  );
  const { shown, more } = fold(shownPackages, 20, look);
  const table = renderTable(
    [
      { title: "package", squeeze: 12 },
      { title: "version", squeeze: 8, drop: 2 },
      { title: "declared" },
      { title: "installed", drop: 1 },
      { title: "opened" },
      { title: "files", align: "right" as const, drop: 3 },
    ],
    shown.map((one) => [
      `${one.ecosystem}:${one.name}`,
      one.version ?? "",
      ...columnsText(one),
      one.opened ? formatCount(one.files) : "",
    ]),
    { width: look.width - 2, color: look.color, ascii: look.signs.ascii },
  );
  return [
    line("Declared, installed, opened", look, "title"),
    ...wrapped(dependencyText(document), look, "plain"),
    ...table.trimEnd().split("\n").map((row) => `  ${row}`),
    ...(more === 0 ? [] : [paint(`  ${many(more, "more package")}`, "muted", look.color)]),
  ];
}

function socketLines({ sockets }: FootprintDocument, look: Look): string[] {
  const { shown, more } = fold(sockets, 8, look);
  if (shown.length === 0) return [];
  return [
    line("Sockets", look, "title"),
    ...shown.map(({ use, family, address, port, type, error }) => {
      const host = family === "inet6" ? `[${address}]` : address;
      const where = `${host === "" ? family : host}${port === undefined ? "" : `:${port}`}`;
      return entry(
        "",
        `${use} ${where}${type === undefined ? "" : ` (${type})`}`,
        error ?? "",
        look,
      );
    }),
    ...(more === 0 ? [] : [paint(`  ${many(more, "more socket")}`, "muted", look.color)]),
  ];
}

function wrapped(text: string, look: Look, tone: Tone): string[] {
  return wrap(clean(text, look.signs), look.width).map((one) => paint(one, tone, look.color));
}

function summaryLines(document: FootprintDocument, look: Look): string[] {
  const { signs } = look;
  const { opened, missed, bytes, processes, time } = document;
  const threads = processes.reduce((sum, one) => sum + one.threads, 0);
  const misses = Object.entries(missed.bySyscall).sort(([, a], [, b]) => b - a)
    .map(([call, count]) => `${call} ${formatCount(count)}`).join(", ");
  const end = document.signal ?? `exit ${document.exitCode}`;
  const untraced = time.untracedS === undefined
    ? "not a start-up time"
    : `untraced ${formatSeconds(time.untracedS, signs)}`;
  return [
    line(commandText(document.command), look, "title"),
    ...wrapped(
      `${many(opened.unique, "file")} opened (${many(opened.count, "time")}): ` +
        `${formatBytes(bytes.onDisk, signs)} on disk, ${formatBytes(bytes.read, signs)} read, ` +
        `${formatBytes(bytes.mapped, signs)} mapped`,
      look,
      "plain",
    ),
    ...wrapped(
      `${many(missed.count, "look-up")} found nothing${misses === "" ? "" : `: ${misses}`}`,
      look,
      "plain",
    ),
    ...wrapped(
      `${many(processes.length, "process", "processes")}${
        threads === 0 ? "" : `, ${many(threads, "more thread")}`
      } ${signs.dot} ${end} ${signs.dot} traced ${
        formatSeconds(time.tracedS, signs)
      } (${untraced})`,
      look,
      "plain",
    ),
    ...(document.partial === undefined
      ? []
      : wrapped(`Not all was seen: ${document.partial.reason}`, look, "bad")),
  ];
}

function environmentLines({ environment }: FootprintDocument, look: Look): string[] {
  const names = Object.keys(environment);
  if (names.length === 0) return [];
  return look.verbose
    ? [
      line("Variables that select files", look, "title"),
      ...names.map((name) => line(`  ${name}=${environment[name]}`, look)),
    ]
    : wrapped(`Variables that select files: ${names.join(", ")}`, look, "muted");
}

/**
 * Draws a footprint for people: totals, a tree of owners and files, what was missed, packages, sockets,
 * and what could not be seen.
 *
 * @param document The footprint.
 * @param options Width in cells (80 by default, at least 40), colours, ASCII, whether nothing is folded.
 * @returns The text, ending with a line feed. Text from outside can't bring escapes into it.
 */
export function renderFootprint(
  document: FootprintDocument,
  options: FootprintTextOptions = {},
): string {
  const look = lookOf(options);
  return joined([
    summaryLines(document, look),
    treeLines(document, look),
    packageLines(document, look),
    missedLines(document, look),
    socketLines(document, look),
    processLines(document, look),
    environmentLines(document, look),
    document.warnings.flatMap(({ message, advice }) =>
      wrapped(`${message}. ${advice}.`, look, "warning")
    ),
  ]);
}
