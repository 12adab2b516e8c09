import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import { loadCard, parseCard } from "../../lib/score/card.ts";
import { findScenario } from "../../lib/scenario/mod.ts";
import { ROOT } from "../cli/versus.ts";

const CARDS = `${ROOT}scenarios/scorecards`;

/** A small card that is valid, with some of its lines in the place of others. */
function mine(changes: Readonly<Record<string, string>> = {}): string {
  let text = `name: mine
title: A card of my own
sources:
  notes: { title: My notes, date: 2026-01 }
languages: [python, go]
categories:
  - id: speed
    name: Speed
    short: Speed
    weight: 2
    editorial: { source: notes, scores: { python: 4, go: 9 } }
    evidence:
      - { language: go, fact: It compiles, source: notes }
    measured:
      terms:
        - id: loop
          title: A loop
          readings:
            - { scenario: flipsum, metric: wallS, unit: s, variants: { go: [go] }, shape: log, ten: 1, zero: 100, why: because }
profiles:
  - { name: fast, title: Fast, weights: { speed: 1 }, why: because }
`;
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`The card has no ${from}`);
    text = text.replace(from, to);
  }
  return text;
}

function messageOf(text: string, runs: readonly string[] = []): string {
  try {
    parseCard(text, "mine.yaml", () => runs);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("the bundled card nanog90", () => {
  it("has the totals of the talk: 70, 71 and 67, the sums of its eight categories", async () => {
    const card = await loadCard("nanog90", CARDS);
    const sums = card.languages.map((language) =>
      card.categories.reduce((sum, c) => sum + c.editorial!.scores[language]!, 0)
    );
    expect(card.languages).toEqual(["python", "go", "rust"]);
    expect(sums).toEqual([70, 71, 67]);
    expect(card.categories.length).toBe(8);
  });

  it("reads only scenarios, variants, metrics and questions that exist", async () => {
    const card = await loadCard("nanog90", CARDS);
    const readings = card.categories.flatMap((c) => c.measured?.terms ?? []).flatMap((t) =>
      t.readings
    );
    expect(readings.length).toBeGreaterThan(10);
    for (const reading of readings) {
      const scenario = await findScenario(reading.scenario, [`${ROOT}scenarios`]);
      const names = scenario.variants.map((v) => v.name);
      const used = [reading.variants, reading.over ?? {}].flatMap((of) => Object.entries(of));
      for (const [language, variants] of used) {
        for (const name of variants!) {
          expect(names).toContain(name);
          expect(scenario.variants.find((v) => v.name === name)!.language).toBe(language);
        }
      }
      const questions = scenario.observe?.map((o) => o.name) ?? [];
      for (const question of reading.observe) expect(questions).toContain(question);
      const parameters = scenario.parameters.map((p) => p.name);
      for (const name of Object.keys(reading.params)) expect(parameters).toContain(name);
    }
  });

  it("does not repeat the slips of the documents", async () => {
    const text = await Deno.readTextFile(`${CARDS}/nanog90.yaml`);
    expect(text).not.toMatch(/asyncio[^\n]*3\.14/);
    expect(text).not.toMatch(/logging[^\n]*2008/);
    expect(text).not.toMatch(/rust[^\n]*garbage collect/i);
    expect(text).toMatch(/logging module[^\n]*2\.3 \(2003\)/);
  });
});

describe("a card of one's own", () => {
  it("is read", () => {
    const card = parseCard(mine(), "mine.yaml", () => []);
    expect(card.categories[0]!.weight).toBe(2);
    expect(card.categories[0]!.measured!.terms[0]!.weight).toBe(1);
  });

  const wrong: [what: string, changes: Record<string, string>, message: string][] = [
    [
      "an unknown language",
      { "languages: [python, go]": "languages: [python, goo]" },
      'languages[1]: found "goo", expected',
    ],
    [
      "a language that the card does not have",
      { "scores: { python: 4, go: 9 }": "scores: { python: 4, rust: 9 }" },
      'categories[0].editorial.scores.rust: unknown language "rust" in this card',
    ],
    [
      "an unknown category in a profile, with the nearest",
      { "weights: { speed: 1 }": "weights: { sped: 1 }" },
      'profiles[0].weights.sped: unknown category, did you mean "speed"?',
    ],
    [
      "a negative weight",
      { "weight: 2": "weight: -2" },
      "categories[0].weight: found -2, expected a weight",
    ],
    [
      "a weight that is no number",
      { "weight: 2": "weight: much" },
      'categories[0].weight: found "much", expected a number',
    ],
    [
      "a missing source",
      { "fact: It compiles, source: notes": "fact: It compiles" },
      "categories[0].evidence[0].source: missing",
    ],
    [
      "an unknown source, with the nearest",
      { "fact: It compiles, source: notes": "fact: It compiles, source: note" },
      'categories[0].evidence[0].source: unknown source "note", did you mean "notes"?',
    ],
    [
      "evidence of a run that was deleted, with the nearest that is there",
      { "fact: It compiles, source: notes": "run: 20260101T000000Z-aaaaaa" },
      'categories[0].evidence[0].run: found run "20260101T000000Z-aaaaaa", which was deleted or made ' +
      "elsewhere, expected a run that is here; the nearest is 20260101T000000Z-aaaaab",
    ],
    [
      "evidence that is two things",
      { "fact: It compiles": "fact: It compiles, list: Tools" },
      "categories[0].evidence[0]: found fact and list, expected one of",
    ],
    ["a score above 10", { "go: 9 }": "go: 11 }" }, "found 11, expected a score from 0 to 10"],
    [
      "anchors that are the same",
      { "ten: 1, zero: 100": "ten: 7, zero: 7" },
      "expected two different numbers",
    ],
    [
      "an unknown key, with the nearest",
      { "short: Speed": "shrt: Speed" },
      'did you mean "short"?',
    ],
    [
      "totals that are no sums",
      { "languages: [python, go]": "languages: [python, go]\ntotals: { python: 5 }" },
      "totals.python: found 5, expected 4, the sum of the scores",
    ],
  ];
  for (const [what, changes, message] of wrong) {
    it(`with ${what} is refused, with file and path`, () => {
      const found = messageOf(mine(changes), ["20260101T000000Z-aaaaab"]);
      expect(found).toContain("mine.yaml");
      expect(found).toContain(message);
    });
  }

  it("with a run that is there is read", () => {
    const text = mine({ "fact: It compiles, source: notes": "run: 20260101T000000Z-aaaaab" });
    expect(messageOf(text, ["20260101T000000Z-aaaaab"])).toBe("");
  });

  it("that does not exist is answered with the nearest name", async () => {
    await expect(loadCard("nanog9", CARDS)).rejects.toThrow("did you mean nanog90?");
  });
});
