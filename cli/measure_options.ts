/** The options that `run` and `bench` share. */
import { Command } from "@cliffy/command";
import { completeOptions, type GivenOptions } from "../lib/bench/options.ts";
import { metricName } from "../lib/bench/metrics.ts";
import { VersusError } from "../lib/error.ts";
import { parseCpuList } from "../lib/record/environment.ts";
import type { RunOptions } from "../lib/record/events.ts";
import { parseCount, parsePercent, parseSeconds } from "./values.ts";

/** The shared options as the parser gives them. */
export interface MeasureFlags {
  runs?: string;
  precision?: string;
  warmup?: string;
  maxTime?: string;
  timeout?: string;
  metric?: string;
  seed?: string;
  target?: string;
  cpus?: string;
  json?: boolean;
  events?: boolean;
  out?: string[];
  baseline?: string;
  maxRegress?: string;
  anonymize?: boolean;
  ignoreFailure?: boolean;
  /** `false` after `--no-color`. */
  color?: boolean;
  verbose?: boolean;
}

/** Starts a command with the options that every measurement has. */
export function measureCommand(summary: string) {
  return new Command()
    .description(summary)
    .option("--runs <count:string>", "Take exactly so many samples of each case.")
    .option(
      "--precision <percent:string>",
      "Stop a case when its median is known to ± this (default: 2%).",
      { conflicts: ["runs"] },
    )
    .option("--warmup <count:string>", "Executions before the first sample (default: 1).")
    .option(
      "--max-time <time:string>",
      "Take samples of a scenario for at most so long (default: 60s).",
    )
    .option("--timeout <time:string>", "End a program that runs longer than this (default: 300s).")
    .option(
      "--metric <name:string>",
      "Rank and stop by wall, cpu, rss, iteration or any metric that the programs print " +
        "(default: wall).",
    )
    .option("--seed <number:string>", "Seed of the order of executions (default: random).")
    .option("--cpus <list:string>", "Processors that the programs may use, as 0-3 or 0,2.")
    .option("--ignore-failure", "Take any exit code for good.")
    .option("--json", "Print the run as one JSON document.")
    .option("--events", "Print what happens as JSON lines, as it happens.", { conflicts: ["json"] })
    .option(
      "--out <file:string>",
      "Write the run to FILE.json, .csv, .md, .junit.xml or .hyperfine.json; may be repeated.",
      { collect: true },
    )
    .option(
      "--baseline <file:string>",
      "Compare with an earlier run: a file of --out or hyperfine, a run's id, or latest.",
      { depends: ["max-regress"] },
    )
    .option(
      "--max-regress <percent:string>",
      "Exit with 3 if a case is slower than the baseline by more, with 4 if that can't be told.",
      { depends: ["baseline"] },
    )
    .option("--anonymize", "Leave host name, user and paths out of what is printed and written.");
}

/** What the shared options say. */
export interface MeasureOptions {
  /** Complete options. */
  readonly options: RunOptions;
  /** Those that were said, which win over a suite's. */
  readonly given: GivenOptions;
  /** The seed of all orders. */
  readonly seed: number;
}

/** Reads the shared options. */
export function readMeasureOptions(flags: MeasureFlags): MeasureOptions {
  const percent = flags.precision === undefined
    ? undefined
    : parsePercent("--precision", flags.precision);
  const given: GivenOptions = {
    runs: flags.runs === undefined ? undefined : parseCount("--runs", flags.runs, 1),
    precision: percent === undefined ? undefined : percent / 100,
    warmup: flags.warmup === undefined ? undefined : parseCount("--warmup", flags.warmup),
    maxTimeS: flags.maxTime === undefined ? undefined : parseSeconds("--max-time", flags.maxTime),
    timeoutS: flags.timeout === undefined ? undefined : parseSeconds("--timeout", flags.timeout),
    primaryMetric: flags.metric === undefined ? undefined : metricName(flags.metric),
    targetS: flags.target === undefined ? undefined : parseSeconds("--target", flags.target),
    ignoreFailure: flags.ignoreFailure,
    cpus: flags.cpus === undefined ? undefined : readCpus(flags.cpus),
  };
  const seed = flags.seed === undefined
    ? crypto.getRandomValues(new Uint32Array(1))[0]!
    : parseCount("--seed", flags.seed);
  return { options: completeOptions(given), given, seed };
}

function readCpus(text: string): number[] {
  const cpus = /^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text) ? parseCpuList(text) : [];
  const cores = navigator.hardwareConcurrency;
  if (cpus.length === 0 || cpus.some((cpu) => cpu >= cores)) {
    throw new VersusError(`Found ${text} for --cpus, expected processors from 0 to ${cores - 1}`, {
      hint: "For example --cpus 0 or --cpus 0-1",
    });
  }
  return cpus;
}
