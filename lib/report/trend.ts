/** One case over time, drawn, with the places where its level changed. */
import type { TrendChange, TrendDocument } from "../store/documents.ts";
import { type Axis, place, ticks } from "./_axis.ts";
import { Canvas } from "./_canvas.ts";
import { type Look, paragraph } from "./_notes.ts";
import { paint } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, displayWidth, pad } from "./_text.ts";
import type { GridOptions } from "./grid.ts";
import { formatTime } from "./history.ts";
import { metricInfo } from "./metrics.ts";
import { formatQuantity, formatRatio } from "./units.ts";

/** Rows of the drawing. */
const HEIGHT = 12;

/** The least share of the middle that the side spans, so that noise does not look like a change. */
const LEAST_SPAN = 0.05;

/** The side's axis: around the values, since a change of some percent is what is looked for. */
function sideAxis(values: readonly number[]): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const middle = (least + most) / 2;
  const half = Math.max((most - least) / 2, Math.abs(middle) * LEAST_SPAN / 2, Number.MIN_VALUE);
  return { kind: "linear", min: middle - 1.1 * half, max: middle + 1.1 * half };
}

/** Where a point stands from left to right, 0 to 1. */
function across(index: number, count: number): number {
  return count === 1 ? 0.5 : index / (count - 1);
}

function sayValue(value: number, metric: string, signs: Symbols): string {
  const { quantity, factor } = metricInfo(metric);
  return formatQuantity(value * factor, quantity, signs);
}

/** Draws the medians, the level of each stretch as a line, and a dotted line where it changes. */
function drawPoints({ points, changePoints }: TrendDocument, axis: Axis, canvas: Canvas): void {
  const signs = symbols(canvas.ascii);
  const y = (value: number) => place(value, axis);
  const starts = [0, ...changePoints.map(({ index }) => index)];
  starts.forEach((start, i) => {
    const end = (starts[i + 1] ?? points.length) - 1;
    const level = changePoints[i]?.before ?? changePoints[i - 1]?.after;
    if (level === undefined) return;
    const [from, to] = [across(start, points.length), across(end, points.length)];
    canvas.line([from, y(level)], [to, y(level)]);
  });
  for (const { index } of changePoints) {
    const x = (across(index - 1, points.length) + across(index, points.length)) / 2;
    for (let dot = 0; dot <= 2 * HEIGHT; dot++) canvas.dot(x, dot / (2 * HEIGHT));
  }
  points.forEach(({ median }, i) => {
    canvas.mark(across(i, points.length), y(median), signs.marks[0]!);
  });
}

/** The labels at the side, one a row, empty for most. */
function sideLabels(axis: Axis, metric: string, signs: Symbols): string[] {
  const labels = Array<string>(HEIGHT).fill("");
  const { factor } = metricInfo(metric);
  // Round values are round in the base unit.
  const scaled: Axis = { ...axis, min: axis.min * factor, max: axis.max * factor };
  for (const value of ticks(scaled, HEIGHT / 2)) {
    const row = Math.round((1 - place(value, scaled)) * (HEIGHT - 1));
    labels[row] ||= formatQuantity(value, metricInfo(metric).quantity, signs);
  }
  return labels;
}

function bottomLine(
  { points, changePoints }: TrendDocument,
  width: number,
  signs: Symbols,
): string {
  const line = Array<string>(width).fill(signs.bottom);
  for (const { index } of changePoints) {
    const x = (across(index - 1, points.length) + across(index, points.length)) / 2;
    line[Math.min(width - 1, Math.floor(x * width))] = signs.ascii ? "^" : "▲";
  }
  return line.join("");
}

