/** Makes the scores of a card: editorial, measured, and what both rest on. */
import type { RunRecord } from "../record/schema.ts";
import { LANGUAGES } from "../scenario/mod.ts";
import type {
  EvidenceItem,
  MissingItem,
  ScoreCard,
  ScoreCategory,
  ScoreCell,
  ScoreTotal,
} from "./document.ts";
import { categoryScore, pointsOf, publishedScore } from "./formula.ts";
import type { LanguageFacts } from "./languages.ts";
import { findReading, type Found, whyNotFound } from "./metric.ts";
import type { CardEvidence, Category, Formula, Scorecard } from "./types.ts";
import type { Weights } from "./weights.ts";
import { profileResult } from "./weights.ts";

/** What scores are made from. */
export interface ScoreInput {
  /** The card. */
  readonly card: Scorecard;
  /** Runs of this machine, newest first. */
  readonly runs: readonly RunRecord[];
  /** What is known of the languages' versions. */
  readonly facts: LanguageFacts;
  /** Weights in the place of the card's. */
  readonly weights: Weights;
}

/** Two decimals are more than a score means. */
export function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}

/** The values of all readings of a formula for a language. */
export type FormulaValues = readonly (readonly (Found | undefined)[])[];

/** Looks up every reading of a formula. */
export function findValues(
  formula: Formula,
  language: string,
  { runs, facts }: Pick<ScoreInput, "runs" | "facts">,
): FormulaValues {
  return formula.terms.map((term) =>
    term.readings.map((reading) => findReading(reading, language, runs, facts))
  );
}

/** The scenarios whose runs a card's formulas read. */
export function scenariosOf(card: Scorecard): Set<string> {
  return new Set(
    card.categories.flatMap((category) =>
      category.measured?.terms.flatMap((t) => t.readings.map((r) => r.scenario)) ?? []
    ),
  );
}

function cardEvidence(item: CardEvidence): EvidenceItem {
  const dated = item.date === undefined ? {} : { date: item.date };
  if (item.run !== undefined) {
    return {
      kind: "run",
      runId: item.run,
      ...(item.case === undefined ? {} : { caseId: item.case }),
    };
  }
  const source = item.source!;
  if (item.fact !== undefined) return { kind: "fact", text: item.fact, source, ...dated };
  if (item.list !== undefined) {
    return { kind: "list", title: item.list, items: [...item.items!], source, ...dated };
  }
  return {
    kind: "published",
    title: item.published!,
    value: item.value!,
    unit: item.unit!,
    source,
    ...(item.note === undefined ? {} : { note: item.note }),
  };
}

/** The measurements and published figures that a formula's score rests on. */
function formulaEvidence(
  formula: Formula,
  language: string,
  values: FormulaValues,
): EvidenceItem[] {
  return formula.terms.flatMap((term, i) =>
    term.readings.flatMap((reading, j): EvidenceItem[] => {
      const items: EvidenceItem[] = [];
      const found = values[i]?.[j];
      const { metric, unit } = reading;
      if (found !== undefined) {
        const points = rounded(pointsOf(found.value, reading));
        items.push({ kind: "run", term: term.id, metric, unit, ...found, points });
      }
      for (const { language: of, value, source, note } of reading.published) {
        if (of !== language) continue;
        items.push({
          kind: "published",
          term: term.id,
          title: `${reading.scenario}: ${metric}`,
          value,
          unit,
          source,
          ...(note === undefined ? {} : { note }),
          points: rounded(pointsOf(value, reading)),
        });
      }
      return items;
    })
  );
}

/** What a formula lacks for a language: of terms that no reading speaks for, and of needed readings. */
function missingOf(
  formula: Formula,
  language: string,
  values: FormulaValues,
  runs: readonly RunRecord[],
): MissingItem[] {
  return formula.terms.flatMap((term, i) => {
    const absent = term.readings.filter((_, j) => values[i]?.[j] === undefined);
    if (absent.length === 0) return [];
    if (term.needs === "any" && absent.length < term.readings.length) return [];
    // One reading is enough where any will do: the one that can be run is named.
    const reasons = absent.map((reading) => ({
      term: term.id,
      ...whyNotFound(reading, language, runs),
    }));
    return term.needs === "all"
      ? reasons
      : [reasons.find((r) => r.run !== undefined) ?? reasons[0]!];
  });
}

