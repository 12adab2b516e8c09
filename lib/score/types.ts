/** Scorecards as types: what a card says, and how its formulas turn measurements into points. */
import type { Language } from "../toolchain/types.ts";

/** A document that something rests on. */
export interface Source {
  /** What it is. */
  readonly title: string;
  /** When it was published or looked at: `2024-12`. */
  readonly date?: string;
  /** Where it is. */
  readonly url?: string;
}

/** How a value becomes points: straight, or by its logarithm. */
export type Shape = "log" | "linear";

/** The two constants that a value is placed between. */
export interface Anchors {
  /** How points run between them. */
  readonly shape: Shape;
  /** The value that is worth 10 points, and any better one. */
  readonly ten: number;
  /** The value that is worth none, and any worse one. */
  readonly zero: number;
}

/** A figure that a document published, in the unit of its reading. */
export interface PublishedReading {
  /** The language that it is for. */
  readonly language: Language;
  /** The figure. */
  readonly value: number;
  /** The document, a key of the card's sources. */
  readonly source: string;
  /** How it follows from what the document prints. */
  readonly note?: string;
}

/** One measurement that counts: a metric of a scenario, placed between two anchors. */
export interface Reading extends Anchors {
  /** The scenario that is run. */
  readonly scenario: string;
  /** What is read of a case; see the list in `metric.ts`. */
  readonly metric: string;
  /** The unit of value and anchors. */
  readonly unit: string;
  /** The variants that stand for a language; the first that was measured counts. */
  readonly variants: Readonly<Partial<Record<Language, readonly string[]>>>;
  /** Variants whose time a speed-up is taken of; the same variant with one worker by default. */
  readonly over?: Readonly<Partial<Record<Language, readonly string[]>>>;
  /** Parameters that a case must have. */
  readonly params: Readonly<Record<string, number | string | boolean>>;
  /** The least values of parameters of a case that counts. */
  readonly atLeast: Readonly<Record<string, number>>;
  /** Seconds that an execution must have taken at least, so that a start is not read as speed. */
  readonly leastS?: number;
  /** The command that measures it; composed from scenario and parameters by default. */
  readonly run?: string;
  /** Questions of the scenario that are counted, for `observedPercent`. */
  readonly observe: readonly string[];
  /** Why the anchors are where they are. */
  readonly why: string;
  /** What documents published for it. */
  readonly published: readonly PublishedReading[];
}

/** Whether all parts must be there, or one is enough. */
export type Needs = "all" | "any";

/** One part of a formula. */
export interface Term {
  /** Its name. */
  readonly id: string;
  /** What it is about, in a few words. */
  readonly title: string;
  /** How much it counts beside the other terms. */
  readonly weight: number;
  /** Whether all readings are needed. */
  readonly needs: Needs;
  /** Its points are the mean of those of the readings that were measured. */
  readonly readings: readonly Reading[];
}

/** How a category is measured: the weighted mean of the points of its terms. */
export interface Formula {
  /** Whether all terms are needed, one is enough, or which may not be missing. */
  readonly needs: Needs | readonly string[];
  /** What to know about it. */
  readonly note?: string;
  /** The terms. */
  readonly terms: readonly Term[];
}

/** What a category rests on beside measurements: a fact, a list, a published figure or a run. */
export interface CardEvidence {
  /** The language that it is about; all by default. */
  readonly language?: Language;
  /** A fact, as a sentence. */
  readonly fact?: string;
  /** What a list is of. */
  readonly list?: string;
  /** The list. */
  readonly items?: readonly string[];
  /** What a published figure is of. */
  readonly published?: string;
  /** The figure. */
  readonly value?: number;
  /** Its unit. */
  readonly unit?: string;
  /** What to know about it. */
  readonly note?: string;
  /** The run that it was measured by. */
  readonly run?: string;
  /** The case of that run. */
  readonly case?: string;
  /** The document; not needed for a run. */
  readonly source?: string;
  /** Since when, or as of when. */
  readonly date?: string;
}

/** Scores that somebody gave. */
export interface Editorial {
  /** Where they were published. */
  readonly source: string;
  /** 0 to 10 by language. */
  readonly scores: Readonly<Partial<Record<Language, number>>>;
}

/** A category of a card. */
export interface Category {
  /** Its name on the command line. */
  readonly id: string;
  /** What it is called. */
  readonly name: string;
  /** At most 8 cells, for tabs. */
  readonly short: string;
  /** How much it counts. */
  readonly weight: number;
  /** Scores that somebody gave. */
  readonly editorial?: Editorial;
  /** What it rests on. */
  readonly evidence: readonly CardEvidence[];
  /** How it is measured; never, when there is no formula. */
  readonly measured?: Formula;
  /** Why there is no formula. */
  readonly unmeasured?: string;
}

/** Weights for a need. */
export interface Profile {
  /** Its name: `legacy-access`. */
  readonly name: string;
  /** The need, in words. */
  readonly title: string;
  /** Weights by category; what is not named counts nothing. */
  readonly weights: Readonly<Record<string, number>>;
  /** Why these weights. */
  readonly why: string;
  /** The document that has a verdict on this need. */
  readonly source?: string;
  /** Its verdict: languages, best first; one that it leaves out is not recommended. */
  readonly verdict?: readonly Language[];
}

/** A scorecard: categories, weights and scores of 0 to 10 a language. */
export interface Scorecard {
  /** Its name. */
  readonly name: string;
  /** One line. */
  readonly title: string;
  /** What it rests on, by a short name. */
  readonly sources: Readonly<Record<string, Source>>;
  /** The languages, in order. */
  readonly languages: readonly Language[];
  /** The categories, in order. */
  readonly categories: readonly Category[];
  /** Totals as the source prints them; checked against the sums. */
  readonly totals?: Readonly<Partial<Record<Language, number>>>;
  /** Weights by need. */
  readonly profiles: readonly Profile[];
  /** The YAML file, absolute. */
  readonly file: string;
}
