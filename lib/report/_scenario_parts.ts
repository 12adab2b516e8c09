/** What the tables of all kinds of scenarios have: title, notes, cases without a result. */
import type { ScenarioResult } from "../record/schema.ts";
import { type Look, paragraph } from "./_notes.ts";
import type { Row } from "./_rows.ts";
import { paint } from "./_style.ts";
import { symbols } from "./_symbols.ts";
import { clean, fit, pad, quote } from "./_text.ts";
import { sayMedian, sayMetric, sayPublishedValue, sayStatus } from "./_wording.ts";
import { metricInfo } from "./metrics.ts";

/** Lines of a reason before it is cut; `--verbose` shows all of it. */
const REASON_LINES = 3;

/** Writes name and title of a scenario. */
export function titleLines(scenario: ScenarioResult, look: Look): string[] {
  const signs = symbols(look.ascii);
  const name = clean(scenario.name, signs);
  const [first = "", ...rest] = paragraph(`${scenario.name}: ${scenario.title}`, "", look);
  // The name may have been broken over two lines.
  const shown = first.startsWith(name) ? name : first;
  return [paint(shown, "title", look.color) + first.slice(shown.length), ...rest];
}

/** A case without a valid result: greyed, with the reason, and outputs where they were wrong. */
export function unrankedLines(row: Row, labelWidth: number, metric: string, look: Look): string[] {
  const signs = symbols(look.ascii);
  const { case: c } = row;
  const { status, reason } = sayStatus(c);
  const room = Math.max(20, look.width - labelWidth - 4);
  const measured = c.status === "optimised-away" ? sayMetric(c, metric, signs) : "";
  const iteration = metric === "nsPerIteration" || measured === ""
    ? ""
    : sayMedian(c, "nsPerIteration", signs);
  const { published } = row;
  const title = published === undefined || published.value.metric === metric
    ? "published"
    : `published ${metricInfo(published.value.metric).title}`;
  const figures = [
    measured,
    iteration === "" ? "" : `${iteration} per iteration`,
    published === undefined || measured === ""
      ? ""
      : `${title} ${sayPublishedValue(published.value, signs)}`,
  ].filter((figure) => figure !== "").join("; ");
  const text = status + (figures === "" ? "" : ` (${figures})`) +
    (reason === "" ? "" : `: ${reason}`);
  const all = paragraph(text, "", { ...look, width: room });
  const lines = look.verbose ? all : all.slice(0, REASON_LINES);
  if (lines.length < all.length) {
    lines[lines.length - 1] = fit(`${lines.at(-1)} ${all[lines.length]}`, room, signs);
  }
  if (c.status === "wrong-output") {
    if (c.expected !== undefined) lines.push(`expected ${quote(c.expected, room - 9, signs)}`);
    if (c.actual !== undefined) lines.push(`got      ${quote(c.actual, room - 9, signs)}`);
  }
  const label = fit(clean(row.label, signs), labelWidth, signs, "middle");
  return lines.map((line, i) =>
    paint(`${pad(i === 0 ? label : "", labelWidth)}  ${line}`, "muted", look.color)
  );
}

/** Writes what has to be known of a table. */
export function note(text: string, look: Look): string[] {
  return paragraph(text, "  ", look).map((line) => paint(line, "muted", look.color));
}
