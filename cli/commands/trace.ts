/** `versus trace -- COMMAND...` and `versus trace --diff A B` */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Command } from "@cliffy/command";
import { EXIT, type ExitCode, printable, VersusError } from "../../lib/error.ts";
import {
  attributorFor,
  checkBudget,
  declaredIn,
  detectTracer,
  type FootprintBudget,
  type FootprintDocument,
  footprintOf,
  projectOf,
  timeUntraced,
  type TraceOptions,
  traceProgram,
  type TraceRun,
} from "../../lib/footprint/mod.ts";
import { StartError } from "../../lib/process/mod.ts";
import { footprintExporterFor, renderFootprint } from "../../lib/report/footprint.ts";
import { toJson, writeReport } from "../../lib/report/mod.ts";
import { reportError } from "../errors.ts";
import { endWith } from "../exit.ts";
import { type Interruption, listenForInterruption } from "../interrupt.ts";
import { OutputClosed, print, styleOf, tell } from "../output.ts";
import { parseCount, parseSeconds } from "../values.ts";

interface TraceFlags {
  json?: boolean;
  out?: string[];
  keepLog?: string;
  for?: string;
  untilIdle?: string;
  until?: string;
  time?: boolean;
  /** `false` after `--no-seccomp`. */
  seccomp?: boolean;
  maxFiles?: string;
  maxBytes?: string;
  denyUnattributed?: boolean;
  diff?: boolean;
  color?: boolean;
  verbose?: boolean;
}

/** Exit codes of programs that run others: of `env`, `timeout`, `nohup`. */
const OWN_FAILURE = 125;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** Makes the command. */
export function traceCommand() {
  return new Command()
    .description(
      "Run a command and show every file that it opened or looked for, and to whom each belongs. " +
        "The command's output and exit code pass through; what was found goes to stderr. Long " +
        "lists are folded; --verbose shows all of them.",
    )
    .usage("[options] -- COMMAND...")
    .arguments("[words...:string]")
    .option("--json", "Print one JSON document; the command's stdout goes to stderr.")
    .option(
      "--out <file:string>",
      "Write to FILE.json, .cdx.json (CycloneDX), .csv, .md or .txt and leave stdout and stderr " +
        "alone; may be repeated.",
      { collect: true },
    )
    .option("--keep-log <file:string>", "Keep the log of strace.")
    .option("--for <time:string>", "End the command after so long, as 10s.")
    .option(
      "--until-idle <time:string>",
      "End the command when it has opened no new file for so long, as 2s.",
    )
    .option(
      "--until <file:string>",
      "End the command when it opens or looks for FILE, its marker; count nothing after that.",
    )
    .option("--time", "Run it once more without tracing and without output, to compare the times.")
    .option("--no-seccomp", "Stop at every system call: slower, and complete where strace errs.")
    .option("--max-files <count:string>", "Exit with 3 if more files are opened.")
    .option("--max-bytes <bytes:string>", "Exit with 3 if they have more bytes on disk.")
    .option("--deny-unattributed", "Exit with 3 if a file was opened that nothing explains.")
    .option("--diff", "Compare two documents of --json or --out: versus trace --diff A B.")
    .example("what an import drags in", "versus trace -- python3 -c 'import json'")
    .example("a server, until it is up", "versus trace --until-idle 2s -- ./server")
    .example("a budget for CI", "versus trace --max-files 300 -- python3 app.py")
    .action(async function (flags: unknown, ...words: string[]) {
      await trace(flags as TraceFlags, words, this.getLiteralArgs());
    });
}

async function trace(
  flags: TraceFlags,
  words: readonly string[],
  command: readonly string[],
): Promise<void> {
  if (flags.diff === true) {
    refuseTracing(flags);
    const { compareFootprints } = await import("../trace/diff.ts");
    return await compareFootprints(flags, [...words, ...command]);
  }
  if (words.length > 0) {
    throw new VersusError(`Found ${words[0]} before --, expected only options there`, {
      hint: `Put -- before the command: versus trace -- ${[...words, ...command].join(" ")}`,
    });
  }
  if (command.length === 0) {
    throw new VersusError("Found no command to trace", {
      hint: "Name it behind --, as in: versus trace -- python3 app.py",
    });
  }
  const budget = readBudget(flags);
  const limits = readLimits(flags);
  const exporters = (flags.out ?? []).map(exporterTo);
  using interruption = listenForInterruption();
  let found: Traced;
  try {
    found = await run(flags, command, limits, interruption.signal);
  } catch (error) {
    if (budget !== undefined) throw error;
    const code = startCode(error);
    reportError(error, flags.verbose === true);
    return exit(code);
  }
  const { document } = found;
  for (const { path, render } of exporters) await writeReport(path, render(document));
  if (flags.json) printIfRead(toJson(document, 2));
  else if (exporters.length === 0) {
    const style = styleOf(Deno.stderr, flags.color);
    tell(`\n${renderFootprint(document, { ...style, verbose: flags.verbose === true })}`);
  }
  conclude(found, budget, interruption);
}

