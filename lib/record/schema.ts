/**
 * The run document: what `versus run --json` prints and what a journal is made into.
 *
 * Names carry their unit as suffix. Absent means not measured, never zero. Times are RFC 3339 in
 * UTC. The JSON Schema of `versus schema run` is generated from these validators.
 */
import * as v from "valibot";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Amount = v.pipe(v.number(), v.finite());
const Time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "expected an RFC 3339 time in UTC"),
);

/** A value of a scenario's parameter. */
export const ParameterValueSchema = v.union([v.number(), v.string(), v.boolean()]);

/** Parameter names to values. */
export const ParametersSchema = v.record(v.string(), ParameterValueSchema);

/** Something to know about a result, with what to do about it. */
export const WarningSchema = v.object({
  code: v.string(),
  message: v.string(),
  advice: v.string(),
});

/** The machine and the program that a run was made with. */
export const EnvironmentSchema = v.object({
  os: v.string(),
  kernel: v.string(),
  hostname: v.optional(v.string()),
  cpuModel: v.string(),
  cores: Count,
  affinity: v.array(Count),
  memTotalKb: Count,
  loadAvg1: v.optional(Amount),
  virtualization: v.optional(v.string()),
  governor: v.optional(v.string()),
  runtime: v.string(),
  packages: v.picklist(["jsr", "airgap"]),
  maxRssFloorKb: v.optional(Count),
  wallOffsetS: v.optional(Amount),
  counters: v.optional(v.string()),
});

/** One measured execution of a case. */
export const SampleSchema = v.object({
  index: Count,
  block: Count,
  order: Count,
  startedAt: Time,
  wallS: Amount,
  cpuS: v.optional(Amount),
  userS: v.optional(Amount),
  sysS: v.optional(Amount),
  maxRssKb: v.optional(Count),
  maxRssBound: v.optional(v.picklist(["exact", "upper"])),
  method: v.picklist(["gate", "spawn", "plain"]),
  exitCode: Count,
  signal: v.optional(v.string()),
  minorFaults: v.optional(Count),
  majorFaults: v.optional(Count),
  voluntarySwitches: v.optional(Count),
  involuntarySwitches: v.optional(Count),
  counters: v.optional(v.record(v.string(), Amount)),
  metrics: v.optional(v.record(v.string(), Amount)),
});

/** A metric over all samples of a case: the median with its interval, and the extremes. */
export const MetricSummarySchema = v.object({
  median: Amount,
  low: Amount,
  high: Amount,
  min: Amount,
  max: Amount,
});

/** Metric name to summary. */
export const SummarySchema = v.record(v.string(), MetricSummarySchema);

/** A paired comparison with another case; the ratio is the reference's value by this one's. */
export const RelativeSchema = v.object({
  toCaseId: v.string(),
  metric: v.string(),
  ratio: Amount,
  low: Amount,
  high: Amount,
  pAdjusted: Amount,
  verdict: v.picklist(["faster", "slower", "equivalent", "inconclusive"]),
});

/** What building a variant took and gave. */
export const BuildSchema = v.object({
  seconds: v.optional(Amount),
  maxRssKb: v.optional(Count),
  artifactBytes: v.optional(Count),
  linkage: v.optional(v.picklist(["static", "dynamic", "script"])),
  cached: v.optional(v.boolean()),
});

/** A figure that a document published. */
export const PublishedValueSchema = v.object({
  source: v.string(),
  metric: v.string(),
  value: Amount,
  unit: v.string(),
  params: v.optional(ParametersSchema),
  note: v.optional(v.string()),
});

/** What builds or runs a case. */
export const ToolchainSchema = v.object({
  name: v.string(),
  version: v.string(),
  path: v.string(),
  realPath: v.string(),
});

/** How a case ended. */
export const CaseStatusSchema = v.picklist([
  "ok",
  "wrong-output",
  "failed",
  "timeout",
  "unavailable",
  "optimised-away",
]);

/** One case with its samples and what they say. */
export const CaseSchema = v.object({
  caseId: v.string(),
  variant: v.string(),
  language: v.string(),
  toolchain: v.optional(ToolchainSchema),
  params: ParametersSchema,
  status: CaseStatusSchema,
  reason: v.optional(v.string()),
  expected: v.optional(v.string()),
  actual: v.optional(v.string()),
  build: v.optional(BuildSchema),
  samples: v.array(SampleSchema),
  summary: SummarySchema,
  relative: v.optional(RelativeSchema),
  published: v.optional(v.array(PublishedValueSchema)),
  warnings: v.array(WarningSchema),
});

/** One scenario of a run. */
export const ScenarioResultSchema = v.object({
  name: v.string(),
  kind: v.picklist(["bench", "footprint", "probe"]),
  title: v.string(),
  warnings: v.array(WarningSchema),
  cases: v.array(CaseSchema),
});

/** What a gate on a baseline decided. */
export const GateSchema = v.object({
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
export const RunRecordSchema = v.object({
  schema: v.literal("versus.run/1"),
  id: v.string(),
  startedAt: Time,
  finishedAt: v.optional(Time),
  interrupted: v.optional(v.picklist(["SIGINT", "SIGTERM", "SIGHUP", "crash"])),
  seed: Count,
  version: v.string(),
  primaryMetric: v.string(),
  confidence: Amount,
  environment: EnvironmentSchema,
  scenarios: v.array(ScenarioResultSchema),
  gate: v.optional(GateSchema),
});

/** {@linkcode WarningSchema} as a type. */
export type Warning = v.InferOutput<typeof WarningSchema>;
/** {@linkcode EnvironmentSchema} as a type. */
export type Environment = v.InferOutput<typeof EnvironmentSchema>;
/** {@linkcode SampleSchema} as a type. */
export type Sample = v.InferOutput<typeof SampleSchema>;
/** {@linkcode MetricSummarySchema} as a type. */
export type MetricSummary = v.InferOutput<typeof MetricSummarySchema>;
/** {@linkcode SummarySchema} as a type. */
export type Summary = v.InferOutput<typeof SummarySchema>;
/** {@linkcode RelativeSchema} as a type. */
export type Relative = v.InferOutput<typeof RelativeSchema>;
/** {@linkcode BuildSchema} as a type. */
export type BuildResult = v.InferOutput<typeof BuildSchema>;
/** {@linkcode PublishedValueSchema} as a type. */
export type PublishedValue = v.InferOutput<typeof PublishedValueSchema>;
/** {@linkcode ToolchainSchema} as a type. */
export type ToolchainRecord = v.InferOutput<typeof ToolchainSchema>;
/** {@linkcode CaseStatusSchema} as a type. */
export type CaseStatus = v.InferOutput<typeof CaseStatusSchema>;
/** {@linkcode CaseSchema} as a type. */
export type CaseResult = v.InferOutput<typeof CaseSchema>;
/** {@linkcode ScenarioResultSchema} as a type. */
export type ScenarioResult = v.InferOutput<typeof ScenarioResultSchema>;
/** {@linkcode GateSchema} as a type. */
export type Gate = v.InferOutput<typeof GateSchema>;
/** {@linkcode RunRecordSchema} as a type. */
export type RunRecord = v.InferOutput<typeof RunRecordSchema>;
