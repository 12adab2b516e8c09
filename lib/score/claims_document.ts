/** The claims document: what `versus claims --json` prints. */
import * as v from "valibot";
import type { Validator } from "../record/schema.ts";

/** What runs say of a claim. */
export type ClaimVerdict = "reproduced" | "refuted" | "inconclusive" | "not-run";

/** A figure behind a verdict. */
export interface ClaimFigure {
  /** What it is. */
  title: string;
  /** The figure. */
  value: number;
  /** The lower end of its interval. */
  low: number;
  /** The upper end. */
  high: number;
  /** Its unit; empty for ratios. */
  unit: string;
  /** The run that it comes from. */
  runId: string;
}

/** A claim with its verdict. */
export interface ClaimResult {
  /** Its name. */
  id: string;
  /** The statement. */
  statement: string;
  /** The document that it stands in. */
  source: string;
  /** What the document prints. */
  published: Record<string, unknown>;
  /** What was measured: the compared ratio; of a single figure the ratio to the published one. */
  measured?: { ratio: number; low: number; high: number; runId: string };
  /** The figures behind it, where there are several. */
  figures?: ClaimFigure[];
  /** What the runs say. */
  verdict: ClaimVerdict;
  /** Why, in words, with both figures. */
  why: string;
  /** How the document contradicts itself. */
  inconsistentSource?: string;
  /** What to know of the comparison. */
  note?: string;
}

/** What `versus claims --json` prints. */
export interface ClaimsDocument {
  /** Which document it is. */
  schema: "versus.claims/1";
  /** The claims, in the order of their files. */
  claims: ClaimResult[];
  /** The documents, by the name that claims have for them. */
  sources: Record<string, { title: string; date?: string; url?: string }>;
}

const Amount = v.pipe(v.number(), v.finite());

/** The validator of {@linkcode ClaimsDocument}. */
export const ClaimsSchema: Validator<ClaimsDocument> = v.object({
  schema: v.literal("versus.claims/1"),
  claims: v.array(v.object({
    id: v.string(),
    statement: v.string(),
    source: v.string(),
    published: v.record(v.string(), v.unknown()),
    measured: v.exactOptional(v.object({
      ratio: Amount,
      low: Amount,
      high: Amount,
      runId: v.string(),
    })),
    figures: v.exactOptional(v.array(v.object({
      title: v.string(),
      value: Amount,
      low: Amount,
      high: Amount,
      unit: v.string(),
      runId: v.string(),
    }))),
    verdict: v.picklist(["reproduced", "refuted", "inconclusive", "not-run"]),
    why: v.string(),
    inconsistentSource: v.exactOptional(v.string()),
    note: v.exactOptional(v.string()),
  })),
  sources: v.record(
    v.string(),
    v.object({
      title: v.string(),
      date: v.exactOptional(v.string()),
      url: v.exactOptional(v.string()),
    }),
  ),
});
