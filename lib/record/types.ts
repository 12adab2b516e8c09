/**
 * The run document as types. Names carry their unit as suffix (`wallS`, `maxRssKb`); absent means not
 * measured, never zero; times are RFC 3339 in UTC. The validators are in `schema.ts`.
 */
import type { FootprintDocument } from "./footprint_types.ts";
import type { Warning } from "./warning.ts";

export type { DepsManifest } from "./deps.ts";
export type * from "./footprint_types.ts";
export type { Warning } from "./warning.ts";

/** A value of a scenario's parameter. */
export type RecordedValue = number | string | boolean;

/** The machine and the program that a run was made with. */
export interface Environment {
  /** The operating system: `linux`. */
  os: string;
  /** The kernel's release. */
  kernel: string;
  /** The machine's name; left out of what is anonymised. */
  hostname?: string;
  /** The processor, as it calls itself. */
  cpuModel: string;
  /** Processors that the system has. */
  cores: number;
  /** Processors that versus and its programs may use, by number. */
  affinity: number[];
  /** Memory in KiB. */
  memTotalKb: number;
  /** Load average over one minute at the start. */
  loadAvg1?: number;
  /** What the machine is simulated by, if it is. */
  virtualization?: string;
  /** What decides the processor's clock frequency. */
  governor?: string;
  /** What runs versus: `deno 2.9.6`. */
  runtime: string;
  /** The packages of JSR, or their stand-ins. */
  packages: "jsr" | "airgap";
  /** The least peak resident set that the launcher can see, in KiB. */
  maxRssFloorKb?: number;
  /** Wall time that the launcher adds to a plain `posix_spawn`, in seconds. */
  wallOffsetS?: number;
  /** The hardware counters that were read, or why there are none. */
  counters?: string;
}

/** One measured execution of a case. */
export interface Sample {
  /** Its number within the case, from 0. */
  index: number;
  /** The block that it was taken in, from 0. */
  block: number;
  /** Its place within the block, from 0. */
  order: number;
  /** When it was released. */
  startedAt: string;
  /** Wall time from release to reaping, in seconds. */
  wallS: number;
  /** CPU time of the program and the descendants that it waited for, in seconds. */
  cpuS?: number;
  /** The part of `cpuS` in user mode. */
  userS?: number;
  /** The part of `cpuS` in the kernel. */
  sysS?: number;
  /** Peak resident set of the largest single process, in KiB. */
  maxRssKb?: number;
  /** `upper` when the true peak may be smaller. */
  maxRssBound?: "exact" | "upper";
  /** How the program was started. */
  method: "gate" | "spawn" | "plain";
  /** Its exit code. */
  exitCode: number;
  /** The signal that ended it. */
  signal?: string;
  /** Page faults that needed no input or output. */
  minorFaults?: number;
  /** Page faults that did. */
  majorFaults?: number;
  /** Context switches because it waited. */
  voluntarySwitches?: number;
  /** Context switches because its time was up. */
  involuntarySwitches?: number;
  /** Hardware counters by name. */
  counters?: Record<string, number>;
  /** What the program said of itself, by name. */
  metrics?: Record<string, number>;
}

/** A metric over all samples of a case. */
export interface MetricSummary {
  /** The middle value. */
  median: number;
  /** The lower end of the interval of the median. */
  low: number;
  /** The upper end. */
  high: number;
  /** The least value. */
  min: number;
  /** The largest value. */
  max: number;
}

/** Metric name to summary. */
export type MetricSummaries = Record<string, MetricSummary>;

/** A comparison with another case, paired by blocks. */
export interface Relative {
  /** The reference. */
  toCaseId: string;
  /** What is compared: `wallS`. */
  metric: string;
  /** The reference's value ÷ this case's: 64 means that this case is 64 times faster. */
  ratio: number;
  /** The lower end of the ratio's interval. */
  low: number;
  /** The upper end. */
  high: number;
  /** p of no difference, corrected for the number of comparisons. */
  pAdjusted: number;
  /** What that says, beyond a practical threshold of 1 %. */
  verdict: "faster" | "slower" | "equivalent" | "inconclusive";
}

/** What building a variant took and gave. */
export interface BuildResult {
  /** Wall time of the steps; absent for programs that are run from source. */
  seconds?: number;
  /** Peak resident set of the largest process of the build, in KiB. */
  maxRssKb?: number;
  /** Size of what is shipped, in bytes. */
  artifactBytes?: number;
  /** How it is linked, read from the ELF file; `script` for what needs an interpreter. */
  linkage?: "static" | "dynamic" | "script";
  /** Whether it was built before; the figures are then of that build. */
  cached?: boolean;
}

/** A figure that a document published, from another machine. */
export interface PublishedValue {
  /** The document. */
  source: string;
  /** The metric: `wallS`. */
  metric: string;
  /** The figure. */
  value: number;
  /** Its unit. */
  unit: string;
  /** The parameters that it was measured with. */
  params?: Record<string, RecordedValue>;
  /** What a reader must know of it. */
  note?: string;
}

/** What builds or runs a case. */
export interface ToolchainRecord {
  /** Its kind: `cpython`. */
  name: string;
  /** The version that it reports. */
  version: string;
  /** Where it was found, which may be a shim or a link. */
  path: string;
  /** The real executable, which was run. */
  realPath: string;
}

/** How a case ended. */
export type CaseStatus =
  | "ok"
  | "wrong-output"
  | "failed"
  | "timeout"
  | "unavailable"
  | "optimised-away";

