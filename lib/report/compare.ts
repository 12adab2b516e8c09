/** The comparison of two runs that people read. */
import type { ComparedCase, CompareDocument, CompareSide } from "../store/documents.ts";
import { gateLines, type Look, paragraph } from "./_notes.ts";
import { paint, type Tone } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean } from "./_text.ts";
import { sayInterval, sayRelative } from "./_wording.ts";
import { type GridCell, type GridOptions, layOut } from "./grid.ts";
import { formatTime } from "./history.ts";
import { metricInfo } from "./metrics.ts";
import { formatPercent, formatRatio } from "./units.ts";

function sideText({ id, startedAt, machine, imported, variant }: CompareSide): string {
  const what = variant === undefined ? id : `${id}, variant ${variant}`;
  const where = imported === undefined ? `machine ${machine}` : "measured by hyperfine";
  return `${what}, ${formatTime(startedAt)}, ${where}`;
}

/**
 * Whether a comparison says something of the programs: values of the same block do, and so do intervals that
 * hold how much a case varies from run to run. Others say how two runs came out.
 */
function isOfPrograms({ pairing }: CompareDocument, { sessions }: ComparedCase): boolean {
  return pairing === "blocks" || sessions !== undefined;
}

/** What a case says; coloured only where that is of the programs. */
function verdictCell(c: ComparedCase, signs: Symbols, colored: boolean): GridCell {
  const { verdict, ratio, low, high } = c;
  if (verdict === "incomparable" || ratio === undefined) {
    return { text: "not comparable", tone: "muted" };
  }
  const { text, tone } = sayRelative(
    { toCaseId: "", metric: c.metric, ratio, low: low!, high: high!, pAdjusted: 1, verdict },
    signs,
  );
  return { text, tone: colored ? tone : "plain" };
}

function intervalOf({ ratio, low, high, metric, verdict }: ComparedCase, signs: Symbols): string {
  if (ratio === undefined || verdict === "incomparable") return "";
  return sayInterval(
    { toCaseId: "", metric, ratio, low: low!, high: high!, pAdjusted: 1, verdict: "faster" },
    signs,
  );
}

/** Which way the estimate points, where that is not said by the verdict. */
function estimateOf({ ratio, metric }: ComparedCase, signs: Symbols): string {
  if (ratio === undefined || !(ratio > 0)) return "";
  const info = metricInfo(metric);
  const better = info.better === "lower" ? ratio >= 1 : ratio < 1;
  return `${formatRatio(ratio >= 1 ? ratio : 1 / ratio)} ${signs.times} ${
    info.words[better ? 0 : 1]
  }`;
}

/** How much a case varies from run to run, as a standard deviation. */
function variation({ sessions }: ComparedCase, signs: Symbols): string {
  return sessions === undefined ? "" : `${signs.plusMinus} ${formatPercent(sessions.percent)}`;
}

function caseLabel({ caseId, toCaseId }: ComparedCase, signs: Symbols): string {
  return toCaseId === undefined ? caseId : `${toCaseId} ${signs.arrow} ${caseId}`;
}

function tableLines(document: CompareDocument, look: Look): string[] {
  const signs = symbols(look.ascii);
  const metrics = new Set(document.cases.map(({ metric }) => metric));
  const differing = document.cases.some(({ differs }) => differs !== undefined);
  const varying = document.cases.some(({ sessions }) => sessions !== undefined);
  const grid = layOut(
    [
      { title: "case", squeeze: 16, cut: "middle" },
      ...(metrics.size > 1 ? [{ title: "metric", drop: 3 }] : []),
      { title: document.cases.every((c) => isOfPrograms(document, c)) ? "B is" : "B was" },
      { title: "estimate", drop: 2 },
      { title: "interval", drop: 1 },
      ...(varying ? [{ title: "run to run", align: "right" as const, drop: 2 }] : []),
      { title: "samples", align: "right", drop: 4 },
      ...(differing ? [{ title: "also changed", squeeze: 12 }] : []),
    ],
    document.cases.map((c): GridCell[] => [
      caseLabel(c, signs),
      ...(metrics.size > 1 ? [metricInfo(c.metric).title] : []),
      verdictCell(c, signs, isOfPrograms(document, c)),
      estimateOf(c, signs),
      intervalOf(c, signs),
      ...(varying ? [variation(c, signs)] : []),
      `${c.samples.a}/${c.samples.b}`,
      ...(differing
        ? [(c.differs ?? []).map(({ a, b }) => `${a} ${signs.arrow} ${b}`).join(", ")]
        : []),
    ]),
    { ...look, width: look.width - 2 },
  );
  return grid.lines.map((line) => `  ${line}`);
}

