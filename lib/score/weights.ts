/** Weights of categories: the card's, a profile's, or said on the command line. */
import { nearest, printable, VersusError } from "../error.ts";
import type { ProfileResult, ScoreTotal } from "./document.ts";
import type { Profile, Scorecard } from "./types.ts";

/** Weights in use. */
export interface Weights {
  /** A profile's name, `custom` or `default`. */
  readonly profile: string;
  /** Weights by category, in the place of the card's. */
  readonly of: Readonly<Record<string, number>>;
  /** The profile, if one was chosen. */
  readonly need?: Profile;
}

function unknown(
  card: Scorecard,
  what: string,
  name: string,
  known: readonly string[],
): VersusError {
  const near = nearest(name, known);
  return new VersusError(
    `Unknown ${what} ${printable(name)}${near === undefined ? "" : `; did you mean ${near}?`}`,
    { hint: `The card ${card.name} has ${known.length === 0 ? "none" : known.join(", ")}` },
  );
}

/**
 * Chooses the weights of a card.
 *
 * @param card The card.
 * @param profile A profile's name: its weights, and 0 for what it does not name.
 * @param given Weights by category, as texts; they win over both.
 * @returns The weights.
 * @throws {VersusError} If the profile or a category is unknown, a weight is no number or below zero, or
 * nothing is left that counts.
 */
export function chooseWeights(
  card: Scorecard,
  profile: string | undefined,
  given: Readonly<Record<string, string>> = {},
): Weights {
  const ids = card.categories.map(({ id }) => id);
  const need = profile === undefined ? undefined : card.profiles.find((p) => p.name === profile);
  if (profile !== undefined && need === undefined) {
    throw unknown(card, "profile", profile, card.profiles.map((p) => p.name));
  }
  const weights: Record<string, number> = {};
  for (const { id, weight } of card.categories) {
    weights[id] = need === undefined ? weight : need.weights[id] ?? 0;
  }
  for (const [id, text] of Object.entries(given)) {
    if (!ids.includes(id)) throw unknown(card, "category", id, ids);
    const weight = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : NaN;
    if (!Number.isFinite(weight)) {
      throw new VersusError(
        `Found ${printable(text)} as the weight of ${id}, expected a number of at least 0`,
        { hint: "For example --weights performance=2,deployment=0.5" },
      );
    }
    weights[id] = weight;
  }
  if (Object.values(weights).every((weight) => weight === 0)) {
    throw new VersusError("Found no category with a weight above 0, expected at least one", {
      hint: `The categories are: ${ids.join(", ")}`,
    });
  }
  const custom = Object.keys(given).length > 0;
  return {
    profile: need === undefined
      ? custom ? "custom" : "default"
      : custom
      ? `${need.name}, custom`
      : need.name,
    of: weights,
    ...(need === undefined ? {} : { need }),
  };
}

/**
 * Compares what a profile's weights give with what its document concluded.
 *
 * @param profile The profile.
 * @param totals The totals by language.
 * @returns The order of the editorial totals beside the document's verdict.
 */
export function profileResult(
  profile: Profile,
  totals: Readonly<Record<string, ScoreTotal>>,
): ProfileResult {
  const { name, title, why, source, verdict } = profile;
  const ranked = Object.entries(totals).filter(([, t]) => t.editorial !== undefined)
    .sort(([, a], [, b]) => b.editorial! - a.editorial!);
  const order = ranked.map(([language]) => language);
  if (verdict === undefined) return { name, title, why, order };
  // A tie agrees with either order.
  const value = (language: string) => totals[language]?.editorial ?? -Infinity;
  const agrees =
    verdict.every((language, i) => i === 0 || value(verdict[i - 1]!) >= value(language)) &&
    order.filter((l) => !verdict.some((named) => named === l))
      .every((l) => value(l) <= value(verdict.at(-1)!));
  return {
    name,
    title,
    why,
    ...(source === undefined ? {} : { source }),
    verdict: [...verdict],
    order,
    agrees,
  };
}
