/**
 * The run document: what `versus run --json` prints and what a journal is made into.
 *
 * Names carry their unit as suffix. Absent means not measured, never zero. Times are RFC 3339 in
 * UTC. The JSON Schema of `versus schema run` is generated from these validators.
 */
import * as v from "valibot";
import type {
  BuildResult,
  Calibration,
  CaseResult,
  CaseStatus,
  Environment,
  Gate,
  MetricSummaries,
  MetricSummary,
  OwnMetricRecord,
  PublishedValue,
  RecordedValue,
  Relative,
  RunRecord,
  Sample,
  Scaling,
  ScenarioResult,
  ToolchainRecord,
} from "./types.ts";
import { FootprintSchema } from "./footprint.ts";
import { type Validator, WarningSchema } from "./warning.ts";

export { type Validator, WarningSchema } from "./warning.ts";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Amount = v.pipe(v.number(), v.finite());
const Time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "expected an RFC 3339 time in UTC"),
);

/** A value of a scenario's parameter. */
export const ParameterValueSchema: Validator<RecordedValue> = v.union([
  v.number(),
  v.string(),
  v.boolean(),
]);

/** Parameter names to values. */
export const ParametersSchema: Validator<Record<string, RecordedValue>> = v.record(
  v.string(),
  ParameterValueSchema,
);

/** The machine and the program that a run was made with. */
export const EnvironmentSchema: Validator<Environment> = v.object({
  os: v.string(),
  kernel: v.string(),
  hostname: v.exactOptional(v.string()),
  cpuModel: v.string(),
  cores: Count,
  affinity: v.array(Count),
  memTotalKb: Count,
  loadAvg1: v.exactOptional(Amount),
  virtualization: v.exactOptional(v.string()),
  governor: v.exactOptional(v.string()),
  runtime: v.string(),
  packages: v.picklist(["jsr", "airgap"]),
  maxRssFloorKb: v.exactOptional(Count),
  wallOffsetS: v.exactOptional(Amount),
  counters: v.exactOptional(v.string()),
});

/** One measured execution of a case. */
export const SampleSchema: Validator<Sample> = v.object({
  index: Count,
  block: Count,
  order: Count,
  startedAt: Time,
  wallS: Amount,
  cpuS: v.exactOptional(Amount),
  userS: v.exactOptional(Amount),
  sysS: v.exactOptional(Amount),
  maxRssKb: v.exactOptional(Count),
  maxRssBound: v.exactOptional(v.picklist(["exact", "upper"])),
  method: v.picklist(["gate", "spawn", "plain"]),
  exitCode: Count,
  signal: v.exactOptional(v.string()),
  minorFaults: v.exactOptional(Count),
  majorFaults: v.exactOptional(Count),
  voluntarySwitches: v.exactOptional(Count),
  involuntarySwitches: v.exactOptional(Count),
  counters: v.exactOptional(v.record(v.string(), Amount)),
  metrics: v.exactOptional(v.record(v.string(), Amount)),
});

/** A metric over all samples of a case: the median with its interval, and the extremes. */
export const MetricSummarySchema: Validator<MetricSummary> = v.object({
  median: Amount,
  low: Amount,
  high: Amount,
  min: Amount,
  max: Amount,
});

/** Metric name to summary. */
export const SummarySchema: Validator<MetricSummaries> = v.record(v.string(), MetricSummarySchema);

/** A paired comparison with another case; the ratio is the reference's value by this one's. */
export const RelativeSchema: Validator<Relative> = v.object({
  toCaseId: v.string(),
  metric: v.string(),
  ratio: Amount,
  low: Amount,
  high: Amount,
  pAdjusted: Amount,
  verdict: v.picklist(["faster", "slower", "equivalent", "inconclusive"]),
});

/** What building a variant took and gave. */
export const BuildSchema: Validator<BuildResult> = v.object({
  seconds: v.exactOptional(Amount),
  maxRssKb: v.exactOptional(Count),
  artifactBytes: v.exactOptional(Count),
  linkage: v.exactOptional(v.picklist(["static", "dynamic", "script"])),
  cached: v.exactOptional(v.boolean()),
});

/** A figure that a document published. */
export const PublishedValueSchema: Validator<PublishedValue> = v.object({
  source: v.string(),
  metric: v.string(),
  value: Amount,
  unit: v.string(),
  params: v.exactOptional(ParametersSchema),
  note: v.exactOptional(v.string()),
});

/** What builds or runs a case. */
export const ToolchainSchema: Validator<ToolchainRecord> = v.object({
  name: v.string(),
  version: v.string(),
  path: v.string(),
  realPath: v.string(),
});

