/** Judges claims: what runs on this machine say of a published statement. */
import type { RunRecord } from "../record/schema.ts";
import { comparePaired } from "../stats/mod.ts";
import type { ClaimFigure, ClaimResult, ClaimVerdict } from "./claims_document.ts";
import type {
  AcrossCheck,
  Claim,
  Expectation,
  LinkageCheck,
  ObservedCheck,
  RatioCheck,
  Shown,
  ValueCheck,
} from "./claim_types.ts";
import { partsOf } from "./claim_types.ts";
import {
  type Absent,
  findVariants,
  inRuns,
  isAbsent,
  type Measured,
  measureRatio,
  measureValue,
} from "./claim_values.ts";
import { type Band, bandText, notRun, number } from "./claim_words.ts";

/** By how much a figure may differ from the published one, where a claim does not say. */
const FACTOR = 1.5;

/** What a check came to. */
interface Judged {
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
export function bandOf({ about, factor = FACTOR, atLeast, atMost, from, to }: Expectation): Band {
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

function absent({ reason, failed }: Absent): Judged {
  return { verdict: "not-run", why: notRun(reason), figures: [], failed };
}

/** The sentence of a figure that was measured. */
function figureWhy(
  what: string,
  unit: string,
  found: Measured,
  expect: Expectation,
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

function sideText(check: RatioCheck): string {
  const { over, under, metric, scenario } = check;
  const name = scenario.replace(/^.*\/([^/]+)\/scenario\.ya?ml$/, "$1");
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
  const what = `${check.metric} of ${check.scenario}/${check.of.variants.join(" and ")}`;
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

type Part = ReturnType<typeof partsOf>[number];

function judgePart(check: Part, runs: readonly RunRecord[]): Judged {
  switch (check.kind) {
    case "ratio":
      return judgeRatio(check, runs);
    case "value":
      return judgeValue(check, runs);
    default:
      return judgeFacts(check, runs);
  }
}

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
      title: scenario,
      value,
      low,
      high,
      unit: "",
      runId,
    })),
    failed: missing.some((each) => each.failed),
  };
}

/** Looks up the figures that explain a verdict. */
function shownFigures(shows: readonly Shown[], runs: readonly RunRecord[]): ClaimFigure[] {
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
function shownRatios(ratios: Claim["ratios"], runs: readonly RunRecord[]): ClaimFigure[] {
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
function lessonOf({ lesson }: Claim, shown: readonly ClaimFigure[]): string[] {
  if (lesson === undefined) return [];
  const [a, b] = lesson.alike.map((title) => shown.find((f) => f.title === title)?.value);
  if (a === undefined || b === undefined) return [];
  return Math.max(a, b) <= ALIKE * Math.min(a, b) ? [lesson.text] : [];
}

/** A verdict on a claim, and whether a program that it needs failed. */
export interface JudgedClaim {
  readonly result: ClaimResult;
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
