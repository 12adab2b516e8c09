/** Comparisons, statuses and published figures in words; shared by the table and Markdown. */
import type { CaseResult, PublishedValue, Relative, ScenarioResult } from "../record/schema.ts";
import { metricInfo } from "./metrics.ts";
import type { Row } from "./_rows.ts";
import type { Tone } from "./_style.ts";
import type { Symbols } from "./_symbols.ts";
import { formatEstimate, formatQuantity, formatRatio } from "./units.ts";

/** Text with its meaning. */
export interface Said {
  readonly text: string;
  readonly tone: Tone;
}

/** Whether a ratio (the reference's value ÷ this one's) is in favour of this one. */
function isBetter(ratio: number, metric: string): boolean {
  return metricInfo(metric).better === "lower" ? ratio > 1 : ratio < 1;
}

/** `64.2 × faster`, from a ratio and what it is of. */
function times(ratio: number, metric: string, signs: Symbols): string {
  const [better, worse] = metricInfo(metric).words;
  const word = isBetter(ratio, metric) ? better : worse;
  return `${formatRatio(ratio >= 1 ? ratio : 1 / ratio)} ${signs.times} ${word}`;
}

/**
 * Says a comparison: coloured only where it is significant, and never by colour alone.
 *
 * @param relative The comparison.
 * @param signs Give the multiplication sign.
 * @returns `64.2 × faster`, `1.04 × slower`, `= equivalent` or `? inconclusive`.
 */
export function sayRelative(relative: Relative, signs: Symbols): Said {
  const { ratio, metric } = relative;
  if (relative.verdict === "equivalent") return { text: "= equivalent", tone: "plain" };
  if (relative.verdict === "inconclusive" || !(ratio > 0)) {
    return { text: "? inconclusive", tone: "plain" };
  }
  return { text: times(ratio, metric, signs), tone: isBetter(ratio, metric) ? "good" : "bad" };
}

/**
 * Says the interval of a comparison, in the direction in which {@linkcode sayRelative} tells it.
 *
 * @param relative The comparison.
 * @param signs Give the dash.
 * @returns For example `62.9–65.5`; empty when an end is not positive.
 */
export function sayInterval({ ratio, low, high }: Relative, signs: Symbols): string {
  if (!(ratio > 0 && low > 0 && high > 0)) return "";
  const ends = ratio >= 1 ? [low, high] : [1 / high, 1 / low];
  return ends.map(formatRatio).join(signs.to);
}

/** A published value in its own unit: `79.18 s`, `10144 KB`. */
export function sayPublishedValue(figure: PublishedValue, signs: Symbols): string {
  const { quantity, factor } = metricInfo(figure.metric);
  return quantity === "time"
    ? formatQuantity(figure.value * factor, quantity, signs)
    : `${Number(figure.value.toPrecision(6))} ${figure.unit}`.trimEnd();
}

/** What a document published for a row: a ratio where it has both figures, else the figure. */
export function sayPublished(row: Row, signs: Symbols): string {
  if (row.published === undefined) return "";
  const { ratio, value } = row.published;
  if (ratio === undefined) return sayPublishedValue(value, signs);
  return Math.abs(ratio - 1) < 0.005 ? "= same" : times(ratio, value.metric, signs);
}

/** Whether the peak memory of a case is a bound: the launcher could not see below it. */
export function hasBound(c: CaseResult): boolean {
  return c.samples.some(({ maxRssBound }) => maxRssBound === "upper");
}

function bounded(c: CaseResult, metric: string, text: string, signs: Symbols): string {
  return metric === "maxRssKb" && hasBound(c) ? `${signs.atMost} ${text}` : text;
}

/** One metric of a case with half its interval; empty when it was not measured. */
export function sayMetric(c: CaseResult, metric: string, signs: Symbols): string {
  const summary = c.summary[metric];
  if (summary === undefined) return "";
  const { quantity, factor } = metricInfo(metric);
  const { median, low, high } = summary;
  const estimate = { median: median * factor, low: low * factor, high: high * factor };
  return bounded(c, metric, formatEstimate(estimate, quantity, signs), signs);
}

/** The median of one metric of a case; empty when it was not measured. */
export function sayMedian(c: CaseResult, metric: string, signs: Symbols): string {
  const summary = c.summary[metric];
  if (summary === undefined) return "";
  const { quantity, factor } = metricInfo(metric);
  return bounded(c, metric, formatQuantity(summary.median * factor, quantity, signs), signs);
}

/** Two executions may differ by so much without there being a second process. */
const TREE_FROM = 1.1;

/** Whether a case has several processes, whose memory together is what counts. */
export function hasTree({ summary: { treeRssKb, maxRssKb } }: CaseResult): boolean {
  return treeRssKb !== undefined && maxRssKb !== undefined &&
    treeRssKb.median > TREE_FROM * maxRssKb.median;
}

/** Peak memory: `≤` marks a bound, `Σ` the sum over several processes. */
export function sayMemory(c: CaseResult, signs: Symbols): string {
  return hasTree(c)
    ? `${signs.sum} ${sayMedian(c, "treeRssKb", signs)}`
    : sayMedian(c, "maxRssKb", signs);
}

/** What was calibrated: `n: found for 2 s an execution`; empty where nothing was. */
export function sayCalibrated({ calibrated }: Pick<ScenarioResult, "calibrated">): string {
  if (calibrated === undefined) return "";
  const { parameter, targetS } = calibrated;
  const time = targetS >= 1 ? `${targetS} s` : `${Number((1000 * targetS).toPrecision(6))} ms`;
  return `${parameter}: found for each variant, for ${time} an execution`;
}

/** Why a case has no place in the order. */
export function sayStatus(c: CaseResult): { status: string; reason: string } {
  if (c.status !== "ok") return { status: c.status, reason: c.reason ?? "" };
  return {
    status: "not measured",
    reason: c.reason ?? (c.samples.length === 0 ? "no sample was taken" : "not with this metric"),
  };
}
