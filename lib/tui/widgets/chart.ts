/** Points of several series over an axis, in Braille dots or ASCII. */
import { type Buffer, put, type Rect } from "../buffer.ts";
import { series as seriesRole, style } from "../style.ts";
import type { Signs } from "../signs.ts";
import { cellWidth } from "../text.ts";

/** A series of points. */
export interface ChartSeries {
  /** Its name, for the legend; none is drawn when all are empty. */
  readonly name: string;
  /** The points; the order does not matter. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** How a chart is labelled. */
export interface ChartLook {
  /** The signs. */
  readonly signs: Signs;
  /** Writes a value of the vertical axis. */
  readonly formatY: (value: number) => string;
  /** Writes a value of the horizontal axis. */
  readonly formatX?: (value: number) => string;
  /** The vertical axis begins at zero. */
  readonly fromZero?: boolean;
}

/** Bits of a Braille cell by column and row (Unicode 15, section 21.1). */
const DOTS = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]] as const;

interface Range {
  readonly min: number;
  readonly max: number;
}

function rangeOf(values: readonly number[], fromZero: boolean): Range | undefined {
  let min = fromZero ? 0 : Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (max === -Infinity) return undefined;
  return max > min ? { min, max } : { min: min - 0.5, max: max + 0.5 };
}

function place(value: number, { min, max }: Range, steps: number): number {
  return Math.round((value - min) / (max - min) * (steps - 1));
}

/**
 * Draws a chart.
 *
 * @param buffer Where to.
 * @param rect Where; at least 12 cells wide and 3 high, else nothing is drawn.
 * @param all The series. In ASCII and without colours each has its own mark in the legend.
 * @param look Labels and signs.
 */
export function drawChart(
  buffer: Buffer,
  rect: Rect,
  all: readonly ChartSeries[],
  look: ChartLook,
): void {
  if (rect.width < 12 || rect.height < 3) return;
  const xRange = rangeOf(all.flatMap((s) => s.points.map(([x]) => x)), false);
  const yRange = rangeOf(all.flatMap((s) => s.points.map(([, y]) => y)), look.fromZero ?? false);
  if (xRange === undefined || yRange === undefined) return;
  const labels = [look.formatY(yRange.max), look.formatY(yRange.min)];
  const margin = Math.min(Math.floor(rect.width / 3), Math.max(...labels.map(cellWidth))) + 1;
  const named = all.some(({ name }) => name !== "");
  const bottom = look.formatX === undefined && !named ? 0 : 1;
  const plot = {
    x: rect.x + margin + 1,
    y: rect.y,
    width: rect.width - margin - 1,
    height: rect.height - bottom,
  };
  drawAxis(buffer, rect, plot, labels, look.signs);
  for (const [index, { points }] of all.entries()) {
    drawPoints(buffer, plot, points, { xRange, yRange, index, signs: look.signs });
  }
  if (bottom > 0) drawBelow(buffer, plot, all, look, xRange, named);
}

function drawAxis(
  buffer: Buffer,
  rect: Rect,
  plot: Rect,
  labels: readonly string[],
  signs: Signs,
): void {
  const muted = style("muted");
  for (let y = 0; y < plot.height; y++) {
    put(buffer, plot.x - 1, plot.y + y, signs.lines[1], style("border"));
  }
  const width = plot.x - 2 - rect.x;
  const [top, low] = labels as [string, string];
  put(buffer, plot.x - 2 - Math.min(width, cellWidth(top)), plot.y, top, muted, width);
  const y = plot.y + plot.height - 1;
  put(buffer, plot.x - 2 - Math.min(width, cellWidth(low)), y, low, muted, width);
}

interface Plot {
  readonly xRange: Range;
  readonly yRange: Range;
  readonly index: number;
  readonly signs: Signs;
}

function drawPoints(
  buffer: Buffer,
  plot: Rect,
  points: ChartSeries["points"],
  { xRange, yRange, index, signs }: Plot,
): void {
  const look = style(seriesRole(index));
  const [across, down] = signs.ascii ? [1, 1] : [2, 4];
  const cells = new Map<number, number>();
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const column = place(x, xRange, plot.width * across);
    const row = plot.height * down - 1 - place(y, yRange, plot.height * down);
    const at = Math.floor(row / down) * plot.width + Math.floor(column / across);
    const bit = signs.ascii ? 1 : DOTS[column % 2]![row % 4]!;
    cells.set(at, (cells.get(at) ?? 0) | bit);
  }
  for (const [at, bits] of cells) {
    const x = plot.x + at % plot.width;
    const y = plot.y + Math.floor(at / plot.width);
    if (signs.ascii) put(buffer, x, y, signs.marks[index % signs.marks.length]!, look);
    else {
      // Dots of an earlier series in the same cell stay.
      const there = buffer.text[y * buffer.width + x]?.codePointAt(0) ?? 0;
      const before = there >= 0x2800 && there <= 0x28ff ? there - 0x2800 : 0;
      put(buffer, x, y, String.fromCodePoint(0x2800 + (before | bits)), look);
    }
  }
}

function drawBelow(
  buffer: Buffer,
  plot: Rect,
  all: readonly ChartSeries[],
  look: ChartLook,
  xRange: Range,
  named: boolean,
): void {
  const y = plot.y + plot.height;
  const muted = style("muted");
  let x = plot.x;
  if (look.formatX !== undefined) {
    x = put(buffer, x, y, look.formatX(xRange.min), muted) + 1;
    const last = look.formatX(xRange.max);
    put(buffer, Math.max(x, plot.x + plot.width - cellWidth(last)), y, last, muted);
  }
  if (!named) return;
  x = Math.max(x, plot.x + 2);
  for (const [index, { name }] of all.entries()) {
    const mark = look.signs.marks[index % look.signs.marks.length]!;
    if (x + cellWidth(name) + 4 > plot.x + plot.width - 10) return;
    x = put(buffer, x, y, `${mark} ${name}`, style(seriesRole(index))) + 2;
  }
}
