/** What a person writes in a scorecard; the descriptions are part of the JSON Schema. */
import * as v from "valibot";
import { LANGUAGES } from "../scenario/mod.ts";
import { fields, mapOf } from "../scenario/validate.ts";

const ID = /^[a-z][a-z0-9-]{0,63}$/;
const ID_WORDS = "lower-case letters, digits and hyphens, starting with a letter";

/** Any text but none. */
export function text(description: string) {
  return v.pipe(v.string(), v.nonEmpty("some text"), v.description(description));
}

/** A short name. */
export function id(description: string) {
  return v.pipe(v.string(), v.regex(ID, ID_WORDS), v.description(description));
}

/** A date of a fact or a document. */
export function date(description: string) {
  return v.pipe(
    v.string(),
    v.regex(
      /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
      'a date such as "2024", 2024-12 or 2024-12-31',
    ),
    v.description(description),
  );
}

function finite(description: string) {
  return v.pipe(v.number(), v.finite("a finite number"), v.description(description));
}

function weight(description: string) {
  return v.pipe(
    v.number(),
    v.finite("a finite number"),
    v.minValue(0, "a weight of 0 or more"),
    v.description(description),
  );
}

function list<S extends v.GenericSchema>(item: S, description: string) {
  return v.pipe(v.array(item), v.minLength(1, "at least one entry"), v.description(description));
}

const language = v.pipe(v.picklist(LANGUAGES), v.description("A language"));

/** Documents by a short name. */
export const sourcesSchema = mapOf(
  v.pipe(
    v.string(),
    v.regex(/^[a-z][a-z0-9_-]{0,63}$/, "lower-case letters, digits, hyphens and underscores"),
  ),
  fields({
    title: text("What it is"),
    date: v.exactOptional(date("When it was published, or looked at")),
    url: v.exactOptional(text("Where it is")),
  }),
);

const score = v.pipe(
  v.number(),
  v.minValue(0, "a score from 0 to 10"),
  v.maxValue(10, "a score from 0 to 10"),
);

const variantsOf = mapOf(v.picklist(LANGUAGES), list(v.string(), "Variants, first choice first"));

const reading = fields({
  scenario: text("The scenario that is run"),
  metric: text(
    "What is read of a case: a metric of the run document, or speedupPerCore, buildS, artifactBytes, " +
      "linesOfCode, observedPercent, implementations, behindDays, filesOpened, onDiskBytes, packagesOpened",
  ),
  unit: text("The unit of value and anchors"),
  variants: v.pipe(variantsOf, v.description("The variants that stand for a language")),
  over: v.exactOptional(v.pipe(
    variantsOf,
    v.description("Variants with one worker that a speed-up is taken of"),
  )),
  params: v.exactOptional(
    v.pipe(
      mapOf(v.string(), v.union([v.number(), v.string(), v.boolean()])),
      v.description("Parameters that a case must have to count"),
    ),
    {},
  ),
  atLeast: v.exactOptional(
    v.pipe(
      mapOf(v.string(), v.number()),
      v.description("The least values of parameters of a case that counts"),
    ),
    {},
  ),
  leastS: v.exactOptional(finite("Seconds that an execution must have taken at least")),
  run: v.exactOptional(text("The command that measures it")),
  observe: v.exactOptional(
    v.pipe(v.array(v.string()), v.description("Questions counted by observedPercent")),
    [],
  ),
  shape: v.pipe(
    v.picklist(["log", "linear"]),
    v.description("How points run between the anchors: by the logarithm of the value, or straight"),
  ),
  ten: finite("The value that is worth 10 points"),
  zero: finite("The value that is worth none"),
  why: text("Why the anchors are where they are"),
  published: v.exactOptional(
    v.pipe(
      v.array(fields({
        language,
        value: finite("The figure, in the unit of the reading"),
        source: text("The document"),
        note: v.exactOptional(text("How it follows from what the document prints")),
      })),
      v.description("What documents published for it"),
    ),
    [],
  ),
});

const needs = v.exactOptional(
  v.pipe(
    v.picklist(["all", "any"]),
    v.description("Whether all parts are needed, or one is enough"),
  ),
  "all",
);

const formula = fields({
  needs: v.exactOptional(
    v.pipe(
      v.union([v.picklist(["all", "any"]), v.array(v.string())]),
      v.description(
        "Whether all terms are needed, one is enough, or which of them may not be missing",
      ),
    ),
    "all",
  ),
  note: v.exactOptional(text("What to know about it")),
  terms: list(
    fields({
      id: id("Its name"),
      title: text("What it is about"),
      weight: v.exactOptional(weight("How much it counts beside the others"), 1),
      needs,
      readings: list(reading, "Measurements; the points of those that were made are averaged"),
    }),
    "The points of the terms, weighted, are averaged",
  ),
});

const evidence = fields({
  language: v.exactOptional(language),
  fact: v.exactOptional(text("A fact, as a sentence")),
  list: v.exactOptional(text("What a list is of")),
  items: v.exactOptional(list(v.string(), "The list")),
  published: v.exactOptional(text("What a published figure is of")),
  value: v.exactOptional(finite("The figure")),
  unit: v.exactOptional(text("Its unit")),
  note: v.exactOptional(text("What to know about it")),
  run: v.exactOptional(text("The run that it was measured by")),
  case: v.exactOptional(text("The case of that run")),
  source: v.exactOptional(text("The document; needed for all but a run")),
  date: v.exactOptional(date("Since when, or as of when")),
});

const category = fields({
  id: id("Its name on the command line"),
  name: text("What it is called"),
  short: v.pipe(
    v.string(),
    v.nonEmpty("some text"),
    v.maxLength(8, "at most 8 characters"),
    v.description("A short name for tabs and narrow tables"),
  ),
  weight: v.exactOptional(weight("How much it counts"), 1),
  editorial: v.exactOptional(fields({
    source: text("Where the scores were published; one of the sources"),
    scores: v.pipe(mapOf(v.picklist(LANGUAGES), score), v.description("0 to 10 by language")),
  })),
  evidence: v.exactOptional(v.pipe(v.array(evidence), v.description("What it rests on")), []),
  measured: v.exactOptional(formula),
  unmeasured: v.exactOptional(text("Why there is no formula")),
});

/** A scorecard's file. */
export const scorecardSchema = v.pipe(
  fields({
    name: id("What it is called"),
    title: text("One line"),
    sources: v.exactOptional(v.pipe(sourcesSchema, v.description("Documents by a short name")), {}),
    languages: list(language, "The languages, in order"),
    categories: list(category, "The categories, in order"),
    totals: v.exactOptional(v.pipe(
      mapOf(v.picklist(LANGUAGES), v.number()),
      v.description("Totals as the source prints them; checked against the sums"),
    )),
    profiles: v.exactOptional(
      v.pipe(
        v.array(fields({
          name: id("Its name: versus score --profile NAME"),
          title: text("The need, in words"),
          weights: v.pipe(
            mapOf(v.string(), weight("How much a category counts")),
            v.description("Weights by category; what is not named counts nothing"),
          ),
          why: text("Why these weights"),
          source: v.exactOptional(text("The document that has a verdict on this need")),
          verdict: v.exactOptional(list(language, "Its verdict: languages, best first")),
        })),
        v.description("Weights by need"),
      ),
      [],
    ),
  }),
  v.title("Scorecard"),
  v.description("Categories, weights and scores of 0 to 10 a language, with what they rest on"),
);
