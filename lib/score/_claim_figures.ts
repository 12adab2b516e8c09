/** The figures beside a verdict: what explains it. */
import type { RunRecord } from "../record/schema.ts";
import type { Claim, Shown } from "./claim_types.ts";
import { isAbsent, measureRatio, measureValue } from "./claim_values.ts";
import type { ClaimFigure } from "./claims_document.ts";

/** Looks up the figures that explain a verdict. */
export function shownFigures(shows: readonly Shown[], runs: readonly RunRecord[]): ClaimFigure[] {
  return shows.flatMap(({ title, scenario, variant, metric, unit }) => {
    const found = measureValue({
      kind: "value",
      scenario,
      metric,
      unit,
      params: {},
      of: { variants: [variant], params: {}, unused: true },
      expect: { atLeast: 0 },
    }, runs);
    if (isAbsent(found)) return [];
    const { value, low, high, runId } = found;
    return [{ title, value, low, high, unit, runId }];
  });
}

/** Looks up the ratios that explain a verdict. */
export function shownRatios(ratios: Claim["ratios"], runs: readonly RunRecord[]): ClaimFigure[] {
  return ratios.flatMap(({ title, scenario, metric, over, under }) => {
    const expect = { atLeast: 0 };
    const found = measureRatio(
      { kind: "ratio", scenario, metric, params: {}, over, under, perCore: false, expect },
      runs,
    );
    if (isAbsent(found)) return [];
    const { value, low, high, runId } = found;
    return [{ title, value, low, high, unit: "times", runId }];
  });
}

/** Two figures are alike within this factor. */
const ALIKE = 1.5;

/** What the shown figures teach, if the two that it rests on are there and alike. */
export function lessonOf({ lesson }: Claim, shown: readonly ClaimFigure[]): string[] {
  if (lesson === undefined) return [];
  const [a, b] = lesson.alike.map((title) => shown.find((f) => f.title === title)?.value);
  if (a === undefined || b === undefined) return [];
  return Math.max(a, b) <= ALIKE * Math.min(a, b) ? [lesson.text] : [];
}
