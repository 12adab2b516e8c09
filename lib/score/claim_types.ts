/** Claims as types: published statements that a run can reproduce or refute. */
import type { Source } from "./types.ts";

/** A parameter's value; text may be a number of cores: `cores`, `2 * cores`. */
export type ClaimValue = number | string | boolean;

/** One side of a comparison: the mean over its variants. */
export interface Side {
  /** Variants by name. */
  readonly variants: readonly string[];
  /** Parameters, beside those of the check. */
  readonly params: Readonly<Record<string, ClaimValue>>;
  /** Divides by the same variants with other parameters: the time of one worker by that of several. */
  readonly per?: Readonly<Record<string, ClaimValue>>;
  /** Whether variants count whose result is thrown away on purpose. */
  readonly unused: boolean;
}

/** What a claim expects of a figure. Exactly one of `about`, `atLeast`, `atMost`, `from` with `to`. */
export interface ClaimExpectation {
  /** The published figure; within `factor` of it is reproduced. */
  readonly about?: number;
  /** How far machines may differ: 1.5 by default. */
  readonly factor?: number;
  /** Reproduced from here on. */
  readonly atLeast?: number;
  /** Reproduced up to here. */
  readonly atMost?: number;
  /** Reproduced from here … */
  readonly from?: number;
  /** … to here. */
  readonly to?: number;
}

/** A ratio of two sides that were measured in one run. */
export interface RatioCheck {
  /** Which check it is. */
  readonly kind: "ratio";
  /** The scenario: a name, or a path. */
  readonly scenario: string;
  /** What is compared: a metric of the run document, or one of `metric.ts`. */
  readonly metric: string;
  /** Parameters of both sides. */
  readonly params: Readonly<Record<string, ClaimValue>>;
  /** The side whose value is divided … */
  readonly over: Side;
  /** … by the value of this one. */
  readonly under: Side;
  /** Whether the ratio is divided by the cores that the workers could use. */
  readonly perCore: boolean;
  /** What reproduces the claim. */
  readonly expect: ClaimExpectation;
}

/** A figure by itself. */
export interface ValueCheck {
  /** Which check it is. */
  readonly kind: "value";
  /** The scenario: a name, or a path. */
  readonly scenario: string;
  /** What is read: a metric of the run document, or one of `metric.ts`. */
  readonly metric: string;
  /** Its unit. */
  readonly unit: string;
  /** Parameters of both sides. */
  readonly params: Readonly<Record<string, ClaimValue>>;
  /** The variants, averaged. */
  readonly of: Side;
  /** What reproduces the claim. */
  readonly expect: ClaimExpectation;
}

/** What the output of variants says to a scenario's questions. */
export interface ObservedCheck {
  /** Which check it is. */
  readonly kind: "observed";
  /** The scenario: a name, or a path. */
  readonly scenario: string;
  /** Variant to question to the answer that is expected. */
  readonly expect: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

/** How the programs of variants are linked. */
export interface LinkageCheck {
  /** Which check it is. */
  readonly kind: "linkage";
  /** The scenario: a name, or a path. */
  readonly scenario: string;
  /** Variant to the linkage that is expected. */
  readonly expect: Readonly<Record<string, "static" | "dynamic" | "script">>;
}

/** Several checks all of which must hold. */
export interface EveryCheck {
  /** Which check it is. */
  readonly kind: "every";
  /** The checks. */
  readonly checks: readonly (RatioCheck | ValueCheck | ObservedCheck | LinkageCheck)[];
}

/** A ratio over several scenarios, each of which is one pair. */
export interface AcrossCheck {
  /** Which check it is. */
  readonly kind: "across";
  /** The scenarios. */
  readonly scenarios: readonly string[];
  /** What is read: a metric of the run document, or one of `metric.ts`. */
  readonly metric: string;
  /** The side that is divided … */
  readonly over: Side;
  /** … by this one. */
  readonly under: Side;
  /** What reproduces the claim. */
  readonly expect: ClaimExpectation;
}

/** What must be compared. */
export type Check =
  | RatioCheck
  | ValueCheck
  | ObservedCheck
  | LinkageCheck
  | EveryCheck
  | AcrossCheck;

/** A figure that is shown beside the verdict. */
export interface Shown {
  /** What it is, in a few words. */
  readonly title: string;
  /** The scenario: a name, or a path. */
  readonly scenario: string;
  /** The variant. */
  readonly variant: string;
  /** What is read: a metric of the run document, or one of `metric.ts`. */
  readonly metric: string;
  /** Its unit. */
  readonly unit: string;
}

/** A ratio that is shown beside the verdict. */
export interface ShownRatio {
  /** What it is, in a few words. */
  readonly title: string;
  /** The scenario: a name, or a path. */
  readonly scenario: string;
  /** What is read: a metric of the run document, or one of `metric.ts`. */
  readonly metric: string;
  /** The side that is divided … */
  readonly over: Side;
  /** … by this one. */
  readonly under: Side;
}

/** What figures beside a verdict teach, said only when they do. */
export interface Lesson {
  /** The titles of two shown figures that are alike. */
  readonly alike: readonly [string, string];
  /** The sentence. */
  readonly text: string;
}

/** A published statement. */
export interface Claim {
  /** Its name. */
  readonly id: string;
  /** The statement, as a sentence. */
  readonly statement: string;
  /** The document. */
  readonly source: string;
  /** What the document prints. */
  readonly published: Readonly<Record<string, unknown>>;
  /** What must be compared. */
  readonly check: Check;
  /** Figures that explain the verdict. */
  readonly shows: readonly Shown[];
  /** Ratios that explain it. */
  readonly ratios: readonly ShownRatio[];
  /** What they show. */
  readonly lesson?: Lesson;
  /** How the document contradicts itself. */
  readonly inconsistentSource?: string;
  /** What to know of the comparison. */
  readonly note?: string;
}

/** A list of claims from one file. */
export interface ClaimList {
  /** What it is called. */
  readonly name: string;
  /** One line. */
  readonly title: string;
  /** The documents by a short name. */
  readonly sources: Readonly<Record<string, Source>>;
  /** The claims. */
  readonly claims: readonly Claim[];
  /** The YAML file, absolute. */
  readonly file: string;
}

/** The checks that a check consists of. */
export function partsOf(check: Check): (Exclude<Check, EveryCheck | AcrossCheck>)[] {
  if (check.kind === "every") return [...check.checks];
  if (check.kind !== "across") return [check];
  const { scenarios, metric, over, under, expect } = check;
  return scenarios.map((scenario): RatioCheck => ({
    kind: "ratio",
    scenario,
    metric,
    params: {},
    over,
    under,
    perCore: false,
    expect,
  }));
}
