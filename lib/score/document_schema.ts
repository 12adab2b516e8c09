/** The validator of the score document, from which `versus schema score` is generated. */
import * as v from "valibot";
import type { Validator } from "../record/schema.ts";
import type { ScoreDocument } from "./document.ts";

const Score = v.pipe(v.number(), v.minValue(0), v.maxValue(10));
const Amount = v.pipe(v.number(), v.finite());
const Needs = v.picklist(["all", "any"]);

const Evidence = v.variant("kind", [
  v.object({
    kind: v.literal("run"),
    term: v.exactOptional(v.string()),
    runId: v.string(),
    caseId: v.exactOptional(v.string()),
    startedAt: v.exactOptional(v.string()),
    metric: v.exactOptional(v.string()),
    value: v.exactOptional(Amount),
    low: v.exactOptional(Amount),
    high: v.exactOptional(Amount),
    unit: v.exactOptional(v.string()),
    points: v.exactOptional(Score),
  }),
  v.object({
    kind: v.literal("fact"),
    text: v.string(),
    source: v.string(),
    date: v.exactOptional(v.string()),
  }),
  v.object({
    kind: v.literal("list"),
    title: v.string(),
    items: v.array(v.string()),
    source: v.string(),
    date: v.exactOptional(v.string()),
  }),
  v.object({
    kind: v.literal("published"),
    term: v.exactOptional(v.string()),
    title: v.string(),
    value: Amount,
    unit: v.string(),
    source: v.string(),
    note: v.exactOptional(v.string()),
    points: v.exactOptional(Score),
  }),
]);

const Cell = v.object({
  editorial: v.exactOptional(Score),
  measured: v.exactOptional(Score),
  published: v.exactOptional(Score),
  evidence: v.array(Evidence),
  missing: v.exactOptional(v.array(v.object({
    term: v.string(),
    reason: v.string(),
    run: v.exactOptional(v.string()),
  }))),
});

const Total = v.object({
  editorial: v.exactOptional(Amount),
  measured: v.exactOptional(Amount),
  sum: v.exactOptional(Amount),
  of: v.exactOptional(Amount),
  missing: v.exactOptional(v.array(v.string())),
});

const cardEntries = {
  card: v.string(),
  title: v.string(),
  profile: v.string(),
  need: v.exactOptional(v.object({
    name: v.string(),
    title: v.string(),
    why: v.string(),
    source: v.exactOptional(v.string()),
    verdict: v.exactOptional(v.array(v.string())),
    order: v.array(v.string()),
    agrees: v.exactOptional(v.boolean()),
  })),
  languages: v.array(v.string()),
  categories: v.array(v.object({
    id: v.string(),
    name: v.string(),
    short: v.string(),
    weight: v.pipe(v.number(), v.minValue(0)),
    unmeasured: v.exactOptional(v.string()),
    scores: v.record(v.string(), Cell),
  })),
  totals: v.record(v.string(), Total),
  sources: v.record(
    v.string(),
    v.object({
      title: v.string(),
      date: v.exactOptional(v.string()),
      url: v.exactOptional(v.string()),
    }),
  ),
};

const ExplanationSchema = v.object({
  category: v.string(),
  name: v.string(),
  needs: v.union([Needs, v.array(v.string())]),
  note: v.exactOptional(v.string()),
  terms: v.array(v.object({
    id: v.string(),
    title: v.string(),
    weight: Amount,
    needs: Needs,
    readings: v.array(v.object({
      scenario: v.string(),
      metric: v.string(),
      unit: v.string(),
      shape: v.picklist(["log", "linear"]),
      ten: Amount,
      zero: Amount,
      formula: v.string(),
      why: v.string(),
      variants: v.record(v.string(), v.array(v.string())),
      examples: v.array(v.object({
        language: v.string(),
        origin: v.picklist(["published", "run"]),
        value: Amount,
        points: Score,
        source: v.string(),
        note: v.exactOptional(v.string()),
      })),
    })),
  })),
  results: v.array(v.object({
    language: v.string(),
    origin: v.picklist(["published", "run"]),
    terms: v.array(v.object({ id: v.string(), points: v.exactOptional(Score), weight: Amount })),
    score: v.exactOptional(Score),
    editorial: v.exactOptional(Score),
  })),
});

/** The validator of {@linkcode ScoreDocument}. */
export const ScoreSchema: Validator<ScoreDocument> = v.object({
  schema: v.literal("versus.score/1"),
  ...cardEntries,
  explain: v.exactOptional(ExplanationSchema),
  others: v.exactOptional(v.array(v.object(cardEntries))),
});