function cellOf(category: Category, language: string, input: ScoreInput): ScoreCell {
  const { editorial, measured: formula } = category;
  const given = (editorial?.scores as Record<string, number> | undefined)?.[language];
  const cell: ScoreCell = {
    ...(given === undefined ? {} : { editorial: given }),
    evidence: category.evidence
      .filter((item) => item.language === undefined || item.language === language)
      .map(cardEvidence),
  };
  if (formula === undefined) return cell;
  const values = findValues(formula, language, input);
  const measured = categoryScore(formula, values.map((row) => row.map((found) => found?.value)));
  const published = publishedScore(formula, language);
  const missing = missingOf(formula, language, values, input.runs);
  return {
    ...cell,
    ...(measured === undefined ? {} : { measured: rounded(measured) }),
    ...(published === undefined ? {} : { published: rounded(published) }),
    evidence: [...cell.evidence, ...formulaEvidence(formula, language, values)],
    ...(missing.length === 0 ? {} : { missing }),
  };
}

/** The card's languages, then others of which something was measured. */
function languagesOf({ card, runs, facts }: ScoreInput): string[] {
  const others = LANGUAGES.filter((language) =>
    !card.languages.includes(language) &&
    card.categories.some(({ measured }) =>
      measured !== undefined &&
      findValues(measured, language, { runs, facts }).flat().some((found) => found !== undefined)
    )
  );
  return [...card.languages, ...others];
}

/**
 * Adds up the scores of a language.
 *
 * @param categories The categories with their weights and scores; one without weight does not count.
 * @param language The language.
 * @returns Totals: a measured one only when every category that counts has a measured score.
 */
export function totalOf(
  categories: readonly Pick<ScoreCategory, "id" | "weight" | "scores">[],
  language: string,
): ScoreTotal {
  const counted = categories.filter(({ weight }) => weight > 0);
  const sumOf = (kind: "editorial" | "measured") => {
    let sum = 0;
    let weights = 0;
    const missing: string[] = [];
    for (const { id, weight, scores } of counted) {
      const score = scores[language]?.[kind];
      if (score === undefined) missing.push(id);
      else {
        sum += weight * score;
        weights += weight;
      }
    }
    return { sum: rounded(sum), of: rounded(10 * weights), missing };
  };
  const editorial = sumOf("editorial");
  const { sum, of, missing } = sumOf("measured");
  return {
    ...(editorial.missing.length === 0 ? { editorial: editorial.sum } : {}),
    ...(missing.length === 0 ? { measured: sum } : { sum, of, missing }),
  };
}

/**
 * Makes the scores of a card.
 *
 * @param input The card, the runs, the weights.
 * @returns The part of the score document that is about this card.
 */
export function scoreCard(input: ScoreInput): ScoreCard {
  const { card, weights } = input;
  const languages = languagesOf(input);
  const categories = card.categories.map((category): ScoreCategory => ({
    id: category.id,
    name: category.name,
    short: category.short,
    weight: weights.of[category.id] ?? category.weight,
    ...(category.unmeasured === undefined ? {} : { unmeasured: category.unmeasured }),
    scores: Object.fromEntries(languages.map((l) => [l, cellOf(category, l, input)])),
  }));
  const totals = Object.fromEntries(languages.map((l) => [l, totalOf(categories, l)]));
  return {
    card: card.name,
    title: card.title,
    profile: weights.profile,
    ...(weights.need === undefined ? {} : { need: profileResult(weights.need, totals) }),
    languages,
    categories,
    totals,
    sources: Object.fromEntries(
      Object.entries(card.sources).map(([name, source]) => [name, { ...source }]),
    ),
  };
}
