/** The documents of the history: `history`, `compare` and `trend`, with their validators. */
import * as v from "valibot";
import type { Gate } from "../record/types.ts";
import { GateSchema, type Validator } from "../record/schema.ts";
import type { RunStatus } from "./types.ts";

/** What `versus history --json` prints. */
export interface HistoryDocument {
  /** What this document is. */
  schema: "versus.history/1";
  /** The runs, latest first. */
  runs: {
    id: string;
    startedAt: string;
    scenarios: string[];
    languages: string[];
    /** The identifier of the machine, a random number; `unknown` where nobody told. */
    machine: string;
    tags: string[];
    status: RunStatus;
    cases: number;
    samples: number;
    /** Whether it came from another machine or program. */
    imported: boolean;
  }[];
  /** Files that could not be read, or not wholly. */
  problems: { source: string; reason: string }[];
}

/** One side of a comparison. */
export interface CompareSide {
  /** The run. */
  id: string;
  /** When it started. */
  startedAt: string;
  /** The identifier of its machine; `unknown` where nobody told. */
  machine: string;
  /** The program that measured it, where it was not versus. */
  imported?: "hyperfine";
  /** The variant, where only one was asked for. */
  variant?: string;
}

/** A difference between the environments of two runs. */
export interface EnvironmentDifference {
  /** What differs: `cpuModel`, `kernel`; `environment` where one side tells nothing. */
  field: string;
  /** The value of A; absent where it is not known. */
  a?: string;
  /** The value of B. */
  b?: string;
  /**
   * `meaningless`: ratios would say more of this than of the programs; `weakens`: it may have had a part
   * in any difference.
   */
  effect: "meaningless" | "weakens";
}

/** A case that both runs have. */
export interface ComparedCase {
  /** The case in B, or in both. */
  caseId: string;
  /** The case in A, where it is another one. */
  toCaseId?: string;
  /** What is compared. */
  metric: string;
  /** Samples of each side. */
  samples: { a: number; b: number };
  /** A's value ÷ B's: 1.05 means that B is 1.05 times faster. Absent where a number would mislead. */
  ratio?: number;
  /** The lower end of its interval. */
  low?: number;
  /** The upper end. */
  high?: number;
  /** p of no difference, corrected for the number of comparisons. */
  pAdjusted?: number;
  /** What that says of B. */
  verdict: "faster" | "slower" | "equivalent" | "inconclusive" | "incomparable";
  /** How much the case varies from run to run, which the interval holds; absent where that is not known. */
  sessions?: {
    /** Earlier runs that this rests on. */
    runs: number;
    /** Standard deviation from run to run, in percent. */
    percent: number;
  };
  /** Why there is no verdict. */
  reason?: string;
  /** What differs besides the program, for this case: its toolchain. */
  differs?: { field: string; a: string; b: string }[];
}

/** What `versus compare --json` prints. */
export interface CompareDocument {
  /** What this document is. */
  schema: "versus.compare/1";
  /** The reference. */
  a: CompareSide;
  /** What is compared with it. */
  b: CompareSide;
  /** Whether values of the same block were compared, or all of A with all of B. */
  pairing: "blocks" | "unpaired";
  /** What differs between the machines and moments. */
  environmentDiff: EnvironmentDifference[];
  /** What to know before reading the numbers. */
  warnings: { code: string; message: string; advice: string }[];
  /** Cases that both have. */
  cases: ComparedCase[];
  /** Cases that one of them has. */
  only: { a: string[]; b: string[] };
  /** The gate, where a limit was given. */
  gate?: Gate;
}

/** One run in a trend. */
export interface TrendPoint {
  /** The run. */
  runId: string;
  /** When it started. */
  startedAt: string;
  /** The median of the metric. */
  median: number;
  /** The lower end of its interval. */
  low: number;
  /** The upper end. */
  high: number;
  /** Samples. */
  samples: number;
  /** What built or ran it: `go 1.26.8`. */
  toolchain?: string;
}

