/**
 * How a run executes scenarios of kind footprint: after their programs were checked and timed like those
 * of any other, each is run once more under strace.
 */
import { dirname, join, sep } from "node:path";
import { VersusError } from "../error.ts";
import {
  type Attributor,
  createAttributor,
  declaredIn,
  detectTracer,
  type FileAttributor,
  footprintOf,
  type PackageRef,
  traceProgram,
  type Tracer,
  type TraceRun,
} from "../footprint/mod.ts";
import { readBinary } from "../footprint/binary/mod.ts";
import type { RunEvent, RunOptions } from "../record/events.ts";
import type { Sample, Warning } from "../record/schema.ts";
import { dueExitCode } from "../scenario/bounds.ts";
import { summarise } from "../stats/mod.ts";
import type { Failure } from "./execute.ts";
import { phase, type Prepared, status } from "./_stage.ts";
import type { BenchCase, BenchHost, BenchScenario } from "./types.ts";

/** The code of the warning that a scenario has when nothing here can trace. */
export const NO_TRACER = "no-tracer";

/** How many times longer than untraced a program may take while it is traced. */
const TRACED_FACTOR = 10;

/**
 * Finds strace before anything is built.
 *
 * @param scenario The scenario.
 * @param candidates Its cases that could run.
 * @param signal Ends the search.
 * @returns The tracer; without one, the cases are unavailable and a warning tells what to install.
 */
export async function* findTracer(
  scenario: BenchScenario,
  candidates: readonly BenchCase[],
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent, Tracer | undefined> {
  try {
    return await detectTracer(signal === undefined ? {} : { signal });
  } catch (error) {
    if (!(error instanceof VersusError)) throw error;
    const { message, hint = "" } = error;
    for (const { planned: { caseId } } of candidates) {
      yield { type: "case-status", caseId, status: "unavailable", reason: message };
    }
    const warning = { code: NO_TRACER, message, advice: hint };
    yield { type: "warning", scenario: scenario.planned.name, warning };
    return undefined;
  }
}

/** What the stage works on. */
export interface TraceStage {
  /** The scenario. */
  readonly scenario: BenchScenario;
  /** The cases that are still to be traced. */
  readonly open: readonly Prepared[];
  /** Untraced executions by case. */
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  /** The strace to use. */
  readonly tracer: Tracer;
  /** The run's options. */
  readonly options: RunOptions;
}

/**
 * Traces every case once.
 *
 * @param stage What to trace.
 * @param host Clock and scratch folder.
 * @param signal Ends it; what was traced stands.
 */
export async function* traceAll(
  stage: TraceStage,
  host: BenchHost,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunEvent> {
  const { scenario, open, samples, tracer, options } = stage;
  const { timeoutS, ignoreFailure = false } = options;
  for (const one of open) {
    if (signal?.aborted) return;
    const { planned } = one.bench;
    yield phase(host, scenario, "trace", planned);
    const forS = TRACED_FACTOR * timeoutS;
    const run = await attempt(one, forS, tracer, signal);
    if ("ended" in run && run.ended === "aborted") return;
    const outcome = "status" in run ? run : failureOf(one.bench, run, forS, ignoreFailure) ?? run;
    if ("status" in outcome) {
      yield status(planned, outcome);
      continue;
    }
    const footprint = await describe(one, outcome, samples.get(planned.caseId) ?? []);
    yield { type: "footprint", caseId: planned.caseId, footprint };
  }
}

/** Runs a case under strace; one that can't be traced does not keep the others from it. */
async function attempt(
  { ready: { spec } }: Prepared,
  forS: number,
  tracer: Tracer,
  signal: AbortSignal | undefined,
): Promise<TraceRun | Failure> {
  try {
    return await traceProgram({
      argv: spec.argv,
      ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
      ...(spec.env === undefined ? {} : { env: spec.env }),
      ...{ stdin: "null", stdout: "null", stderr: "null" },
      forS,
      tracer,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof VersusError) return { status: "failed", reason: error.message };
    throw error;
  }
}

/** Why a trace does not stand for the program. */
function failureOf(
  { case: { scenario, variant } }: BenchCase,
  run: TraceRun,
  forS: number,
  ignoreFailure: boolean,
): Failure | undefined {
  if (run.ended === "time") {
    return { status: "timeout", reason: `still running after ${forS} s while it was traced` };
  }
  const due = dueExitCode(scenario, variant);
  if ((run.exitCode === due && run.signal === undefined) || ignoreFailure) return undefined;
  const how = run.signal === undefined
    ? `exit code ${run.exitCode}${due === 0 ? "" : ` where ${due} was due`}`
    : `ended by ${run.signal}`;
  return { status: "failed", reason: `${how} while it was traced` };
}

async function describe(one: Prepared, run: TraceRun, samples: readonly Sample[]) {
  const { built, bench: { case: { variant } } } = one;
  const folders = built === undefined ? [] : [built.dir, built.out];
  const attributor = createAttributor({ env: run.env, own: [run.cwd, ...folders] });
  const declared = [];
  const manifests = [];
  const warnings: Warning[] = [];
  for (const folder of built === undefined ? [] : await manifestFolders(built.dir, variant.files)) {
    const found = await declaredIn(folder);
    declared.push(...found.packages);
    manifests.push(...found.manifests);
    warnings.push(...found.warnings);
  }
  const document = footprintOf(run, {
    attributor: withEmbedded(attributor, embeddedIn(run, folders)),
    declared,
    manifests,
    ...(samples.length === 0 ? {} : { untracedS: summarise(samples.map((s) => s.wallS)).median }),
  });
  document.warnings.push(
    ...warnings,
    ...attributor.problems.map((problem) => ({
      code: "attribution",
      message: `A source of owners could not be used: ${problem}`,
      advice: "Files that it explains may be unattributed",
    })),
  );
  return document;
}

/** The folders that a variant's sources name, in which its manifests would be. */
async function manifestFolders(dir: string, files: readonly string[]): Promise<Set<string>> {
  const folders = new Set<string>();
  for (const file of files) {
    const path = join(dir, file);
    folders.add((await Deno.stat(path)).isDirectory ? path : dirname(path));
  }
  return folders;
}

/** The packages that a program was built from, where it carries their names; a runtime's own don't count. */
function embeddedIn({ argv: [program] }: TraceRun, folders: readonly string[]): PackageRef[] {
  if (program === undefined || !folders.some((folder) => program.startsWith(folder + sep))) {
    return [];
  }
  try {
    const report = readBinary(program);
    if (report.format !== "elf") return [];
    return (report.embedded?.packages ?? []).map(({ ecosystem, name, version }) => ({
      ecosystem,
      name,
      ...(version === undefined ? {} : { version }),
    }));
  } catch (error) {
    // A program whose file can't be read still has a footprint.
    if (error instanceof VersusError) return [];
    throw error;
  }
}

/** Counts what is inside the program as installed: it is here, though no file of it is opened. */
function withEmbedded(attributor: Attributor, embedded: readonly PackageRef[]): FileAttributor {
  return {
    attribute: attributor.attribute,
    installed: () => [...attributor.installed(), ...embedded],
  };
}
