/** Hand-made runs: made-up times in real events, so that what reads runs can be tested without running. */
import { recordOf } from "../../lib/bench/record.ts";
import { DEFAULT_OPTIONS } from "../../lib/bench/options.ts";
import type { PlannedCase, RunEvent } from "../../lib/record/events.ts";
import type { RunRecord, Sample } from "../../lib/record/schema.ts";
import { ENVIRONMENT } from "../bench/mock.ts";

/** A made-up case. */
export interface MadeCase {
  readonly variant: string;
  readonly language?: string;
  readonly params?: Readonly<Record<string, number | string>>;
  readonly workers?: number;
  /** Wall time of each sample, in seconds; varies by a thousandth from block to block. */
  readonly seconds?: number;
  readonly maxRssKb?: number;
  readonly metrics?: Readonly<Record<string, number>>;
  /** By how much a sample may differ, as a share of it. */
  readonly noise?: number;
  readonly blocks?: number;
  readonly linesOfCode?: number;
  readonly toolchain?: { readonly name: string; readonly version: string };
  readonly build?: { readonly seconds?: number; readonly linkage?: "static" | "dynamic" };
  readonly observed?: Readonly<Record<string, boolean>>;
  readonly status?: "failed" | "optimised-away";
  readonly missing?: string;
}

/** A made-up scenario. */
export interface MadeScenario {
  readonly name: string;
  readonly loop?: string;
  readonly cases: readonly MadeCase[];
}

/** What else a made run has. */
export interface MadeRun {
  readonly id?: string;
  readonly at?: string;
  /** Processors that programs may use. */
  readonly cores?: number;
}

function sample(made: MadeCase, index: number): Sample {
  const { seconds = 1, noise = 0.001, maxRssKb = 2000, metrics } = made;
  // A fixed pattern, another one for each variant, so that blocks differ as they do in earnest.
  const swing = ((index * 7 + made.variant.length * 3) % 11 - 5) / 5;
  const factor = 1 + noise * swing;
  return {
    index,
    block: index,
    order: 0,
    startedAt: "2026-03-01T10:00:00.000Z",
    wallS: seconds * factor,
    cpuS: seconds * factor,
    maxRssKb,
    maxRssBound: "exact",
    method: "gate",
    exitCode: 0,
    ...(metrics === undefined ? {} : {
      metrics: Object.fromEntries(Object.entries(metrics).map(([k, x]) => [k, x * factor])),
    }),
  };
}

function languageOf({ variant, language }: MadeCase): string {
  return language ??
    (/^(cpython|pypy|numba|nuitka)/.test(variant) ? "python" : variant.split("-")[0]!);
}

/**
 * Makes the events of a run.
 *
 * @param scenarios What was "measured".
 * @param made Its identifier, its time, its processors.
 */
export function madeEvents(scenarios: readonly MadeScenario[], made: MadeRun = {}): RunEvent[] {
  const { id = "20260301T100000Z-000001", at = "2026-03-01T10:00:00.000Z", cores = 4 } = made;
  const ids = (scenario: MadeScenario, c: MadeCase, i: number) =>
    `${scenario.name}/${c.variant}[${i}]`;
  const planned = scenarios.map((scenario) => ({
    name: scenario.name,
    kind: "bench" as const,
    title: "Made up",
    ...(scenario.loop === undefined ? {} : { loop: scenario.loop }),
    reference: scenario.cases[0]!.variant,
    cases: scenario.cases.map((c, i): PlannedCase => ({
      caseId: ids(scenario, c, i),
      variant: c.variant,
      language: languageOf(c),
      params: { ...c.params },
      workers: c.workers ?? 1,
      ...(c.linesOfCode === undefined ? {} : { linesOfCode: c.linesOfCode }),
      ...(c.missing === undefined ? {} : { missing: { reason: c.missing } }),
      ...(c.toolchain === undefined ? {} : {
        toolchain: { ...c.toolchain, path: "/usr/bin/x", realPath: "/usr/bin/x" },
      }),
    })),
  }));
  const events: RunEvent[] = [{
    type: "run-start",
    schema: "versus.events/1",
    id,
    at,
    seed: 1,
    version: "0.0.0",
    options: { ...DEFAULT_OPTIONS },
    environment: { ...ENVIRONMENT, cores, affinity: Array.from({ length: cores }, (_, i) => i) },
    scenarios: planned,
  }];
  for (const scenario of scenarios) {
    scenario.cases.forEach((c, i) => {
      const caseId = ids(scenario, c, i);
      if (c.build !== undefined) events.push({ type: "build", caseId, build: { ...c.build } });
      if (c.observed !== undefined) {
        events.push({ type: "observed", caseId, observed: { ...c.observed }, output: "" });
      }
      if (c.status !== undefined) {
        events.push({ type: "case-status", caseId, status: c.status, reason: "it was made so" });
      }
      if (c.missing !== undefined || c.status === "failed") return;
      for (let index = 0; index < (c.blocks ?? 20); index++) {
        events.push({ type: "sample", caseId, sample: sample(c, index) });
      }
    });
  }
  return [...events, { type: "run-end", at }];
}

/** Makes the document of a run. */
export function madeRun(scenarios: readonly MadeScenario[], made: MadeRun = {}): RunRecord {
  return recordOf(madeEvents(scenarios, made));
}

/** Writes the journal of a made run into the state folder of a `VERSUS_HOME`. */
export function writeJournal(home: string, events: readonly RunEvent[]): string {
  const first = events[0]!;
  if (first.type !== "run-start") throw new Error("The first event is run-start");
  const folder = `${home}/state/runs`;
  Deno.mkdirSync(folder, { recursive: true });
  const text = events.map((event) => JSON.stringify(event) + "\n").join("");
  Deno.writeTextFileSync(`${folder}/${first.id}.jsonl`, text);
  return first.id;
}