/** A place from which on the case has another level. */
export interface TrendChange {
  /** The first run of the new level. */
  runId: string;
  /** When it started. */
  startedAt: string;
  /** Its place among the points, from 0. */
  index: number;
  /** The median of the level before. */
  before: number;
  /** The median of the new level. */
  after: number;
  /** before ÷ after: above 1 the case became faster. */
  ratio: number;
  /** p of the test that found it. */
  p: number;
  /** What else changed between that run and the one before. */
  differs: { field: string; a: string; b: string }[];
}

/** What `versus history trend --json` prints. */
export interface TrendDocument {
  /** What this document is. */
  schema: "versus.trend/1";
  /** The case. */
  caseId: string;
  /** What is followed. */
  metric: string;
  /** The machine that all points are from. */
  machine: string;
  /** The method that looked for changes. */
  method: string;
  /** One point a run, oldest first. */
  points: TrendPoint[];
  /** Where the level changed. */
  changePoints: TrendChange[];
  /**
   * Rank correlation of neighbouring runs after the levels are taken out, −1 to 1: where it is high the
   * case wanders, and changes of level are less sure than their p.
   */
  resemblance: number;
  /** Runs with the case that are left out: of other machines, or older than the limit. */
  omitted: { otherMachines: number; older: number };
}

const Texts = v.array(v.string());
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Differs = v.array(v.object({ field: v.string(), a: v.string(), b: v.string() }));

/** Checks a `history` document. */
export const HistorySchema: Validator<HistoryDocument> = v.object({
  schema: v.literal("versus.history/1"),
  runs: v.array(v.object({
    id: v.string(),
    startedAt: v.string(),
    scenarios: Texts,
    languages: Texts,
    machine: v.string(),
    tags: Texts,
    status: v.picklist(["ok", "failed", "interrupted", "unfinished"]),
    cases: Count,
    samples: Count,
    imported: v.boolean(),
  })),
  problems: v.array(v.object({ source: v.string(), reason: v.string() })),
});

const SideSchema: Validator<CompareSide> = v.object({
  id: v.string(),
  startedAt: v.string(),
  machine: v.string(),
  imported: v.exactOptional(v.literal("hyperfine")),
  variant: v.exactOptional(v.string()),
});

/** Checks a `compare` document. */
export const CompareSchema: Validator<CompareDocument> = v.object({
  schema: v.literal("versus.compare/1"),
  a: SideSchema,
  b: SideSchema,
  pairing: v.picklist(["blocks", "unpaired"]),
  environmentDiff: v.array(v.object({
    field: v.string(),
    a: v.exactOptional(v.string()),
    b: v.exactOptional(v.string()),
    effect: v.picklist(["meaningless", "weakens"]),
  })),
  warnings: v.array(v.object({ code: v.string(), message: v.string(), advice: v.string() })),
  cases: v.array(v.object({
    caseId: v.string(),
    toCaseId: v.exactOptional(v.string()),
    metric: v.string(),
    samples: v.object({ a: Count, b: Count }),
    ratio: v.exactOptional(v.number()),
    low: v.exactOptional(v.number()),
    high: v.exactOptional(v.number()),
    pAdjusted: v.exactOptional(v.number()),
    verdict: v.picklist(["faster", "slower", "equivalent", "inconclusive", "incomparable"]),
    sessions: v.exactOptional(v.object({ runs: Count, percent: v.number() })),
    reason: v.exactOptional(v.string()),
    differs: v.exactOptional(Differs),
  })),
  only: v.object({ a: Texts, b: Texts }),
  gate: v.exactOptional(GateSchema),
});

/** Checks a `trend` document. */
export const TrendSchema: Validator<TrendDocument> = v.object({
  schema: v.literal("versus.trend/1"),
  caseId: v.string(),
  metric: v.string(),
  machine: v.string(),
  method: v.string(),
  points: v.array(v.object({
    runId: v.string(),
    startedAt: v.string(),
    median: v.number(),
    low: v.number(),
    high: v.number(),
    samples: Count,
    toolchain: v.exactOptional(v.string()),
  })),
  changePoints: v.array(v.object({
    runId: v.string(),
    startedAt: v.string(),
    index: Count,
    before: v.number(),
    after: v.number(),
    ratio: v.number(),
    p: v.number(),
    differs: Differs,
  })),
  resemblance: v.number(),
  omitted: v.object({ otherMachines: Count, older: Count }),
});
