/** The document that `versus probe --json` prints. */
import type { ProbeSample, ProbeSettings } from "./events.ts";

/** How far a target could be reached. */
export type TargetState = "open" | "refused" | "timeout" | "unreachable" | "error";

/** A target's samples in a few numbers; times in milliseconds, only of those that were answered. */
export interface ProbeSummary {
  /** How many attempts were made. */
  sent: number;
  /** How many of them got no answer, or not the expected one. */
  lost: number;
  /** The same as a share. */
  lossPercent: number;
  /** The shortest time. */
  minMs?: number;
  /** The middle time. */
  p50Ms?: number;
  /** The 95th percentile, by nearest rank. */
  p95Ms?: number;
  /** Only from 100 answers on: below that it would be the maximum by another name. */
  p99Ms?: number;
  /** The longest time. */
  maxMs?: number;
  /** After RFC 3550, section 6.4.1; only from two answers on. */
  jitterMs?: number;
}

/** What was found out about one target. */
export interface ProbeTargetResult {
  /** Its label. */
  target: string;
  /** How far it could be reached. */
  state: TargetState;
  /** All attempts in their order. */
  samples: ProbeSample[];
  /** Of cold samples. */
  summary: ProbeSummary;
  /** Of warm samples, which are never mixed with cold ones. */
  warm?: ProbeSummary;
  /** The last answer, in the form of its protocol. */
  result?: Record<string, unknown>;
}

/** A limit that was asked for, and what was found of one target. */
export interface ProbeGate {
  /** The target's label. */
  target: string;
  /** The option as it was typed: `--max-p95`. */
  option: string;
  /** Whether it holds. */
  passed: boolean;
  /** What was found. */
  message: string;
}

/** What `versus probe --json` prints. */
export interface ProbeDocument {
  /** Which document it is. */
  schema: "versus.probe/1";
  /** For example `ssh`. */
  protocol: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** RFC 3339, UTC. */
  finishedAt?: string;
  /** How often, how long and how many at once. */
  settings: ProbeSettings;
  /** Those that an attempt was made at. */
  targets: ProbeTargetResult[];
  /** Limits that were asked for; absent if none was. */
  gates?: ProbeGate[];
  /** Why not all was measured. */
  partial?: { reason: string };
}