function environmentLines({ environmentDiff }: CompareDocument, look: Look): string[] {
  if (environmentDiff.length === 0) return [];
  const signs = symbols(look.ascii);
  const meaningless = environmentDiff.some(({ effect }) => effect === "meaningless");
  return [
    paint(
      meaningless ? "Different machines" : "Different environments",
      meaningless ? "bad" : "warning",
      look.color,
    ),
    ...environmentDiff.flatMap(({ field, a, b }) =>
      paragraph(`${field}: ${a ?? "not told"} ${signs.arrow} ${b ?? "not told"}`, "  ", look)
    ),
  ];
}

/** Why cases have no number, each reason once. */
function reasonLines({ cases }: CompareDocument, look: Look): string[] {
  const without = cases.filter(({ reason }) => reason !== undefined);
  return [...Map.groupBy(without, ({ reason }) => reason!)].flatMap(([reason, own]) => {
    const which = own.length === cases.length
      ? "No case can be told"
      : own.length > 3
      ? `${own.length} cases can't be told`
      : own.map(({ caseId }) => caseId).join(", ");
    return paragraph(`${which}: ${reason}`, "  ", look);
  });
}

function onlyLines({ only }: CompareDocument, look: Look): string[] {
  return ([["A", only.a], ["B", only.b]] as const).flatMap(([name, ids]) => {
    if (ids.length === 0) return [];
    const shown = ids.slice(0, 6).join(", ");
    const more = ids.length > 6 ? ` and ${ids.length - 6} more` : "";
    return paragraph(`Only ${name} has ${shown}${more}`, "  ", look);
  });
}

function warningLines({ warnings }: CompareDocument, look: Look): string[] {
  const { arrow } = symbols(look.ascii);
  return warnings.flatMap(({ message, advice }) => [
    ...paragraph(`! ${message}`, "  ", look).map((line) => paint(line, "warning", look.color)),
    ...paragraph(`${arrow} ${advice}`, "    ", look),
  ]);
}

function headLines(document: CompareDocument, look: Look): string[] {
  const tone: Tone = "title";
  const method = document.pairing === "blocks"
    ? "Paired: values of the same block are compared (signed ranks)"
    : "Unpaired: all values of A with all of B (Mann–Whitney)";
  const { ascii } = look;
  return [
    paint(clean(`A  ${sideText(document.a)}`, symbols(ascii)), tone, look.color),
    paint(clean(`B  ${sideText(document.b)}`, symbols(ascii)), tone, look.color),
    ...paragraph(method, "", look),
  ];
}

/**
 * Draws a comparison for people: what is compared and how, what differs between the machines, a row a
 * case, why some have no number, warnings, and the gate.
 *
 * @param document The comparison.
 * @param options Width (80 by default, at least 40), colours, ASCII.
 * @returns The text, ending with a line feed. Text from outside can't bring escapes into it.
 */
export function renderCompare(document: CompareDocument, options: GridOptions = {}): string {
  const look: Look = {
    width: Math.max(40, options.width ?? 80),
    color: options.color ?? false,
    ascii: options.ascii ?? false,
    verbose: false,
  };
  const sections = [
    headLines(document, look),
    environmentLines(document, look),
    document.cases.length === 0 ? ["  The two have no case in common"] : tableLines(document, look),
    [...reasonLines(document, look), ...onlyLines(document, look)],
    warningLines(document, look),
    document.gate === undefined ? [] : gateLines(document.gate, look),
  ].filter((lines) => lines.length > 0);
  return sections.map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join("")).join("\n");
}
