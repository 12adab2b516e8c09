/** Judges single checks: a ratio, a figure, facts. */
import type { RunRecord } from "../record/schema.ts";
import type { ClaimFigure, ClaimVerdict } from "./claims_document.ts";
import type {
  ClaimExpectation,
  LinkageCheck,
  ObservedCheck,
  partsOf,
  RatioCheck,
  ValueCheck,
} from "./claim_types.ts";
import {
  type Absent,
  findVariants,
  inRuns,
  isAbsent,
  type Measured,
  measureRatio,
  measureValue,
} from "./claim_values.ts";
import { type Band, bandText, notRun, number, shortName } from "./claim_words.ts";

/** By how much a figure may differ from the published one, where a claim does not say. */
const FACTOR = 1.5;

/** What a check came to. */
export interface Judged {
  readonly verdict: ClaimVerdict;
  readonly why: string;
  readonly measured?: Measured;
  readonly figures: ClaimFigure[];
  readonly failed: boolean;
}

/**
 * Gives the values that reproduce a claim.
 *
 * @param expect What the claim expects.
 * @returns The ends, either of which may be infinite.
 */
export function bandOf(
  { about, factor = FACTOR, atLeast, atMost, from, to }: ClaimExpectation,
): Band {
  if (about !== undefined) return { low: about / factor, high: about * factor };
  return { low: atLeast ?? from ?? -Infinity, high: atMost ?? to ?? Infinity };
}

/**
 * Decides what an interval says of a claim.
 *
 * @param measured The measured figure with its interval.
 * @param band The values that reproduce the claim.
 * @returns Reproduced when the whole interval is among them, refuted when none of it is, else inconclusive;
 * inconclusive too when there were too few executions.
 */
export function decide(
  { low, high, sufficient }: Pick<Measured, "low" | "high" | "sufficient">,
  band: Band,
): Exclude<ClaimVerdict, "not-run"> {
  if (!sufficient) return "inconclusive";
  if (low >= band.low && high <= band.high) return "reproduced";
  return high < band.low || low > band.high ? "refuted" : "inconclusive";
}

/** What is told where there is no figure. */
export function absent({ reason, failed }: Absent): Judged {
  return { verdict: "not-run", why: notRun(reason), figures: [], failed };
}

/** The sentence of a figure that was measured. */
export function figureWhy(
  what: string,
  unit: string,
  found: Measured,
  expect: ClaimExpectation,
  verdict: ClaimVerdict,
): string {
  const { value, low, high, count } = found;
  const interval = low === high ? "" : ` (${number(low)} to ${number(high)})`;
  const published = expect.about === undefined ? "" : `, published ${number(expect.about)}${unit}`;
  const parts = [
    `${what} is ${number(value)}${unit}${interval}${published}; ${bandText(bandOf(expect), unit)}.`,
  ];
  if (verdict === "inconclusive") {
    parts.push(
      found.sufficient
        ? "The interval crosses that limit: more executions, or a quieter machine, would tell."
        : `${count} executions are too few to tell.`,
    );
  }
  return parts.join(" ");
}

/** Says what a ratio is of. */
export function sideText(check: RatioCheck): string {
  const { over, under, metric, scenario } = check;
  const name = shortName(scenario);
  const of = (side: RatioCheck["over"]) => {
    const variants = side.variants.join(" and ");
    const set = Object.entries(side.params).map(([k, value]) => `${k}=${value}`).join(", ");
    const per = Object.entries(side.per ?? {}).map(([k, value]) => `${k}=${value}`).join(", ");
    return variants + (set === "" ? "" : ` with ${set}`) + (per === "" ? "" : ` by ${per}`);
  };
  return `${metric} of ${name}, ${of(over)} / ${of(under)}${check.perCore ? ", by core" : ""},`;
}

function judgeRatio(check: RatioCheck, runs: readonly RunRecord[]): Judged {
  const found = measureRatio(check, runs);
  if (isAbsent(found)) return absent(found);
  const verdict = decide(found, bandOf(check.expect));
  const why = figureWhy(sideText(check), "", found, check.expect, verdict);
  return { verdict, why, measured: found, figures: [], failed: false };
}

function judgeValue(check: ValueCheck, runs: readonly RunRecord[]): Judged {
  const found = measureValue(check, runs);
  if (isAbsent(found)) return absent(found);
  const verdict = decide(found, bandOf(check.expect));
  const what = `${check.metric} of ${shortName(check.scenario)}/${check.of.variants.join(" and ")}`;
  const { value, low, high, runId } = found;
  const { unit } = check;
  // The document has a ratio: of what was measured to what was published, or to the nearer limit.
  const band = bandOf(check.expect);
  const base = check.expect.about ?? (value > band.high ? band.high : band.low);
  const scale = Number.isFinite(base) && base !== 0 ? base : 1;
  return {
    verdict,
    why: figureWhy(what, ` ${unit}`, found, check.expect, verdict),
    measured: { ...found, value: value / scale, low: low / scale, high: high / scale },
    figures: [{ title: what, value, low, high, unit, runId }],
    failed: false,
  };
}

/** Compares yes-or-no facts of variants with what a claim expects of them. */
function judgeFacts(
  check: ObservedCheck | LinkageCheck,
  runs: readonly RunRecord[],
): Judged {
  const found = inRuns(runs, check.scenario, (run, scenario) => {
    const cases = findVariants(scenario, Object.keys(check.expect));
    return isAbsent(cases) ? cases : { cases, runId: run.id };
  });
  if (isAbsent(found)) return absent(found);
  const differ: string[] = [];
  const agree: string[] = [];
  for (const c of found.cases) {
    if (check.kind === "linkage") {
      const expected = check.expect[c.variant]!;
      const linkage = c.build?.linkage;
      if (linkage === undefined) {
        return absent({ reason: `${c.caseId} has no linkage`, failed: false });
      }
      (linkage === expected ? agree : differ).push(`${c.variant} is ${linkage}`);
      continue;
    }
    for (const [question, expected] of Object.entries(check.expect[c.variant]!)) {
      const answer = c.observed?.[question];
      if (answer === undefined) {
        return absent({ reason: `${c.caseId} does not answer ${question}`, failed: false });
      }
      (answer === expected ? agree : differ).push(
        `${c.variant} ${answer ? "has" : "lacks"} "${question}"`,
      );
    }
  }
  const why = differ.length === 0
    ? `As published: ${agree.join(", ")} (run ${found.runId}).`
    : `Not as published: ${differ.join(", ")} (run ${found.runId})${
      agree.length === 0 ? "" : `; as published: ${agree.join(", ")}`
    }.`;
  return {
    verdict: differ.length === 0 ? "reproduced" : "refuted",
    why,
    figures: [],
    failed: false,
  };
}

/** One check of a claim. */
export type Part = ReturnType<typeof partsOf>[number];

/** Judges one check. */
export function judgePart(check: Part, runs: readonly RunRecord[]): Judged {
  switch (check.kind) {
    case "ratio":
      return judgeRatio(check, runs);
    case "value":
      return judgeValue(check, runs);
    default:
      return judgeFacts(check, runs);
  }
}
