/** Shows how a category is measured: the formula, its constants, and worked examples. */
import { nearest, printable, VersusError } from "../error.ts";
import type { Example, Explanation } from "./document.ts";
import { categoryScore, formulaText, pointsOf, termPoints } from "./formula.ts";
import { findValues, rounded, type ScoreInput } from "./score.ts";
import type { Formula } from "./types.ts";

type Values = readonly (readonly (number | undefined)[])[];

function publishedValues(formula: Formula, language: string): Values {
  return formula.terms.map((term) =>
    term.readings.map(({ published }) => published.find((p) => p.language === language)?.value)
  );
}

function resultOf(
  formula: Formula,
  values: Values,
  language: string,
  origin: "published" | "run",
  editorial: number | undefined,
): Explanation["results"] {
  if (values.flat().every((value) => value === undefined)) return [];
  const score = categoryScore(formula, values);
  return [{
    language,
    origin,
    terms: formula.terms.map((term, i) => {
      const points = termPoints(term, values[i]!);
      const { id, weight } = term;
      return { id, weight, ...(points === undefined ? {} : { points: rounded(points) }) };
    }),
    ...(score === undefined ? {} : { score: rounded(score) }),
    ...(editorial === undefined ? {} : { editorial }),
  }];
}

/**
 * Explains a category of a card.
 *
 * @param input The card and the runs.
 * @param id The category.
 * @param languages The languages to work out, those of the score document.
 * @returns Formula, constants with their reasons, and every known figure worked out.
 * @throws {VersusError} If there is no such category, with the nearest; or it has no formula.
 */
export function explainCategory(
  input: Omit<ScoreInput, "weights">,
  id: string,
  languages: readonly string[],
): Explanation {
  const { card } = input;
  const category = card.categories.find((c) => c.id === id);
  if (category === undefined) {
    const ids = card.categories.map((c) => c.id);
    const near = nearest(id, ids);
    throw new VersusError(
      `Unknown category ${printable(id)}${near === undefined ? "" : `; did you mean ${near}?`}`,
      { hint: `Valid are: ${ids.join(", ")}` },
    );
  }
  const { name, measured: formula, unmeasured, editorial } = category;
  if (formula === undefined) {
    const measured = card.categories.filter((c) => c.measured !== undefined).map((c) => c.id);
    throw new VersusError(
      `${id} has no formula${unmeasured === undefined ? "" : `: ${unmeasured.replace(/\.$/, "")}`}`,
      { hint: `These have one: ${measured.join(", ")}` },
    );
  }
  const found = new Map(languages.map((l) => [l, findValues(formula, l, input)]));
  const given = editorial?.scores as Record<string, number> | undefined;
  return {
    category: id,
    name,
    needs: typeof formula.needs === "string" ? formula.needs : [...formula.needs],
    ...(formula.note === undefined ? {} : { note: formula.note }),
    terms: formula.terms.map((term, i) => ({
      id: term.id,
      title: term.title,
      weight: term.weight,
      needs: term.needs,
      readings: term.readings.map((reading, j) => {
        const { scenario, metric, unit, shape, ten, zero, why } = reading;
        const published = reading.published.map(({ language, value, source, note }): Example => ({
          language,
          origin: "published",
          value,
          points: rounded(pointsOf(value, reading)),
          source,
          ...(note === undefined ? {} : { note }),
        }));
        const runs = languages.flatMap((language): Example[] => {
          const value = found.get(language)?.[i]?.[j];
          return value === undefined ? [] : [{
            language,
            origin: "run",
            value: value.value,
            points: rounded(pointsOf(value.value, reading)),
            source: value.runId,
            note: value.caseId,
          }];
        });
        const variants = Object.fromEntries(
          Object.entries(reading.variants).map(([language, names]) => [language, [...names]]),
        );
        const formula = formulaText(reading);
        const examples = [...published, ...runs];
        return { scenario, metric, unit, shape, ten, zero, formula, why, variants, examples };
      }),
    })),
    results: languages.flatMap((language) => [
      ...resultOf(
        formula,
        publishedValues(formula, language),
        language,
        "published",
        given?.[language],
      ),
      ...resultOf(
        formula,
        found.get(language)!.map((row) => row.map((value) => value?.value)),
        language,
        "run",
        given?.[language],
      ),
    ]),
  };
}
