/** What happens while targets are probed, as it happens. */
import type { ProbeErrorCode } from "./error.ts";
import type { Phases } from "./phases.ts";

/** Whether an answer came over a connection of its own, or over one that had answered before. */
export type ConnectionKind = "cold" | "warm";

/** One attempt at one target. */
export interface ProbeSample {
  /** Whether the answer came and is the expected one. */
  ok: boolean;
  /** 1 for the first try of a sample, 2 and more for retries. */
  attempt: number;
  /** Whether the connection had answered before. */
  connection: ConnectionKind;
  /** The times of what took place, in milliseconds. */
  phases: Phases;
  /** The whole attempt, in milliseconds. */
  totalMs: number;
  /** Why it failed. */
  error?: { code: ProbeErrorCode; message: string };
}

/** A run of probes begins. */
export interface ProbeStart {
  /** Which event it is. */
  type: "start";
  /** For example `ssh`. */
  protocol: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  /** Labels of the targets, in the order that was asked for. */
  targets: string[];
  /** How often, how long and how many at once. */
  settings: ProbeSettings;
}

/** An attempt has ended. */
export interface ProbeSampleEvent<Result = unknown> {
  /** Which event it is. */
  type: "sample";
  /** The target's label. */
  target: string;
  /** Its place among the targets, from 0. */
  targetIndex: number;
  /** Which sample of the target, from 0; retries have the same. */
  index: number;
  /** When the attempt began; RFC 3339, UTC. */
  at: string;
  /** How it ended. */
  sample: ProbeSample;
  /** What was answered; there too when it was not the expected answer. */
  result?: Result;
}

/** A target has had all of its samples. */
export interface ProbeTargetEnd {
  /** Which event it is. */
  type: "target-end";
  /** The target's label. */
  target: string;
  /** Its place among the targets, from 0. */
  targetIndex: number;
}

/** All is over. */
export interface ProbeEnd {
  /** Which event it is. */
  type: "end";
  /** RFC 3339, UTC. */
  finishedAt: string;
  /** Whether it was cancelled before all samples were taken. */
  cancelled: boolean;
}

/** One event of a run of probes. */
export type ProbeEvent<Result = unknown> =
  | ProbeStart
  | ProbeSampleEvent<Result>
  | ProbeTargetEnd
  | ProbeEnd;

/** How often, how long and how many at once; times in milliseconds. */
export interface ProbeSettings {
  /** Samples of each target; 0 for no end. */
  count: number;
  /** From the start of one sample to the start of the next, of one target. */
  intervalMs: number;
  /** How long an attempt may take. */
  timeoutMs: number;
  /** How many times more a sample is tried that failed. */
  retries: number;
  /** How many attempts there may be at once. */
  concurrency: number;
  /** Whether later samples go over a connection that is kept, where the protocol can. */
  warm: boolean;
}
