/** Judges claims: what runs on this machine say of a published statement. */
import type { RunRecord } from "../record/schema.ts";
import { comparePaired } from "../stats/mod.ts";
import { lessonOf, shownFigures, shownRatios } from "./_claim_figures.ts";
import {
  absent,
  bandOf,
  decide,
  figureWhy,
  type Judged,
  judgePart,
  type Part,
  sideText,
} from "./_claim_parts.ts";
import type { ClaimFigure, ClaimResult, ClaimVerdict } from "./claims_document.ts";
import { type AcrossCheck, type Claim, partsOf, type RatioCheck } from "./claim_types.ts";
import { isAbsent, type Measured, measureRatio } from "./claim_values.ts";
import { notRun, number, shortName } from "./claim_words.ts";

export { bandOf, decide } from "./_claim_parts.ts";

/** All parts must hold; the one that is furthest from it is what is told first. */
function judgeEvery(parts: readonly Part[], runs: readonly RunRecord[]): Judged {
  const all = parts.map((part) => judgePart(part, runs));
  const rank = { refuted: 0, "not-run": 1, inconclusive: 2, reproduced: 3 } as const;
  const sorted = [...all].sort((a, b) => rank[a.verdict] - rank[b.verdict]);
  const first = sorted[0]!;
  const count = (verdict: ClaimVerdict) => all.filter((each) => each.verdict === verdict).length;
  const summary = all.length === 1
    ? ""
    : `Of ${all.length} comparisons ${count("reproduced")} hold, ${count("refuted")} do not, ${
      count("inconclusive")
    } can't be told, ${count("not-run")} were not run. `;
  return {
    verdict: first.verdict,
    why: summary + first.why,
    ...(first.measured === undefined ? {} : { measured: first.measured }),
    figures: all.flatMap((each, i): ClaimFigure[] => {
      const part = parts[i]!;
      if (each.measured === undefined) return each.figures;
      const { value, low, high, runId } = each.measured;
      if (part.kind !== "ratio") return each.figures;
      return [{ title: sideText(part).replace(/,$/, ""), value, low, high, unit: "", runId }];
    }),
    failed: all.some((each) => each.failed),
  };
}

/** A ratio over scenarios: each scenario is one pair. */
function judgeAcross(check: AcrossCheck, runs: readonly RunRecord[]): Judged {
  const parts = partsOf(check) as RatioCheck[];
  const found = parts.map((part) => ({ part, measured: measureRatio(part, runs) }));
  const there = found.flatMap(({ part, measured }) =>
    isAbsent(measured) ? [] : [{ scenario: part.scenario, measured }]
  );
  const missing = found.map(({ measured }) => measured).filter(isAbsent);
  if (there.length === 0) return absent(missing[0]!);
  const ratios = there.map(({ measured }) => measured.value);
  const compared = comparePaired(ratios, ratios.map(() => 1));
  if (compared === undefined) {
    return absent({ reason: `no scenario has a ${check.metric} above 0`, failed: false });
  }
  const { ratio, low, high, sufficient, count } = compared;
  const { runId } = there[0]!.measured;
  const measured: Measured = { value: ratio, low, high, sufficient, count, runId };
  const verdict = decide(measured, bandOf(check.expect));
  const what = `${check.metric} over ${count} scenarios, ${check.over.variants.join(" and ")} / ${
    check.under.variants.join(" and ")
  },`;
  const left = missing.length === 0 ? "" : ` ${missing.length} of ${parts.length} are missing.`;
  const few = sufficient ? "" : ` ${count} scenarios are too few to tell.`;
  const why = figureWhy(what, "", { ...measured, sufficient: true }, check.expect, verdict);
  return {
    verdict,
    why: why + left + few,
    measured,
    figures: there.map(({ scenario, measured: { value, low, high, runId } }) => ({
      title: shortName(scenario),
      value,
      low,
      high,
      unit: "",
      runId,
    })),
    failed: missing.some((each) => each.failed),
  };
}

/** A verdict on a claim, and whether a program that it needs failed. */
export interface JudgedClaim {
  /** The claim with its verdict. */
  readonly result: ClaimResult;
  /** Whether a program that it needs failed. */
  readonly failed: boolean;
}

/**
 * Judges a claim by runs.
 *
 * @param claim The claim.
 * @param runs Runs, newest first.
 * @param hindered Why something could not be run, by scenario: there is none, the time was over.
 * @returns The claim with its verdict.
 */
export function judgeClaim(
  claim: Claim,
  runs: readonly RunRecord[],
  hindered: ReadonlyMap<string, string> = new Map(),
): JudgedClaim {
  const { check } = claim;
  const parts = partsOf(check);
  const judged = check.kind === "across"
    ? judgeAcross(check, runs)
    : parts.length === 1
    ? judgePart(parts[0]!, runs)
    : judgeEvery(parts, runs);
  const why = judged.verdict !== "not-run"
    ? undefined
    : parts.map((part) => hindered.get(part.scenario)).find((reason) => reason !== undefined);
  const shown = judged.verdict === "not-run"
    ? []
    : [...shownFigures(claim.shows, runs), ...shownRatios(claim.ratios, runs)];
  const words = [why === undefined ? judged.why : notRun(why)];
  if (shown.length > 0) {
    words.push(
      `${shown.map(({ title, value, unit }) => `${title}: ${number(value)} ${unit}`).join("; ")}.`,
    );
  }
  words.push(...lessonOf(claim, shown));
  if (claim.inconsistentSource !== undefined) words.push(claim.inconsistentSource);
  const { measured } = judged;
  const figures = [...judged.figures, ...shown];
  return {
    failed: judged.failed,
    result: {
      id: claim.id,
      statement: claim.statement,
      source: claim.source,
      published: { ...claim.published },
      ...(measured === undefined ? {} : {
        measured: {
          ratio: measured.value,
          low: measured.low,
          high: measured.high,
          runId: measured.runId,
        },
      }),
      ...(figures.length === 0 ? {} : { figures }),
      verdict: judged.verdict,
      why: words.join(" "),
      ...(claim.inconsistentSource === undefined ? {} : {
        inconsistentSource: claim.inconsistentSource,
      }),
      ...(claim.note === undefined ? {} : { note: claim.note }),
    },
  };
}
