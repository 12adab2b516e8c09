/** The events of a run as types; the validators are in `events.ts`. */
import type { FootprintDocument } from "./footprint_types.ts";
import type {
  BuildResult,
  Calibration,
  CaseStatus,
  Environment,
  Gate,
  MetricSummaries,
  OwnMetricRecord,
  PublishedValue,
  RecordedValue,
  Sample,
  ToolchainRecord,
  Warning,
} from "./types.ts";

/** What a run does with its cases before and while it measures. */
export type Phase =
  | "build"
  | "verify"
  | "growth"
  | "calibrate"
  | "warmup"
  | "measure"
  | "memory"
  | "trace";

/** When to stop, and how to time. */
export interface RunOptions {
  /** What cases are ranked and stopped by: `wallS`. */
  primaryMetric: string;
  /** The confidence of all intervals: 0.95. */
  confidence: number;
  /** The half-width of the median's interval to reach, relative: 0.02; 0 for none. */
  precision: number;
  /** The least number of samples of a case. */
  minRuns: number;
  /** The largest number. */
  maxRuns: number;
  /** Executions before the first sample. */
  warmup: number;
  /** Seconds that samples of a scenario are taken for. */
  maxTimeS: number;
  /** Seconds after which a program is ended. */
  timeoutS: number;
  /** The processors that programs may use. */
  cpus?: number[];
  /** Seconds that a sample should take; its size is calibrated. */
  targetS?: number;
  /** Whether any exit code is taken for good. */
  ignoreFailure?: boolean;
}

/** A case as planned. */
export interface PlannedCase {
  /** Unique in the run. */
  caseId: string;
  /** The variant. */
  variant: string;
  /** What sets it apart. */
  title?: string;
  /** The language that it is written in. */
  language: string;
  /** What builds or runs it. */
  toolchain?: ToolchainRecord;
  /** The value of every parameter; one that will be calibrated has the value to start from. */
  params: Record<string, RecordedValue>;
  /** How many workers it uses. */
  workers: number;
  /** Lines of its sources without blanks and comments. */
  linesOfCode?: number;
  /** The result that is due. */
  expected?: string;
  /** What documents published for it. */
  published?: PublishedValue[];
  /** Why it cannot run, and how to install what is missing. */
  missing?: {
    /** What was looked for and not found. */
    reason: string;
    /** The command that installs it. */
    install?: string;
  };
}

/** A scenario as planned. */
export interface PlannedScenario {
  /** Its name. */
  name: string;
  /** What it does. */
  kind: "bench" | "footprint" | "probe";
  /** One line. */
  title: string;
  /** Its YAML file. */
  file?: string;
  /** The parameter that the work grows with. */
  loop?: string;
  /** Words that it is found by. */
  tags?: string[];
  /** What its cases are ranked and stopped by, if not what the whole run is. */
  primaryMetric?: string;
  /** Figures that its programs print of themselves, by name. */
  metrics?: Record<string, OwnMetricRecord>;
  /** Questions that its programs' output answers, in words, by name. */
  observe?: Record<string, string>;
  /** What is calibrated, if anything. */
  calibrated?: Calibration;
  /** The variant that others are compared with. */
  reference: string;
  /** Its cases, in the order of the file. */
  cases: PlannedCase[];
}

/** The first event of a run. */
export interface RunStart {
  /** Which event it is. */
  type: "run-start";
  /** What these events are. */
  schema: "versus.events/1";
  /** The run's identifier. */
  id: string;
  /** When it started. */
  at: string;
  /** The seed of all orders. */
  seed: number;
  /** The version of versus. */
  version: string;
  /** When to stop, and how to time. */
  options: RunOptions;
  /** The machine. */
  environment: Environment;
  /** What will be measured. */
  scenarios: PlannedScenario[];
  /** What was asked for, so that `--resume` can ask for it again. */
  request?: unknown;
}

/** What happens in a run, in order; `at` is RFC 3339 in UTC. */
export type RunEvent =
  | RunStart
  | { type: "resume"; at: string; version: string }
  | { type: "phase"; at: string; scenario: string; caseId?: string; phase: Phase }
  | { type: "build"; caseId: string; build: BuildResult }
  | {
    type: "case-status";
    caseId: string;
    status: CaseStatus;
    reason?: string;
    expected?: string;
    actual?: string;
  }
  | {
    /** A case printed the right result; a resumed run does not check that again. */
    type: "verified";
    caseId: string;
    /** What that execution took. */
    seconds: number;
    /** The size of its output. */
    outputBytes: number;
  }
  | {
    type: "observed";
    caseId: string;
    observed: Record<string, boolean>;
    /** Standard output, then standard error, shortened. */
    output: string;
  }
  | {
    type: "calibrated";
    caseId: string;
    /** The value of every parameter from now on. */
    params: Record<string, RecordedValue>;
    /** The result that is due with them. */
    expected?: string;
    /** What an execution took with them. */
    seconds: number;
  }
  | { type: "sample"; caseId: string; sample: Sample }
  | { type: "measured"; caseId: string; metric: string; value: number }
  | { type: "footprint"; caseId: string; footprint: FootprintDocument }
  | { type: "warning"; scenario: string; caseId?: string; warning: Warning }
  | {
    type: "case-end";
    at: string;
    caseId: string;
    samples: number;
    stop: "precision" | "max-runs" | "max-time" | "failed" | "interrupted";
    summary: MetricSummaries;
  }
  | {
    type: "progress";
    scenario: string;
    phase: Phase;
    /** Seconds since the timing of the scenario began. */
    elapsedS: number;
    /** Seconds until it probably ends. */
    leftS?: number;
    /** Cases that have ended, of all that can run. */
    casesDone: number;
    cases: number;
    samples: number;
    /** The widest relative half-width among the cases that still run. */
    halfWidth?: number;
  }
  | { type: "gate"; gate: Gate }
  | { type: "run-end"; at: string; interrupted?: "SIGINT" | "SIGTERM" | "SIGHUP" | "crash" };
