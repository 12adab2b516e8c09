/** One measuring session: runs a plan, keeps its journal, shows and writes what came out. */
import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { openHost } from "../lib/bench/host.ts";
import { createRecorder, type Recorder } from "../lib/bench/record.ts";
import { runBench } from "../lib/bench/run.ts";
import type { BenchPlan } from "../lib/bench/types.ts";
import { EXIT, printable, VersusError } from "../lib/error.ts";
import type { PlannedCase } from "../lib/record/events.ts";
import {
  createJournal,
  type Journal,
  type JournalContent,
  newRunId,
} from "../lib/record/journal.ts";
import type { CaseResult, RunRecord } from "../lib/record/schema.ts";
import { VERSION } from "../lib/version.ts";
import { anonymize, identityOf } from "../lib/report/anonymize.ts";
import { createProgress, exporterFor, renderRun, toJson, writeReport } from "../lib/report/mod.ts";
import { type Baseline, judgeBaseline, loadBaseline } from "./baseline.ts";
import { reportError } from "./errors.ts";
import { endWith } from "./exit.ts";
import { type Interruption, listenForInterruption } from "./interrupt.ts";
import type { MeasureFlags } from "./measure_options.ts";
import { print, styleOf, tell, tellRaw } from "./output.ts";
import { parsePercent } from "./values.ts";

/** What a session does. */
export interface SessionInput {
  /** What is measured. */
  readonly plan: BenchPlan;
  /** The names of cases that were asked for by name and can be built. */
  readonly named: readonly string[];
  /** Cases that were asked for by name and have no toolchain. */
  readonly missingNamed: readonly PlannedCase[];
  /** Options of output and gate. */
  readonly flags: MeasureFlags;
  /** What was asked for, for `--resume`. */
  readonly request: unknown;
  /** The journal of an earlier session of the same run. */
  readonly earlier?: { readonly journal: Journal; readonly content: JournalContent };
}

/** Options of output that are wrong are told before anything is measured. */
async function checkOutputs(
  flags: MeasureFlags,
  plan: BenchPlan,
): Promise<{ baseline?: Baseline; maxRegressPercent: number }> {
  for (const file of flags.out ?? []) {
    exporterFor(file);
    const folder = dirname(resolve(file));
    if (!existsSync(folder)) {
      throw new VersusError(`Cannot write ${printable(file)}: its folder does not exist`, {
        hint: `Make it first: mkdir -p ${printable(folder)}`,
      });
    }
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      throw new VersusError(`Cannot write ${printable(file)}: it is a folder`, {
        hint: "Name a file in it",
      });
    }
  }
  const maxRegressPercent = flags.maxRegress === undefined
    ? 0
    : parsePercent("--max-regress", flags.maxRegress);
  if (flags.baseline === undefined) return { maxRegressPercent };
  return { baseline: await loadBaseline(flags.baseline, plan), maxRegressPercent };
}

/**
 * Runs a plan to its end, or to an interruption, and shows what was measured.
 *
 * @param input What to do.
 * @throws {VersusError} If options of output are wrong, or nothing could be started.
 */
export async function runSession(input: SessionInput): Promise<void> {
  const { flags, earlier } = input;
  const { baseline, maxRegressPercent } = await checkOutputs(flags, input.plan);
  for (const { variant, missing } of input.missingNamed) {
    tell(`${variant} is unavailable: ${printable(missing!.reason)}`);
    if (missing!.install !== undefined) tell(`  install it with: ${missing!.install}`);
    endWith(EXIT.missing);
  }
  using interruption = listenForInterruption();
  const recorder = createRecorder();
  for (const event of earlier?.content.events ?? []) recorder.add(event);
  try {
    await measureInto(input, recorder, interruption);
  } catch (error) {
    // What was measured before the journal or the disk gave up is shown all the same.
    endWith(reportError(error, flags.verbose ?? false));
    if (!recorder.hasSamples()) return;
  }
  const code = interruption.exitCode();
  if (code !== undefined) endWith(code);

  let record = recorder.record();
  await remember(record);
  if (baseline !== undefined) {
    try {
      const { gate, notes } = await judgeBaseline(record, baseline, maxRegressPercent);
      record = { ...record, gate };
      for (const note of notes) tell(note);
      if (gate.verdict === "regressed") endWith(EXIT.gateFailed);
      if (gate.verdict === "undecided") endWith(EXIT.gateUndecided);
    } catch (error) {
      // What was measured is shown and written even if it can't be compared.
      endWith(reportError(error, flags.verbose ?? false));
    }
  }
  if (record.scenarios.some((s) => s.cases.some((c) => hasFailed(c, input)))) {
    endWith(EXIT.failed);
  }
  if (flags.anonymize) record = anonymize(record, identityOf(record));
  for (const file of flags.out ?? []) {
    try {
      await writeReport(file, exporterFor(file).render(record));
    } catch (error) {
      // The other files may well be written.
      endWith(reportError(error, flags.verbose ?? false));
    }
  }
  // After the files: whoever reads stdout may have gone away.
  show(record, flags);
  if (code !== undefined) {
    tell(`Interrupted; go on with: versus run --resume ${record.id}`);
  }
}

/** Whether a case makes the run end with 1: a program that was asked for and can't be built, too. */
function hasFailed({ caseId, status }: CaseResult, { named }: SessionInput): boolean {
  if (status === "unavailable") return named.includes(caseId);
  return status !== "ok" && status !== "optimised-away";
}

/** Puts the run into the history. It is in its journal, so that a failure here loses nothing. */
async function remember(record: RunRecord): Promise<void> {
  const { indexRun } = await import("../lib/store/mod.ts");
  const failed = indexRun(record);
  if (failed !== undefined) {
    tell(`Not in the history's index yet: ${printable(failed)}; versus history will add it`);
  }
}

/** Measures, keeps the journal and shows progress. */
async function measureInto(
  input: SessionInput,
  recorder: Recorder,
  interruption: Interruption,
): Promise<void> {
  const { plan, flags, earlier } = input;
  await using open = await openHost();
  const first = earlier?.content.events[0];
  const id = first?.type === "run-start" ? first.id : newRunId();
  using journal = earlier?.journal ?? createJournal(id);
  using progress = createProgress({
    terminal: Deno.stderr.isTerminal(),
    width: () => styleOf(Deno.stderr).width,
    write: tellRaw,
  }, styleOf(Deno.stderr, flags.color));
  const identity = { id, version: VERSION, environment: open.environment, request: input.request };
  const known = identityOf(open);
  for await (
    const event of runBench(plan, open.host, identity, interruption.signal, earlier?.content)
  ) {
    journal.append(event);
    recorder.add(event);
    progress.event(event);
    if (flags.events) print(toJson(flags.anonymize ? anonymize(event, known) : event));
  }
}

function show(record: RunRecord, flags: MeasureFlags): void {
  if (flags.events) return;
  if (flags.json) {
    print(toJson(record, 2));
    return;
  }
  const style = styleOf(Deno.stdout, flags.color);
  print(renderRun(record, { ...style, verbose: flags.verbose ?? false }));
}
