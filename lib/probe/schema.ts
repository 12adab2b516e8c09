/** The probe document and its events: validators and types. */
import * as v from "valibot";
import type {
  ProbeDocument,
  ProbeGate,
  ProbeSummary,
  ProbeTargetResult,
  TargetState,
} from "./document_types.ts";
import type { ProbeEvent, ProbeSample, ProbeSettings } from "./events.ts";
import { ERROR_CODES, type ProbeErrorCode } from "./error.ts";
import { type PhaseName, PHASES } from "./phases.ts";

export type { ProbeDocument, ProbeGate, ProbeTargetResult, TargetState } from "./document_types.ts";

const Milliseconds = v.pipe(v.number(), v.minValue(0));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const CODES = Object.keys(ERROR_CODES) as [ProbeErrorCode, ...ProbeErrorCode[]];

const phaseEntries = Object.fromEntries(
  PHASES.map((name) => [name, v.exactOptional(Milliseconds)]),
) as Record<PhaseName, v.ExactOptionalSchema<typeof Milliseconds, undefined>>;

/** One attempt at one target. */
export const ProbeSampleSchema: v.GenericSchema<ProbeSample> = v.object({
  ok: v.boolean(),
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1)),
  connection: v.picklist(["cold", "warm"]),
  phases: v.object(phaseEntries),
  totalMs: Milliseconds,
  error: v.exactOptional(v.object({ code: v.picklist(CODES), message: v.string() })),
});

/** A target's samples in a few numbers. */
export const ProbeSummarySchema: v.GenericSchema<ProbeSummary> = v.object({
  sent: Count,
  lost: Count,
  lossPercent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  minMs: v.exactOptional(Milliseconds),
  p50Ms: v.exactOptional(Milliseconds),
  p95Ms: v.exactOptional(Milliseconds),
  p99Ms: v.exactOptional(Milliseconds),
  maxMs: v.exactOptional(Milliseconds),
  jitterMs: v.exactOptional(Milliseconds),
});

const Settings: v.GenericSchema<ProbeSettings> = v.object({
  count: Count,
  intervalMs: Milliseconds,
  timeoutMs: Milliseconds,
  retries: Count,
  concurrency: Count,
  warm: v.boolean(),
});

const State: v.GenericSchema<TargetState> = v.picklist([
  "open",
  "refused",
  "timeout",
  "unreachable",
  "error",
]);

/** What was found out about one target. */
export const ProbeTargetSchema: v.GenericSchema<ProbeTargetResult> = v.object({
  target: v.string(),
  state: State,
  samples: v.array(ProbeSampleSchema),
  /** Of cold samples. */
  summary: ProbeSummarySchema,
  /** Of warm samples, which are never mixed with cold ones. */
  warm: v.exactOptional(ProbeSummarySchema),
  /** The last answer, in the form of its protocol. */
  result: v.exactOptional(v.record(v.string(), v.unknown())),
});

/** A limit that was asked for, and what was found of one target. */
export const ProbeGateSchema: v.GenericSchema<ProbeGate> = v.object({
  target: v.string(),
  /** The option as it was typed: `--max-p95`. */
  option: v.string(),
  passed: v.boolean(),
  message: v.string(),
});

/** What `versus probe --json` prints. */
export const ProbeSchema: v.GenericSchema<ProbeDocument> = v.object({
  schema: v.literal("versus.probe/1"),
  protocol: v.string(),
  startedAt: v.string(),
  finishedAt: v.exactOptional(v.string()),
  settings: Settings,
  targets: v.array(ProbeTargetSchema),
  /** Limits that were asked for; absent if none was. */
  gates: v.exactOptional(v.array(ProbeGateSchema)),
  partial: v.exactOptional(v.object({ reason: v.string() })),
});

/** One line of `versus probe --events`. */
export const ProbeEventSchema: v.GenericSchema<ProbeEvent<unknown>> = v.variant("type", [
  v.object({
    type: v.literal("start"),
    protocol: v.string(),
    startedAt: v.string(),
    targets: v.array(v.string()),
    settings: Settings,
  }),
  v.object({
    type: v.literal("sample"),
    target: v.string(),
    targetIndex: Count,
    index: Count,
    at: v.string(),
    sample: ProbeSampleSchema,
    result: v.exactOptional(v.record(v.string(), v.unknown())),
  }),
  v.object({ type: v.literal("target-end"), target: v.string(), targetIndex: Count }),
  v.object({ type: v.literal("end"), finishedAt: v.string(), cancelled: v.boolean() }),
]);
