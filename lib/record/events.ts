/**
 * The stream of a run: what a runner yields, what a journal keeps, what `--events` prints.
 *
 * Every reader (progress line, terminal UI, journal, document) sees the same events in the same
 * order. All but `progress` are kept in the journal.
 */
import * as v from "valibot";
import type { Phase, PlannedCase, PlannedScenario, RunEvent, RunOptions } from "./event_types.ts";
import { FootprintSchema } from "./footprint.ts";
import {
  BuildSchema,
  CalibrationSchema,
  CaseStatusSchema,
  EnvironmentSchema,
  GateSchema,
  OwnMetricsSchema,
  ParametersSchema,
  PublishedValueSchema,
  SampleSchema,
  SummarySchema,
  ToolchainSchema,
  type Validator,
  WarningSchema,
} from "./schema.ts";

const Time = v.string();
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a run does with one case before and while it measures. */
export const PhaseSchema: Validator<Phase> = v.picklist([
  "build",
  "verify",
  "growth",
  "calibrate",
  "warmup",
  "measure",
  "memory",
  "trace",
]);

/** When to stop, and how to time. */
export const RunOptionsSchema: Validator<RunOptions> = v.object({
  primaryMetric: v.string(),
  confidence: v.number(),
  precision: v.number(),
  minRuns: Count,
  maxRuns: Count,
  warmup: Count,
  maxTimeS: v.number(),
  timeoutS: v.number(),
  cpus: v.exactOptional(v.array(Count)),
  targetS: v.exactOptional(v.number()),
  ignoreFailure: v.exactOptional(v.boolean()),
});

/** A case as planned. */
export const PlannedCaseSchema: Validator<PlannedCase> = v.object({
  caseId: v.string(),
  variant: v.string(),
  title: v.exactOptional(v.string()),
  language: v.string(),
  toolchain: v.exactOptional(ToolchainSchema),
  params: ParametersSchema,
  workers: Count,
  linesOfCode: v.exactOptional(Count),
  expected: v.exactOptional(v.string()),
  published: v.exactOptional(v.array(PublishedValueSchema)),
  missing: v.exactOptional(v.object({ reason: v.string(), install: v.exactOptional(v.string()) })),
});

/** A scenario as planned. */
export const PlannedScenarioSchema: Validator<PlannedScenario> = v.object({
  name: v.string(),
  kind: v.picklist(["bench", "footprint", "probe"]),
  title: v.string(),
  file: v.exactOptional(v.string()),
  loop: v.exactOptional(v.string()),
  tags: v.exactOptional(v.array(v.string())),
  primaryMetric: v.exactOptional(v.string()),
  metrics: v.exactOptional(OwnMetricsSchema),
  observe: v.exactOptional(v.record(v.string(), v.string())),
  calibrated: v.exactOptional(CalibrationSchema),
  reference: v.string(),
  cases: v.array(PlannedCaseSchema),
});

/** What happens in a run, in order. */
export const RunEventSchema: Validator<RunEvent> = v.variant("type", [
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
    request: v.exactOptional(v.unknown()),
  }),
  v.object({ type: v.literal("resume"), at: Time, version: v.string() }),
  v.object({
    type: v.literal("phase"),
    at: Time,
    scenario: v.string(),
    caseId: v.exactOptional(v.string()),
    phase: PhaseSchema,
  }),
  v.object({ type: v.literal("build"), caseId: v.string(), build: BuildSchema }),
  v.object({
    type: v.literal("case-status"),
    caseId: v.string(),
    status: CaseStatusSchema,
    reason: v.exactOptional(v.string()),
    expected: v.exactOptional(v.string()),
    actual: v.exactOptional(v.string()),
  }),
  v.object({
    type: v.literal("verified"),
    caseId: v.string(),
    seconds: v.number(),
    outputBytes: Count,
  }),
  v.object({
    type: v.literal("observed"),
    caseId: v.string(),
    observed: v.record(v.string(), v.boolean()),
    output: v.string(),
  }),
  v.object({
    type: v.literal("calibrated"),
    caseId: v.string(),
    params: ParametersSchema,
    expected: v.exactOptional(v.string()),
    seconds: v.number(),
  }),
  v.object({ type: v.literal("sample"), caseId: v.string(), sample: SampleSchema }),
  v.object({
    type: v.literal("measured"),
    caseId: v.string(),
    metric: v.string(),
    value: v.number(),
  }),
  v.object({ type: v.literal("footprint"), caseId: v.string(), footprint: FootprintSchema }),
  v.object({
    type: v.literal("warning"),
    scenario: v.string(),
    caseId: v.exactOptional(v.string()),
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
    leftS: v.exactOptional(v.number()),
    casesDone: Count,
    cases: Count,
    samples: Count,
    halfWidth: v.exactOptional(v.number()),
  }),
  v.object({ type: v.literal("gate"), gate: GateSchema }),
  v.object({
    type: v.literal("run-end"),
    at: Time,
    interrupted: v.exactOptional(v.picklist(["SIGINT", "SIGTERM", "SIGHUP", "crash"])),
  }),
]);

export type {
  Phase,
  PlannedCase,
  PlannedScenario,
  RunEvent,
  RunOptions,
  RunStart,
} from "./event_types.ts";
