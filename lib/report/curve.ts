/** Curves in a terminal: several series with marks of their own, axes with round values, a legend. */
import { Canvas } from "./_canvas.ts";
import { type Axis, place, placeAxis, ticks, valueAxis } from "./_axis.ts";
import { paint } from "./_style.ts";
import { type Symbols, symbols } from "./_symbols.ts";
import { clean, displayWidth, fit, pad, wrap } from "./_text.ts";
import type { GridOptions } from "./grid.ts";

/** A value at a place. */
export interface CurvePoint {
  /** Where: the parameter's value. */
  readonly x: number;
  /** What was measured there. */
  readonly y: number;
}

/** The points of one variant. */
export interface CurveSeries {
  /** Its name. */
  readonly label: string;
  /** Its points, in any order. */
  readonly points: readonly CurvePoint[];
  /** A law that is drawn as a line in the place of straight ones from point to point. */
  readonly law?: (x: number) => number;
}

/** What is drawn around the series. */
export interface CurveOptions extends GridOptions {
  /** What is at the bottom: `workers`. */
  readonly xTitle: string;
  /** What is at the side: `time`. */
  readonly yTitle: string;
  /** Writes a value of the side; digits by default. */
  readonly formatY?: (value: number) => string;
  /** Rows of the drawing, 12 by default. */
  readonly height?: number;
  /** A dotted line to compare with, and what it is. */
  readonly guide?: { readonly label: string; readonly at: (x: number) => number };
}

/** More series than this can't be told apart. */
const MAX_SERIES = 12;

/** Columns of dots from one dot of a dotted line to the next. */
const DOTTED = 4;

interface Drawing {
  readonly canvas: Canvas;
  readonly x: Axis;
  readonly y: Axis;
}

/** Writes a value of the bottom: in powers of ten from thousands on, where the axis goes far. */
function formatX(value: number, { max }: Axis): string {
  const short = value.toExponential().replace("e+", "e");
  return max >= 1e5 && Math.abs(value) >= 1000 && short.length < 6 ? short : `${value}`;
}

/** Draws a function over the whole width; only every so many columns of dots where it is dotted. */
function drawLaw({ canvas, x, y }: Drawing, at: (x: number) => number, every: number): void {
  const steps = 2 * canvas.width - 1;
  let before: [number, number] | undefined;
  for (let i = 0; i <= steps; i++) {
    const share = i / steps;
    const value = x.kind === "log"
      ? x.min * (x.max / x.min) ** share
      : x.min + share * (x.max - x.min);
    const here: [number, number] = [share, place(at(value), y)];
    if (every > 1) {
      if (i % every === 0) canvas.dot(...here);
    } else if (before !== undefined) canvas.line(before, here);
    before = here;
  }
}

function drawSeries(drawing: Drawing, { points, law }: CurveSeries): void {
  const { canvas, x, y } = drawing;
  if (law !== undefined) return drawLaw(drawing, law, 1);
  const sorted = [...points].sort((a, b) => a.x - b.x);
  sorted.slice(1).forEach((point, i) => {
    const before = sorted[i]!;
    canvas.line([place(before.x, x), place(before.y, y)], [place(point.x, x), place(point.y, y)]);
  });
}

/** The labels at the side, one for each row of the drawing. */
function sideLabels({ canvas, y }: Drawing, format: (value: number) => string): string[] {
  const labels = Array<string>(canvas.height).fill("");
  for (const value of ticks(y, Math.max(2, Math.floor(canvas.height / 2)))) {
    const row = Math.round((1 - place(value, y)) * (canvas.height - 1));
    labels[row] ||= format(value);
  }
  return labels;
}

