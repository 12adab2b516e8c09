/**
 * The stream of a run: what a runner yields, what a journal keeps, what `--events` prints.
 *
 * Every reader (progress line, terminal UI, journal, document) sees the same events in the same
 * order. All but `progress` are kept in the journal.
 */
import * as v from "valibot";
import {
  BuildSchema,
  CaseStatusSchema,
  EnvironmentSchema,
  GateSchema,
  ParametersSchema,
  PublishedValueSchema,
  SampleSchema,
  SummarySchema,
  ToolchainSchema,
  WarningSchema,
} from "./schema.ts";

const Time = v.string();
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a run does with one case before and while it measures. */
export const PhaseSchema = v.picklist([
  "build",
  "verify",
  "growth",
  "calibrate",
  "warmup",
  "measure",
  "memory",
]);

/** When to stop, and how to time. */
export const RunOptionsSchema = v.object({
  primaryMetric: v.string(),
  confidence: v.number(),
  precision: v.number(),
  minRuns: Count,
  maxRuns: Count,
  warmup: Count,
  maxTimeS: v.number(),
  timeoutS: v.number(),
  cpus: v.optional(v.array(Count)),
  targetS: v.optional(v.number()),
  ignoreFailure: v.optional(v.boolean()),
});

/** A case as planned. */
export const PlannedCaseSchema = v.object({
  caseId: v.string(),
  variant: v.string(),
  title: v.optional(v.string()),
  language: v.string(),
  toolchain: v.optional(ToolchainSchema),
  params: ParametersSchema,
  workers: Count,
  expected: v.optional(v.string()),
  published: v.optional(v.array(PublishedValueSchema)),
  missing: v.optional(v.object({ reason: v.string(), install: v.optional(v.string()) })),
});

/** A scenario as planned. */
export const PlannedScenarioSchema = v.object({
  name: v.string(),
  kind: v.picklist(["bench", "footprint", "probe"]),
  title: v.string(),
  file: v.optional(v.string()),
  loop: v.optional(v.string()),
  reference: v.string(),
  cases: v.array(PlannedCaseSchema),
});

/** What happens in a run, in order. */
export const RunEventSchema = v.variant("type", [
  v.object({
    type: v.literal("run-start"),
    schema: v.literal("versus.events/1"),
    id: v.string(),
    at: Time,
    seed: Count,
    version: v.string(),
    options: RunOptionsSchema,
    environment: EnvironmentSchema,
    scenarios: v.array(PlannedScenarioSchema),
    /** What was asked for, so that `--resume` can ask for it again. */
    request: v.optional(v.unknown()),
  }),
  v.object({ type: v.literal("resume"), at: Time, version: v.string() }),
  v.object({
    type: v.literal("phase"),
    at: Time,
    scenario: v.string(),
    caseId: v.optional(v.string()),
    phase: PhaseSchema,
  }),
  v.object({ type: v.literal("build"), caseId: v.string(), build: BuildSchema }),
  v.object({
    type: v.literal("case-status"),
    caseId: v.string(),
    status: CaseStatusSchema,
    reason: v.optional(v.string()),
    expected: v.optional(v.string()),
    actual: v.optional(v.string()),
  }),
  v.object({ type: v.literal("sample"), caseId: v.string(), sample: SampleSchema }),
  v.object({
    type: v.literal("measured"),
    caseId: v.string(),
    metric: v.string(),
    value: v.number(),
  }),
  v.object({
    type: v.literal("warning"),
    scenario: v.string(),
    caseId: v.optional(v.string()),
    warning: WarningSchema,
  }),
  v.object({
    type: v.literal("case-end"),
    at: Time,
    caseId: v.string(),
    samples: Count,
    stop: v.picklist(["precision", "max-runs", "max-time", "failed", "interrupted"]),
    summary: SummarySchema,
  }),
  v.object({
    type: v.literal("progress"),
    scenario: v.string(),
    phase: PhaseSchema,
    elapsedS: v.number(),
    leftS: v.optional(v.number()),
    /** Cases that have ended, of all that can run. */
    casesDone: Count,
    cases: Count,
    samples: Count,
    /** The widest relative half-width among the cases that still run. */
    halfWidth: v.optional(v.number()),
  }),
  v.object({ type: v.literal("gate"), gate: GateSchema }),
  v.object({
    type: v.literal("run-end"),
    at: Time,
    interrupted: v.optional(v.picklist(["SIGINT", "SIGTERM", "SIGHUP", "crash"])),
  }),
]);

/** {@linkcode RunEventSchema} as a type. */
export type RunEvent = v.InferOutput<typeof RunEventSchema>;
/** The event that starts a run. */
export type RunStart = Extract<RunEvent, { type: "run-start" }>;
/** {@linkcode PhaseSchema} as a type. */
export type Phase = v.InferOutput<typeof PhaseSchema>;
/** {@linkcode RunOptionsSchema} as a type. */
export type RunOptions = v.InferOutput<typeof RunOptionsSchema>;
/** {@linkcode PlannedCaseSchema} as a type. */
export type PlannedCase = v.InferOutput<typeof PlannedCaseSchema>;
/** {@linkcode PlannedScenarioSchema} as a type. */
export type PlannedScenario = v.InferOutput<typeof PlannedScenarioSchema>;
