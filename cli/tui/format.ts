/** Quantities on the screens. */
import { metricInfo } from "../../lib/report/metrics.ts";
import { type Symbols, symbols } from "../../lib/report/_symbols.ts";
import { formatEstimate, formatQuantity, formatRatio } from "../../lib/report/units.ts";
import type { MetricSummary, Relative } from "../../lib/record/types.ts";
import { type Line, series, style } from "../../lib/tui/mod.ts";

/** The names of languages for people. */
const LANGUAGES: Readonly<Record<string, string>> = {
  python: "Python",
  go: "Go",
  rust: "Rust",
  typescript: "TypeScript",
  javascript: "JavaScript",
  c: "C",
  java: "Java",
  shell: "Shell",
};

/** The name of a language for people. */
export function languageName(language: string): string {
  return LANGUAGES[language] ?? language;
}

/** A score with at most one decimal; a sign where there is none. */
export function formatScore(score: number | undefined, none = "–"): string {
  if (score === undefined) return none;
  return Number.isInteger(score) ? String(score) : score.toFixed(1);
}

/** The signs of quantities. */
export function quantitySigns(ascii: boolean): Symbols {
  return symbols(ascii);
}

/** A metric's value: `12.35 ms`. */
export function formatMetric(name: string, value: number | undefined, ascii: boolean): string {
  if (value === undefined) return "";
  const { quantity, factor } = metricInfo(name);
  return formatQuantity(value * factor, quantity, symbols(ascii));
}

/** A metric's median with half its interval: `12.35 ms ± 0.05`. */
export function formatSummary(
  name: string,
  summary: MetricSummary | undefined,
  ascii: boolean,
): string {
  if (summary === undefined) return "";
  const { quantity, factor } = metricInfo(name);
  return formatEstimate(
    {
      median: summary.median * factor,
      low: summary.low * factor,
      high: summary.high * factor,
    },
    quantity,
    symbols(ascii),
  );
}

/** A value with its unit as evidence has it. */
export function formatValue(value: number, unit: string): string {
  return `${Number(value.toPrecision(4))} ${unit}`.trim();
}

/** A comparison in words, coloured only where it is significant. */
export function relativeLine(relative: Relative | undefined, ascii: boolean): Line {
  if (relative === undefined) return "";
  const { ratio, verdict, metric } = relative;
  if (verdict === "inconclusive") return [{ text: "? inconclusive", style: style("muted") }];
  if (verdict === "equivalent") return "= equivalent";
  const [better, worse] = metricInfo(metric).words;
  const times = ascii ? "x" : "×";
  const text = verdict === "faster"
    ? `${formatRatio(ratio)} ${times} ${better}`
    : `${formatRatio(1 / ratio)} ${times} ${worse}`;
  return [{ text, style: style(verdict === "faster" ? "good" : "bad") }];
}

/** The style of a language's bars: by its place among those that are shown. */
export function languageStyle(languages: readonly string[], language: string): number {
  return style(series(Math.max(0, languages.indexOf(language))));
}

/** The time of day and the date: `2026-11-21 12:04`. */
export function formatTime(at: string): string {
  return at.replace("T", " ").replace(/:\d\d(\.\d+)?Z$/, "");
}
