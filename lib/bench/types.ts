import type { Launcher, LaunchMethod, LaunchSpec } from "../process/types.ts";
import type { PlannedCase, PlannedScenario, RunOptions } from "../record/events.ts";
import type { BuildResult } from "../record/schema.ts";
import type { Case, Parameters } from "../scenario/types.ts";
import type { Toolchain } from "../toolchain/types.ts";

/** Shell commands around the measured one, as hyperfine has them. */
export interface Hooks {
  /** Before each timed execution. */
  readonly prepare?: string;
  /** Once before the executions of a command. */
  readonly setup?: string;
  /** Once after the executions of a command. */
  readonly cleanup?: string;
}

/** What a runner works with; tests give a launcher without processes and a clock without time. */
export interface BenchHost {
  /** Starts programs and measures them. */
  readonly launcher: Launcher;
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
  /** The date and time. */
  date(): Date;
  /** Bytes that a program can have without pushing others out; not limited where it is absent. */
  freeMemory?(): number | undefined;
  /** An existing private folder for outputs of programs. */
  readonly scratch: string;
}

/** A program ready to run: what `{dir}` and `{out}` stand for, and what it took to build. */
export interface BuiltVariant {
  /** The folder with the sources. */
  readonly dir: string;
  /** The folder with what was built. */
  readonly out: string;
  /** The measured build. */
  readonly build: BuildResult;
}

/** A case on its way through a run. */
export interface BenchCase {
  /** As it stands in the journal. */
  readonly planned: PlannedCase;
  /** Its scenario and variant. */
  readonly case: Case;
  /** What runs it; absent when it is missing. */
  readonly toolchain?: Toolchain;
}

/** A scenario of a run with all its cases. */
export interface BenchScenario {
  /** As it stands in the journal. */
  readonly planned: PlannedScenario;
  /** Its cases, in the order of the file. */
  readonly cases: readonly BenchCase[];
  /** Commands around the measured ones. */
  readonly hooks?: Hooks;
  /** Options in the place of the run's, from a suite. */
  readonly options?: RunOptions;
}

/** All that is to be measured, resolved against this machine. */
export interface BenchPlan {
  /** Options of the whole run. */
  readonly options: RunOptions;
  /** The seed of all orders. */
  readonly seed: number;
  /** The scenarios, measured one after the other. */
  readonly scenarios: readonly BenchScenario[];
}

/** A case that has passed its checks and can be timed. */
export interface ReadyCase {
  /** The case. */
  readonly bench: BenchCase;
  /** What to start, without the output's target. */
  readonly spec: Omit<LaunchSpec, "stdout" | "signal">;
  /** The same program with other parameters. */
  specFor(params: Parameters): Omit<LaunchSpec, "stdout" | "signal">;
}

export type { LaunchMethod };