/** Options that say how a command is traced. */
const TRACING = [
  ...["out", "keepLog", "for", "untilIdle", "until", "time", "maxFiles", "maxBytes"] as const,
];

/** A comparison traces nothing. */
function refuseTracing(flags: TraceFlags): void {
  const given = TRACING.find((name) => flags[name] !== undefined);
  if (given === undefined && !flags.denyUnattributed) return;
  throw new VersusError("Found --diff with an option that says how a command is traced", {
    hint: "Compare with --diff, --json and --verbose alone",
  });
}

function readBudget(flags: TraceFlags): FootprintBudget | undefined {
  const { maxFiles, maxBytes, denyUnattributed } = flags;
  if (maxFiles === undefined && maxBytes === undefined && !denyUnattributed) return undefined;
  return {
    ...(maxFiles === undefined ? {} : { maxFiles: parseCount("--max-files", maxFiles) }),
    ...(maxBytes === undefined ? {} : { maxBytes: parseCount("--max-bytes", maxBytes) }),
    ...(denyUnattributed ? { denyUnattributed } : {}),
  };
}

/** A file that can't be written is told before anything runs. */
function exporterTo(path: string) {
  const render = footprintExporterFor(path);
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) {
    throw new VersusError(`Cannot write ${printable(path)}: its folder does not exist`, {
      hint: `Make it first: mkdir -p ${printable(folder)}`,
    });
  }
  return { path, render };
}

type Limits = Pick<TraceOptions, "forS" | "untilIdleS" | "until">;

function readLimits(flags: TraceFlags): Limits {
  return {
    ...(flags.for === undefined ? {} : { forS: parseSeconds("--for", flags.for) }),
    ...(flags.untilIdle === undefined
      ? {}
      : { untilIdleS: parseSeconds("--until-idle", flags.untilIdle) }),
    ...(flags.until === undefined ? {} : { until: flags.until }),
  };
}

interface Traced {
  readonly run: TraceRun;
  readonly document: FootprintDocument;
}

async function run(
  flags: TraceFlags,
  argv: readonly string[],
  limits: Limits,
  signal: AbortSignal,
): Promise<Traced> {
  const traced = await traceProgram({
    argv,
    ...limits,
    ...(flags.seccomp === false ? { tracer: await detectTracer({ seccomp: false }) } : {}),
    ...(flags.json ? { stdout: "stderr" } : {}),
    ...(flags.keepLog === undefined ? {} : { keepLog: flags.keepLog }),
    signal,
  });
  const { cwd, env, ended } = traced;
  const untraced = flags.time === true && ended === undefined
    ? await timeUntraced({ argv, cwd, env, signal })
    : undefined;
  const attributor = attributorFor(traced);
  const declarations = await declaredIn(projectOf(traced) ?? cwd);
  const document = footprintOf(traced, {
    attributor,
    declared: declarations.packages,
    manifests: declarations.manifests,
    ...(untraced === undefined ? {} : { untracedS: untraced.wallS }),
  });
  document.warnings.push(
    ...declarations.warnings,
    ...attributor.problems.map((problem) => ({
      code: "attribution",
      message: `A source of owners could not be used: ${problem}`,
      advice: "Files that it explains may be unattributed",
    })),
  );
  return { run: traced, document };
}

/** The command's own code is passed on even if nobody reads the document. */
function printIfRead(text: string): void {
  try {
    print(text);
  } catch (error) {
    if (!(error instanceof OutputClosed)) throw error;
  }
}

function startCode(error: unknown): number {
  if (!(error instanceof StartError)) return OWN_FAILURE;
  return error.failure === "not-found" ? NOT_FOUND : NOT_EXECUTABLE;
}

/** Ends with a code that is not versus's own. */
function exit(code: number): never {
  Deno.exit(code);
}

/** Says what is over the budget, and ends with the code that holds. */
function conclude(
  { run, document }: Traced,
  budget: FootprintBudget | undefined,
  interruption: Interruption,
): void {
  const interrupted = interruption.exitCode();
  if (budget !== undefined) {
    const limited = run.ended === "time" || run.ended === "idle" || run.ended === "marker";
    const wanted = limited || run.ledger.markerNs !== undefined;
    const { exceeded, undecided, exitCode } = checkBudget(document, budget, wanted);
    for (const sentence of exceeded) tell(`Over the budget: ${printable(sentence)}`);
    if (undecided) tell(`The budget is not decided: ${printable(document.partial?.reason ?? "")}`);
    const failed: ExitCode = run.exitCode === 0 || limited ? EXIT.ok : EXIT.failed;
    for (const code of [interrupted ?? EXIT.ok, failed, exitCode]) endWith(code);
    return;
  }
  if (interrupted !== undefined) return endWith(interrupted);
  exit(run.exitCode);
}
