/** A program that was looked up and checked, ready to be started by any method. */
import type { Execution, OutputTarget } from "./types.ts";

/** What the main thread hands to the one that measures. Everything in it can be cloned. */
export interface Job {
  /** Tells an abort of this job from one that comes too late for an earlier job. */
  readonly id: number;
  /** The executable. */
  readonly path: string;
  /** Its arguments, the name first, as it was given. */
  readonly argv: readonly string[];
  /** Its environment, `NAME=value` each. */
  readonly env: readonly string[];
  /** Its working directory, absolute. */
  readonly cwd: string;
  /** An existing file. */
  readonly stdin: string;
  /** Where the output goes; files exist and are absolute. */
  readonly stdout: OutputTarget;
  /** Where the errors go; files exist and are absolute. */
  readonly stderr: OutputTarget;
  /** Milliseconds until its processes are ended. */
  readonly timeoutMs?: number;
  /** Processors. */
  readonly cpus?: readonly number[];
  /** RLIMIT_FSIZE. */
  readonly maxFileBytes?: number;
  /** What its processes' /proc/PID/oom_score_adj is raised by; different for jobs that overlap. */
  readonly mark: number;
}

/** A result without the method, which the caller knows. */
export type JobResult = Omit<Execution, "method">;