/** How a case ended. */
export const CaseStatusSchema: Validator<CaseStatus> = v.picklist([
  "ok",
  "wrong-output",
  "failed",
  "timeout",
  "unavailable",
  "optimised-away",
]);

/** One case with its samples and what they say. */
export const CaseSchema: Validator<CaseResult> = v.object({
  caseId: v.string(),
  variant: v.string(),
  language: v.string(),
  toolchain: v.exactOptional(ToolchainSchema),
  params: ParametersSchema,
  workers: v.exactOptional(Count),
  iterations: v.exactOptional(Amount),
  linesOfCode: v.exactOptional(Count),
  status: CaseStatusSchema,
  reason: v.exactOptional(v.string()),
  expected: v.exactOptional(v.string()),
  actual: v.exactOptional(v.string()),
  build: v.exactOptional(BuildSchema),
  observed: v.exactOptional(v.record(v.string(), v.boolean())),
  output: v.exactOptional(v.string()),
  samples: v.array(SampleSchema),
  summary: SummarySchema,
  relative: v.exactOptional(RelativeSchema),
  footprint: v.exactOptional(FootprintSchema),
  published: v.exactOptional(v.array(PublishedValueSchema)),
  warnings: v.array(WarningSchema),
});

/** Figures that a scenario's programs print of themselves, by name. */
export const OwnMetricsSchema: Validator<Record<string, OwnMetricRecord>> = v.record(
  v.string(),
  v.object({ title: v.string(), unit: v.string() }),
);

/** A parameter whose value is found for each case. */
export const CalibrationSchema: Validator<Calibration> = v.object({
  parameter: v.string(),
  targetS: Amount,
});

/** What more workers gave a variant. */
export const ScalingSchema: Validator<Scaling> = v.object({
  variant: v.string(),
  points: v.array(v.object({
    caseId: v.string(),
    workers: Count,
    seconds: Amount,
    speedup: Amount,
    low: v.exactOptional(Amount),
    high: v.exactOptional(Amount),
    efficiency: Amount,
    improvementPercent: v.exactOptional(Amount),
  })),
  amdahl: v.exactOptional(v.object({
    serialFraction: Amount,
    maxSpeedup: v.exactOptional(Amount),
    residualPercent: Amount,
    workers: v.array(Count),
  })),
});

/** One scenario of a run. */
export const ScenarioResultSchema: Validator<ScenarioResult> = v.object({
  name: v.string(),
  kind: v.picklist(["bench", "footprint", "probe"]),
  title: v.string(),
  tags: v.exactOptional(v.array(v.string())),
  primaryMetric: v.exactOptional(v.string()),
  metrics: v.exactOptional(OwnMetricsSchema),
  observe: v.exactOptional(v.record(v.string(), v.string())),
  calibrated: v.exactOptional(CalibrationSchema),
  warnings: v.array(WarningSchema),
  cases: v.array(CaseSchema),
  scaling: v.exactOptional(v.array(ScalingSchema)),
});

/** What a gate on a baseline decided. */
export const GateSchema: Validator<Gate> = v.object({
  baseline: v.string(),
  limitPercent: Amount,
  verdict: v.picklist(["passed", "regressed", "undecided"]),
  cases: v.array(v.object({
    caseId: v.string(),
    ratio: Amount,
    low: Amount,
    high: Amount,
    verdict: v.picklist(["passed", "regressed", "undecided"]),
  })),
});

/** The whole document. */
export const RunRecordSchema: Validator<RunRecord> = v.object({
  schema: v.literal("versus.run/1"),
  id: v.string(),
  startedAt: Time,
  finishedAt: v.exactOptional(Time),
  interrupted: v.exactOptional(v.picklist(["SIGINT", "SIGTERM", "SIGHUP", "crash"])),
  seed: Count,
  version: v.string(),
  primaryMetric: v.string(),
  confidence: Amount,
  environment: EnvironmentSchema,
  scenarios: v.array(ScenarioResultSchema),
  gate: v.exactOptional(GateSchema),
});

export type {
  AmdahlFit,
  BuildResult,
  Calibration,
  CaseResult,
  CaseStatus,
  Environment,
  Gate,
  MetricSummaries,
  MetricSummary,
  OwnMetricRecord,
  PublishedValue,
  Relative,
  RunRecord,
  Sample,
  Scaling,
  ScalingPoint,
  ScenarioResult,
  ToolchainRecord,
  Warning,
} from "./types.ts";