function drawingLines(document: TrendDocument, look: Look): string[] {
  const signs = symbols(look.ascii);
  const { points, metric } = document;
  const axis = sideAxis(points.map(({ median }) => median));
  const labels = sideLabels(axis, metric, signs);
  const sideWidth = Math.max(...labels.map(displayWidth));
  const width = Math.max(10, look.width - sideWidth - 2);
  const canvas = new Canvas(width, HEIGHT, look.ascii);
  drawPoints(document, axis, canvas);
  const muted = (text: string) => paint(text, "muted", look.color);
  const [first, last] = [formatTime(points[0]!.startedAt), formatTime(points.at(-1)!.startedAt)];
  const gap = " ".repeat(Math.max(2, width - first.length - last.length));
  const times = points.length === 1 ? first : `${first}${gap}${last}`;
  return [
    ...canvas.rows().map((row, i) => {
      const side = labels[i] === "" ? signs.side : signs.sideTick;
      return `${muted(`${pad(labels[i]!, sideWidth, "right")} ${side}`)}${row}`.trimEnd();
    }),
    muted(`${" ".repeat(sideWidth + 1)}${signs.corner}${bottomLine(document, width, signs)}`),
    muted(`${" ".repeat(sideWidth + 2)}${times}`),
  ];
}

function changeLines(change: TrendChange, metric: string, look: Look): string[] {
  const signs = symbols(look.ascii);
  const { before, after, ratio } = change;
  const info = metricInfo(metric);
  const better = info.better === "lower" ? ratio > 1 : ratio < 1;
  const size = ratio > 0 ? formatRatio(ratio >= 1 ? ratio : 1 / ratio) : "?";
  const said = `${size} ${signs.times} ${info.words[better ? 0 : 1]}`;
  const mark = signs.ascii ? "^" : "▲";
  const also = change.differs
    .map(({ field, a, b }) => `${field} ${a} ${signs.arrow} ${b}`).join(", ");
  const text = `${mark} since ${formatTime(change.startedAt)}, run ${change.runId}: ${said} ` +
    `(${sayValue(before, metric, signs)} ${signs.arrow} ${sayValue(after, metric, signs)}, ` +
    `p ${change.p.toFixed(3)})`;
  return [
    ...paragraph(text, "", look).map((line) => paint(line, better ? "good" : "bad", look.color)),
    ...(also === "" ? [] : paragraph(`changed as well: ${also}`, "  ", look)),
  ];
}

/** Whether neighbouring runs resemble each other by more than chance: two standard errors. */
function wanders({ resemblance, points }: TrendDocument): boolean {
  return resemblance > 2 / Math.sqrt(points.length);
}

function wanderLines(document: TrendDocument, look: Look): string[] {
  if (document.changePoints.length === 0 || !wanders(document)) return [];
  const text = `! Neighbouring runs resemble each other beyond their level (rank correlation ${
    document.resemblance.toFixed(2)
  }): the case wanders, and some of these changes may be part of that`;
  return paragraph(text, "", look).map((line) => paint(line, "warning", look.color));
}

function omittedLines({ omitted }: TrendDocument, look: Look): string[] {
  const parts = [
    omitted.otherMachines === 0 ? "" : `${omitted.otherMachines} of other machines`,
    omitted.older === 0 ? "" : `${omitted.older} older ones`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? [] : paragraph(`Left out: ${parts.join(", ")}`, "", look);
}

/**
 * Draws a case over time: a point for the median of each run, a line for each level, a mark where the level
 * changed.
 *
 * @param document The trend.
 * @param options Width (80 by default, at least 40), colours, ASCII.
 * @returns The text, ending with a line feed. Text from outside can't bring escapes into it.
 */
export function renderTrend(document: TrendDocument, options: GridOptions = {}): string {
  const look: Look = {
    width: Math.max(40, options.width ?? 80),
    color: options.color ?? false,
    ascii: options.ascii ?? false,
    verbose: false,
  };
  const signs = symbols(look.ascii);
  const { points, changePoints, metric } = document;
  const runs = points.length === 1 ? "1 run" : `${points.length} runs`;
  const title = `${document.caseId}: ${metricInfo(metric).title}, median of each of ${runs}`;
  const none = points.length < 8 ? "Too few runs for a change to be told" : "No change of level";
  const lines = [
    paint(clean(title, signs), "title", look.color),
    paint("the side does not begin at zero; runs stand at equal distances", "muted", look.color),
    "",
    ...drawingLines(document, look),
    "",
    ...(changePoints.length === 0
      ? [none]
      : changePoints.flatMap((change) => changeLines(change, metric, look))),
    ...wanderLines(document, look),
    ...omittedLines(document, look),
    paint(clean(`Method: ${document.method}`, signs), "muted", look.color),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}
