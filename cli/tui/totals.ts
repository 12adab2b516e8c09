/** Totals with the weights of the moment: they follow every press of + and -. */
import type { ScoreCategory, ScoreTotal } from "../../lib/score/document.ts";

/** Two decimals are more than a score means. */
function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}

/**
 * Adds up the scores of a language, as `versus score` does.
 *
 * @param categories The categories.
 * @param language The language.
 * @param weightOf The weight of a category; one without weight does not count.
 * @returns Totals: a measured one only when every category that counts has a measured score.
 */
export function totalsOf(
  categories: readonly ScoreCategory[],
  language: string,
  weightOf: (category: ScoreCategory) => number,
): ScoreTotal {
  const total: ScoreTotal = {};
  for (const kind of ["editorial", "measured"] as const) {
    let sum = 0;
    let of = 0;
    const missing: string[] = [];
    for (const category of categories) {
      const weight = weightOf(category);
      if (weight <= 0) continue;
      const score = category.scores[language]?.[kind];
      if (score === undefined) missing.push(category.id);
      else {
        sum += weight * score;
        of += 10 * weight;
      }
    }
    if (missing.length === 0) total[kind] = rounded(sum);
    else if (kind === "measured") {
      Object.assign(total, { sum: rounded(sum), of: rounded(of), missing });
    }
  }
  return total;
}