/** One case with its samples and what they say. */
export interface CaseResult {
  /** Unique in the run: `flipsum/go[n=20000000,workers=1]`. */
  caseId: string;
  /** The variant. */
  variant: string;
  /** The language that it is written in. */
  language: string;
  /** What builds or runs it; absent when it is missing. */
  toolchain?: ToolchainRecord;
  /** The value of every parameter; one that was calibrated has the value that was found. */
  params: Record<string, RecordedValue>;
  /** How many workers it uses. */
  workers?: number;
  /** Iterations that its parameters stand for, which `nsPerIteration` is by. */
  iterations?: number;
  /** Lines of its sources without blanks and comments. */
  linesOfCode?: number;
  /** How it ended; only `ok` is ranked. */
  status: CaseStatus;
  /** Why it is not `ok`. */
  reason?: string;
  /** The result that was due. */
  expected?: string;
  /** What was printed in its place. */
  actual?: string;
  /** What building it took and gave. */
  build?: BuildResult;
  /** What its output says to the scenario's questions, by the question's name. */
  observed?: Record<string, boolean>;
  /** What it printed when that was looked at: standard output, then standard error, shortened. */
  output?: string;
  /** All samples, in order. */
  samples: Sample[];
  /** Each metric over all samples. */
  summary: MetricSummaries;
  /** The comparison with the reference. */
  relative?: Relative;
  /** What it opened, looked for and reached, in scenarios of that kind. */
  footprint?: FootprintDocument;
  /** What documents published for it. */
  published?: PublishedValue[];
  /** What to know about it. */
  warnings: Warning[];
}

/** A figure that a scenario's programs print of themselves. */
export interface OwnMetricRecord {
  /** What it is called. */
  title: string;
  /** Its unit. */
  unit: string;
}

/** A parameter whose value was found for each case, so that an execution takes a given time. */
export interface Calibration {
  /** The parameter. */
  parameter: string;
  /** Seconds that an execution should take. */
  targetS: number;
}

/** A case with a number of workers, beside the case of its variant with the fewest. */
export interface ScalingPoint {
  /** The case. */
  caseId: string;
  /** How many workers it uses. */
  workers: number;
  /** Its time, in seconds. */
  seconds: number;
  /** The time of the fewest workers ÷ its own. */
  speedup: number;
  /** The lower end of the speed-up's interval, where there were common blocks enough. */
  low?: number;
  /** The upper end. */
  high?: number;
  /** The speed-up by the workers that were added: 1 means that none was wasted. */
  efficiency: number;
  /** By how much it is faster than with the next smaller number of workers, in percent of that time. */
  improvementPercent?: number;
}

/** Amdahl's law fitted to the times of a variant. */
export interface AmdahlFit {
  /** The share of the work that more workers do not shorten, 0 to 1. */
  serialFraction: number;
  /** The speed-up that no number of workers exceeds; absent when nothing is serial. */
  maxSpeedup?: number;
  /** How far the times lie from the law, as the root of the mean square, in percent. */
  residualPercent: number;
  /** The numbers of workers that it was fitted to. */
  workers: number[];
}

/** What more workers gave a variant. */
export interface Scaling {
  /** The variant. */
  variant: string;
  /** Its cases by number of workers, ascending. */
  points: ScalingPoint[];
  /** Amdahl's law, where there were at least three numbers of workers. */
  amdahl?: AmdahlFit;
}

/** One scenario of a run. */
export interface ScenarioResult {
  /** Its name. */
  name: string;
  /** What it does. */
  kind: "bench" | "footprint" | "probe";
  /** One line. */
  title: string;
  /** Words that it is found by. */
  tags?: string[];
  /** What its cases are ranked and stopped by, if not what the whole run is. */
  primaryMetric?: string;
  /** Figures that its programs print of themselves, by name. */
  metrics?: Record<string, OwnMetricRecord>;
  /** Questions that its programs' output answers, in words, by name. */
  observe?: Record<string, string>;
  /** What was calibrated, if anything. */
  calibrated?: Calibration;
  /** What to know about it as a whole. */
  warnings: Warning[];
  /** Its cases, in the order of the file. */
  cases: CaseResult[];
  /** What more workers gave, of variants that were run with several numbers of them. */
  scaling?: Scaling[];
}

/** What a gate says. */
export type GateDecision = "passed" | "regressed" | "undecided";

/** A gate on a baseline. */
export interface Gate {
  /** The file or run that was compared with. */
  baseline: string;
  /** The slow-down that is allowed, in percent. */
  limitPercent: number;
  /** The verdict on all cases. */
  verdict: GateDecision;
  /** Each case that both have. */
  cases: {
    /** The case. */
    caseId: string;
    /** This run's value ÷ the baseline's: 1.03 means 3 % slower. */
    ratio: number;
    /** The lower end of its interval. */
    low: number;
    /** The upper end. */
    high: number;
    /** The verdict on it. */
    verdict: GateDecision;
  }[];
}

/** A run: all samples of one invocation, with the environment they were taken in. */
export interface RunRecord {
  /** What this document is. */
  schema: "versus.run/1";
  /** The run's identifier; sorts by time. */
  id: string;
  /** When it started. */
  startedAt: string;
  /** When it ended; absent when it was cut off. */
  finishedAt?: string;
  /** What stopped it. */
  interrupted?: "SIGINT" | "SIGTERM" | "SIGHUP" | "crash";
  /** The seed of all orders. */
  seed: number;
  /** The version of versus. */
  version: string;
  /** What cases are ranked and stopped by: `wallS`. */
  primaryMetric: string;
  /** The confidence of all intervals: 0.95. */
  confidence: number;
  /** The machine. */
  environment: Environment;
  /** What was measured. */
  scenarios: ScenarioResult[];
  /** The gate, if there was one. */
  gate?: Gate;
}
