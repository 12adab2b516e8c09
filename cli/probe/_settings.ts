/** The options that all protocols share. */
import { Command } from "@cliffy/command";
import { VersusError } from "../../lib/error.ts";
import type { ProbeSettings } from "../../lib/probe/events.ts";
import type { ProbeLimits } from "../../lib/probe/gates.ts";
import { DEFAULT_SETTINGS } from "../../lib/probe/run.ts";
import { parseCount, parsePercent, parseSeconds } from "../values.ts";

/** The shared options as the parser gives them. */
export interface CommonFlags {
  count?: string;
  interval?: string;
  timeout?: string;
  retries?: string;
  concurrency?: string;
  warm?: boolean;
  inventory?: string;
  maxP95?: string;
  maxLoss?: string;
  json?: boolean;
  events?: boolean;
  out?: string[];
  serve?: boolean;
  listen?: string;
  /** `false` after `--no-color`. */
  color?: boolean;
  verbose?: boolean;
}

/** Starts a command with the options that all protocols share. */
export function commonCommand() {
  return new Command()
    .option("--count <count:string>", "Samples of each target (default: 1; with --serve no end).")
    .option(
      "--interval <time:string>",
      "From the start of one sample to the start of the next (default: 1s; 0 for no pause).",
    )
    .option("--timeout <time:string>", "The most that one attempt may take (default: 5s).")
    .option("--retries <count:string>", "Try a sample that failed so many times more (default: 0).")
    .option("--concurrency <count:string>", "How many attempts at once (default: 256).")
    .option("--warm", "Take later samples over the connection of the first, where that can be.")
    .option(
      "--inventory <file:string>",
      "Take targets from a YAML inventory: versus's own, Ansible's or Nornir's. Targets that are " +
        "named choose hosts and groups of it.",
    )
    .option("--max-p95 <time:string>", "Exit with 3 if the 95th percentile of a target is above.")
    .option("--max-loss <percent:string>", "Exit with 3 if a target loses more.")
    .option("--json", "Print one JSON document.")
    .option("--events", "Print what happens as JSON lines, as it happens.", { conflicts: ["json"] })
    .option(
      "--out <file:string>",
      "Write to FILE.json, .ndjson, .csv, .md, .junit.xml or .prom; may be repeated.",
      { collect: true },
    )
    .option("--serve", "Probe without end and offer the results to Prometheus, on loopback.")
    .option(
      "--listen <address:string>",
      "Where --serve listens (default: 127.0.0.1:9788); an address beyond loopback must be named.",
      { depends: ["serve"] },
    );
}

/**
 * Reads how often, how long and how many at once.
 *
 * @param flags As they were typed.
 * @returns Complete settings.
 * @throws {VersusError} If a value is not what it should be.
 */
export function readSettings(flags: CommonFlags): ProbeSettings {
  const { count, interval, timeout, retries, concurrency, warm, serve } = flags;
  return {
    count: count === undefined
      ? (serve ? 0 : DEFAULT_SETTINGS.count)
      : parseCount("--count", count, 1),
    intervalMs: readInterval(interval),
    timeoutMs: timeout === undefined
      ? DEFAULT_SETTINGS.timeoutMs
      : limited("--timeout", parseSeconds("--timeout", timeout) * 1000),
    retries: retries === undefined ? DEFAULT_SETTINGS.retries : parseCount("--retries", retries),
    concurrency: concurrency === undefined
      ? DEFAULT_SETTINGS.concurrency
      : parseCount("--concurrency", concurrency, 1),
    warm: warm === true,
  };
}

function readInterval(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SETTINGS.intervalMs;
  if (/^0+(ms|s)?$/.test(text)) return 0;
  return limited("--interval", parseSeconds("--interval", text) * 1000);
}

/** Timers of the runtime hold 31 bits of milliseconds. */
function limited(option: string, ms: number): number {
  if (ms > 2 ** 31 - 1) {
    throw new VersusError(`Found ${ms / 1000} s for ${option}, expected at most 24 days`);
  }
  return ms;
}

/**
 * Reads the limits of the figures.
 *
 * @param flags As they were typed.
 * @returns The limits that were given.
 * @throws {VersusError} If a value is not what it should be.
 */
export function readLimits({ maxP95, maxLoss }: CommonFlags): ProbeLimits {
  return {
    ...(maxP95 === undefined ? {} : { maxP95Ms: parseSeconds("--max-p95", maxP95) * 1000 }),
    ...(maxLoss === undefined ? {} : { maxLossPercent: parsePercent("--max-loss", maxLoss) }),
  };
}
