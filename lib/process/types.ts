/** How a program was started: see the folder's `mod.ts`. */
export type LaunchMethod = "gate" | "spawn" | "plain";

/** Where a child's standard input comes from. */
export type InputSource = "null" | { readonly file: string };

/** Where a child's output goes; `capture` keeps the first bytes and counts the rest. */
export type OutputTarget =
  | "null"
  | { readonly file: string }
  | { readonly captureBytes: number };

/** A program to start once. */
export interface LaunchSpec {
  /** The program and its arguments; the first is an absolute path or is looked up on `env.PATH`. */
  readonly argv: readonly string[];
  /** The working directory; this process's own by default. */
  readonly cwd?: string;
  /** The whole environment of the child; this process's own by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; `"null"` by default. */
  readonly stdin?: InputSource;
  /** Standard output; `"null"` by default. */
  readonly stdout?: OutputTarget;
  /** Standard error; `"null"` by default. */
  readonly stderr?: OutputTarget;
  /** Ends the whole process tree after so many milliseconds. */
  readonly timeoutMs?: number;
  /** Ends the whole process tree when it fires. */
  readonly signal?: AbortSignal;
  /** The processors that the child may use. */
  readonly cpus?: readonly number[];
  /** The largest file that the child may write, in bytes (RLIMIT_FSIZE); no limit by default. */
  readonly maxFileBytes?: number;
}

/** Output of a child, kept up to a bound. */
export interface CapturedOutput {
  /** The first bytes that it wrote. */
  readonly bytes: Uint8Array;
  /** How many bytes it wrote in all. */
  readonly totalBytes: number;
}

/** What one execution of a program cost. Absent means not measured, never zero. */
export interface Execution {
  /** The way it was started. */
  readonly method: LaunchMethod;
  /** When it was released, RFC 3339 in UTC. */
  readonly startedAt: string;
  /** Wall time from release to reaping, in seconds. */
  readonly wallS: number;
  /** CPU time of the program and the descendants that it waited for, in seconds. */
  readonly cpuS?: number;
  /** The part of `cpuS` spent in user mode, in seconds. */
  readonly userS?: number;
  /** The part of `cpuS` spent in the kernel, in seconds. */
  readonly sysS?: number;
  /** Peak resident set of the largest single process, in KiB. */
  readonly maxRssKb?: number;
  /** `upper` when the true peak may be smaller than `maxRssKb` (the launcher's own floor). */
  readonly maxRssBound?: "exact" | "upper";
  /** Page faults that needed no input or output. */
  readonly minorFaults?: number;
  /** Page faults that did. */
  readonly majorFaults?: number;
  /** Context switches because it waited. */
  readonly voluntarySwitches?: number;
  /** Context switches because its time was up. */
  readonly involuntarySwitches?: number;
  /** Hardware counters by name (`instructions`, `cycles`, …), where the kernel gives them. */
  readonly counters?: Readonly<Record<string, number>>;
  /** The exit code; 128 + signal number when a signal ended it. */
  readonly exitCode: number;
  /** The signal that ended it, as `SIGKILL`. */
  readonly signal?: string;
  /** Why the launcher ended it, if it did. */
  readonly ended?: "timeout" | "aborted";
  /** How many processes it left behind, which the launcher then ended. */
  readonly leftBehind: number;
  /** Standard output, when captured. */
  readonly stdout?: CapturedOutput;
  /** Standard error, when captured. */
  readonly stderr?: CapturedOutput;
}

/** Starts programs one at a time and measures them. */
export interface Launcher extends AsyncDisposable {
  /** The method in use, chosen once. */
  readonly method: LaunchMethod;
  /** The least peak resident set that the method can see, in KiB; absent without rusage. */
  readonly maxRssFloorKb?: number;
  /** Median wall time that the method adds to a plain `posix_spawn`, in seconds; absent unless calibrated. */
  readonly offsetS?: number;
  /** Hardware counters that the kernel gives, or why it gives none. */
  readonly counters: { readonly names: readonly string[] } | { readonly unavailable: string };
  /**
   * Starts a program, waits for it and ends what it leaves behind.
   *
   * @throws {VersusError} If the program cannot be started (not found, not executable, …).
   */
  run(spec: LaunchSpec): Promise<Execution>;
}

/** What {@linkcode Launcher} to open. */
export interface LauncherOptions {
  /** Forces a method; by default the best that works here. */
  readonly method?: LaunchMethod;
  /** Asks for hardware counters. */
  readonly counters?: boolean;
  /** Asks for `offsetS`, which takes about a tenth of a second. */
  readonly calibrate?: boolean;
}
