/** What a schema cannot say of a scorecard: names that must exist, sums that must be right. */
import { nearest, printable } from "../error.ts";
import type { Problem } from "../scenario/mod.ts";
import { validAnchors } from "./formula.ts";
import type { CardEvidence, Category, Scorecard } from "./types.ts";

/** The keys one of which says what kind of evidence it is. */
const KINDS = ["fact", "list", "published", "run"] as const;

/** Names that are there, for "expected …". */
function expected(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean "${printable(near)}"?`;
  return known.length === 0
    ? "there are none"
    : `expected ${known.map((k) => `"${k}"`).join(", ")}`;
}

/**
 * Checks a card whose form is right.
 *
 * @param card The card.
 * @param runIds Lists the runs that evidence may point to.
 * @returns What is wrong, in the order of the file.
 */
export function checkCard(card: Scorecard, runIds: () => readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const sources = Object.keys(card.sources);
  const add = (path: string, message: string) => problems.push({ path, message });
  const source = (path: string, name: string | undefined) => {
    if (name === undefined) add(path, "missing, expected the name of one of the sources");
    else if (!sources.includes(name)) {
      add(path, `unknown source "${printable(name)}", ${expected(name, sources)}`);
    }
  };
  const once = (path: string, what: string, words: readonly string[]) => {
    words.forEach((word, i) => {
      if (words.indexOf(word) < i) add(`${path}[${i}]`, `the ${what} "${word}" is given twice`);
    });
  };
  const ids = card.categories.map((c) => c.id);
  once("languages", "language", card.languages);
  once("categories", "category", ids);
  once("profiles", "profile", card.profiles.map((p) => p.name));

  let runs: readonly string[] | undefined;
  card.categories.forEach((category, i) => {
    const at = `categories[${i}]`;
    for (const language of Object.keys(category.editorial?.scores ?? {})) {
      if (card.languages.some((l) => l === language)) continue;
      add(
        `${at}.editorial.scores.${language}`,
        `unknown language "${language}" in this card, ${expected(language, card.languages)}`,
      );
    }
    if (category.editorial !== undefined) {
      source(`${at}.editorial.source`, category.editorial.source);
    }
    category.evidence.forEach((item, j) => {
      const where = `${at}.evidence[${j}]`;
      const kinds = KINDS.filter((kind) => item[kind] !== undefined);
      if (kinds.length !== 1) {
        add(where, `found ${kinds.join(" and ") || "none"}, expected one of ${KINDS.join(", ")}`);
        return;
      }
      if (item.run === undefined) source(`${where}.source`, item.source);
      else {
        runs ??= runIds();
        if (!runs.includes(item.run)) {
          add(
            `${where}.run`,
            `found run "${
              printable(item.run)
            }", which was deleted or made elsewhere, expected a run ` +
              `that is here${nearRun(item.run, runs)}`,
          );
        }
      }
      for (const [key, of] of incomplete(item)) add(`${where}.${key}`, `missing, ${of} needs it`);
    });
    checkFormula(category, at, add, source);
  });
  card.profiles.forEach((profile, i) => {
    const at = `profiles[${i}]`;
    for (const name of Object.keys(profile.weights)) {
      if (ids.includes(name)) continue;
      add(`${at}.weights.${printable(name)}`, `unknown category, ${expected(name, ids)}`);
    }
    if (Object.values(profile.weights).every((w) => w === 0)) {
      add(`${at}.weights`, "found no weight above 0, expected at least one");
    }
    if (profile.verdict !== undefined) source(`${at}.source`, profile.source);
  });
  checkTotals(card, add);
  return problems;
}

function nearRun(id: string, runs: readonly string[]): string {
  const near = nearest(id, runs);
  return near === undefined ? "" : `; the nearest is ${near}`;
}

/** The keys that a kind of evidence lacks. */
function incomplete(item: CardEvidence): [key: string, of: string][] {
  const missing: [string, string][] = [];
  if (item.list !== undefined && item.items === undefined) missing.push(["items", "a list"]);
  if (item.published !== undefined) {
    if (item.value === undefined) missing.push(["value", "a published figure"]);
    if (item.unit === undefined) missing.push(["unit", "a published figure"]);
  }
  return missing;
}

type Add = (path: string, message: string) => void;

function checkFormula(
  category: Category,
  at: string,
  add: Add,
  source: (path: string, name: string | undefined) => void,
): void {
  category.measured?.terms.forEach((term, i) => {
    term.readings.forEach((reading, j) => {
      const where = `${at}.measured.terms[${i}].readings[${j}]`;
      if (!validAnchors(reading)) {
        const { ten, zero, shape } = reading;
        add(
          where,
          `found ten: ${ten} and zero: ${zero}, expected two different numbers` +
            (shape === "log" ? " above 0" : ""),
        );
      }
      if (reading.metric === "observedPercent" && reading.observe.length === 0) {
        add(`${where}.observe`, "missing, observedPercent needs the questions to count");
      }
      reading.published.forEach((p, k) => source(`${where}.published[${k}].source`, p.source));
    });
  });
  const { needs, terms } = category.measured ?? { needs: "all", terms: [] };
  if (typeof needs === "object") {
    const ids = terms.map((t) => t.id);
    needs.forEach((name, i) => {
      if (ids.includes(name)) return;
      add(`${at}.measured.needs[${i}]`, `unknown term, ${expected(name, ids)}`);
    });
  }
  if (category.measured !== undefined && terms.every((t) => t.weight === 0)) {
    add(`${at}.measured.terms`, "found no weight above 0, expected at least one");
  }
}

function checkTotals(card: Scorecard, add: Add): void {
  for (const [language, total] of Object.entries(card.totals ?? {})) {
    const scores = card.categories.map(({ editorial }) =>
      (editorial?.scores as Record<string, number> | undefined)?.[language]
    );
    if (scores.includes(undefined)) {
      add(`totals.${language}`, "found a total, expected a score in every category");
      continue;
    }
    const sum = scores.reduce<number>((all, score) => all + score!, 0);
    if (Math.abs(sum - total) > 1e-9) {
      add(`totals.${language}`, `found ${total}, expected ${sum}, the sum of the scores`);
    }
  }
}