/** The labels at the bottom: values that were measured where there is room, else round ones. */
function bottomLabels({ canvas, x }: Drawing, values: readonly number[]): string {
  const line = Array<string>(canvas.width).fill(" ");
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const crowded =
    sorted.reduce((sum, value) => sum + formatX(value, x).length + 2, 0) > canvas.width;
  let free = 0;
  for (const value of crowded ? ticks(x, Math.max(2, Math.floor(canvas.width / 10))) : sorted) {
    const text = formatX(value, x);
    const middle = Math.min(canvas.width - 1, Math.floor(place(value, x) * canvas.width));
    const start = Math.min(canvas.width - text.length, Math.max(0, middle - (text.length >> 1)));
    if (start < free) continue;
    [...text].forEach((char, i) => line[start + i] = char);
    free = start + text.length + 1;
  }
  return line.join("").trimEnd();
}

function legend(series: readonly CurveSeries[], options: CurveOptions, signs: Symbols): string {
  const drawn = series.slice(0, MAX_SERIES).map(({ label }, i) => `${signs.marks[i]} ${label}`);
  const more = series.length - drawn.length;
  return [
    ...drawn,
    ...(more > 0 ? [`${more} more are not drawn`] : []),
    ...(options.guide === undefined ? [] : [`${signs.dotted} ${options.guide.label}`]),
  ].map((part) => clean(part, signs).replaceAll(" ", "\u00a0")).join("   ");
}

/**
 * Draws curves.
 *
 * An axis is logarithmic where its values range far: at the side from a factor of 30, at the bottom
 * where the values follow one another by a factor. Otherwise the side begins at zero.
 *
 * @param series At least one with at least one point; the first twelve are drawn.
 * @param options Titles, formats, width (80 cells by default, at least 30), colours, ASCII.
 * @returns The lines, none wider than `width`: the side's title, the drawing, the bottom's values and
 * title, the legend.
 */
export function drawCurves(series: readonly CurveSeries[], options: CurveOptions): string[] {
  const { width = 80, height = 12, ascii = false, color = false, guide } = options;
  const signs = symbols(ascii);
  const drawn = series.slice(0, MAX_SERIES);
  const points = drawn.flatMap((one) => one.points);
  const [x, y] = [placeAxis(points.map((p) => p.x)), valueAxis(points.map((p) => p.y))];
  const format = options.formatY ?? ((value: number) => `${value}`);
  const side = sideLabels({ canvas: new Canvas(1, height, ascii), x, y }, format);
  const sideWidth = Math.max(...side.map(displayWidth));
  const canvas = new Canvas(Math.max(10, Math.max(30, width) - sideWidth - 2), height, ascii);
  const drawing = { canvas, x, y };
  if (guide !== undefined) drawLaw(drawing, guide.at, DOTTED);
  for (const one of drawn) drawSeries(drawing, one);
  drawn.forEach(({ points }, i) => {
    for (const point of points) canvas.mark(place(point.x, x), place(point.y, y), signs.marks[i]!);
  });
  const indent = " ".repeat(sideWidth + 2);
  const muted = (text: string) => paint(text, "muted", color);
  const bottom = bottomLabels(drawing, points.map((p) => p.x));
  const log = [x.kind === "log" ? "bottom" : "", y.kind === "log" ? "side" : ""]
    .filter((name) => name !== "").join(" and ");
  const titles = `${options.xTitle}${log === "" ? "" : ` (logarithmic: ${log})`}`;
  const texts = wrap(legend(series, options, signs), Math.max(30, width) - indent.length);
  return [
    muted(fit(clean(options.yTitle, signs), width, signs)),
    ...canvas.rows().map((row, i) => {
      const label = pad(side[i]!, sideWidth, "right");
      return `${muted(`${label} ${side[i] === "" ? signs.side : signs.sideTick}`)}${row}`.trimEnd();
    }),
    muted(`${" ".repeat(sideWidth + 1)}${signs.corner}${signs.bottom.repeat(canvas.width)}`),
    muted(indent + bottom),
    muted(indent + fit(clean(titles, signs), canvas.width, signs)),
    ...texts.map((text) => indent + text.replaceAll("\u00a0", " ")),
  ];
}
