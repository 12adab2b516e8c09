/**
 * What the screens draw, as plain data. A child process of the same program makes it (`data.ts`), so
 * that the screen's own process stays small and is never held up.
 */
import type { RunRecord } from "../../lib/record/types.ts";
import type { ClaimResult } from "../../lib/score/claims_document.ts";
import type { Explanation, ScoreCard } from "../../lib/score/document.ts";
import type { HistoryRecord, HistoryRun } from "../../lib/store/types.ts";

/** Weights for a need. */
export interface ProfileView {
  /** Its name. */
  readonly name: string;
  /** The need, in words. */
  readonly title: string;
  /** Weights by category; what is not named counts nothing. */
  readonly weights: Readonly<Record<string, number>>;
}

/** A scorecard with what was measured, and how. */
export interface ScoreView {
  /** The card with its scores. */
  readonly card: ScoreCard;
  /** Weights by need. */
  readonly profiles: readonly ProfileView[];
  /** How each category is measured, by its name; those without a formula are not there. */
  readonly explain: Readonly<Record<string, Explanation>>;
}

/** A published statement and what this machine says to it. */
export type ClaimView = ClaimResult;

/** A run as the history lists it. */
export type HistoryView = HistoryRun;

/** A run with all that it measured. */
export type RunView = HistoryRecord | RunRecord;

/** A parameter that can be set. */
export interface ParameterView {
  /** Its name. */
  readonly name: string;
  /** What it means. */
  readonly title: string;
  /** The value when nothing is said. */
  readonly default: string;
  /** The values that it takes, in words. */
  readonly values: string;
}

/** A variant that can be run. */
export interface VariantView {
  /** Its name. */
  readonly name: string;
  /** The language that it is written in. */
  readonly language: string;
  /** What sets it apart. */
  readonly title: string;
}

/** A scenario that can be run in the Lab. */
export interface ScenarioView {
  /** Its name. */
  readonly name: string;
  /** What it does. */
  readonly kind: "bench" | "footprint" | "probe";
  /** One line. */
  readonly title: string;
  /** What its programs compute. */
  readonly computes: string;
  /** Its inputs. */
  readonly parameters: readonly ParameterView[];
  /** Its programs. */
  readonly variants: readonly VariantView[];
}

/** The sources of a variant. */
export interface SourceView {
  /** The language that they are written in. */
  readonly language: string;
  /** Each file. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** What is known of one kind of data: what to ask for, and what comes. */
export interface DataKinds {
  /** The scorecard. */
  score: ScoreView;
  /** All claims. */
  claims: readonly ClaimView[];
  /** All runs, latest first. */
  history: readonly HistoryView[];
  /** All scenarios that can be run. */
  scenarios: readonly ScenarioView[];
}

/** Data that may not be there yet. */
export type Loaded<T> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly message: string }
  | { readonly state: "here"; readonly value: T };

/** Data that is being made. */
export const LOADING: Loaded<never> = { state: "loading" };
