/** Runs for tests of the history: made events, written as journals into a state folder. */
import { join } from "node:path";
import type { RunEvent } from "../../lib/record/events.ts";
import type { Environment, Sample } from "../../lib/record/schema.ts";
import { createRandom } from "../../lib/stats/random.ts";

/** A state folder that is removed at the end of a test. */
export interface Home extends Disposable {
  /** What `VERSUS_HOME` is set to. */
  readonly home: string;
  /** The state folder in it. */
  readonly folder: string;
}

/** Makes an empty `VERSUS_HOME`. */
export function makeHome(): Home {
  const home = Deno.makeTempDirSync({ prefix: "versus-history-" });
  return {
    home,
    folder: join(home, "state"),
    [Symbol.dispose]: () => Deno.removeSync(home, { recursive: true }),
  };
}

/** A machine. */
export const ENVIRONMENT: Environment = {
  os: "linux",
  kernel: "6.1.0",
  hostname: "bench-1",
  cpuModel: "A processor",
  cores: 4,
  affinity: [0, 1, 2, 3],
  memTotalKb: 8_000_000,
  loadAvg1: 0.1,
  runtime: "deno 2.9.6",
  packages: "airgap",
};

/** What a made run is like. */
export interface MadeRun {
  /** Its identifier. */
  readonly id: string;
  /** When it started; from the identifier by default. */
  readonly at?: string;
  /** The scenario; `mine` by default. */
  readonly scenario?: string;
  readonly title?: string;
  /** Seconds of each variant: the level around which its samples lie. */
  readonly levels?: Readonly<Record<string, number>>;
  /** The language of all variants; `go` by default. */
  readonly language?: string;
  readonly toolchain?: { readonly name: string; readonly version: string };
  readonly workers?: number;
  /** Samples of each case; 20 by default. */
  readonly samples?: number;
  /** Noise, relative; 0.01 by default. */
  readonly noise?: number;
  readonly environment?: Partial<Environment>;
  /** Whether its end is written; true by default. */
  readonly ended?: boolean;
  readonly expected?: string;
}

/** The time that an identifier begins with. */
export function timeOf(id: string): string {
  const [, y, mo, d, h, mi, s] = id.match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/)!;
  return `${y}-${mo}-${d}T${h}:${mi}:${s}.000Z`;
}

/** An identifier that sorts by its number. */
export function idOf(number: number): string {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString();
  const stamp = at.replace(/\.\d+Z$/, "Z").replace(/[-:]/g, "");
  return `${stamp}-${number.toString(16).padStart(6, "0")}`;
}

function sampleOf(index: number, order: number, wallS: number, at: string): Sample {
  return {
    index,
    block: index,
    order,
    startedAt: new Date(Date.parse(at) + 1000 * index).toISOString(),
    wallS,
    cpuS: wallS * 0.9,
    userS: wallS * 0.8,
    sysS: wallS * 0.1,
    maxRssKb: 2000 + index % 3,
    maxRssBound: "exact",
    method: "gate",
    exitCode: 0,
    minorFaults: 100,
    majorFaults: 0,
    voluntarySwitches: 1,
    involuntarySwitches: 2,
    ...(index === 0 ? { counters: { cycles: 12345 }, metrics: { taskS: wallS / 2 } } : {}),
  };
}

/** The events of a made run. */
export function eventsOf(run: MadeRun): RunEvent[] {
  const { id, scenario = "mine", samples = 20, noise = 0.01, levels = { one: 0.1, two: 0.2 } } =
    run;
  const at = run.at ?? timeOf(id);
  const random = createRandom(id);
  const variants = Object.keys(levels);
  const caseId = (variant: string) => `${scenario}/${variant}[n=1]`;
  const events: RunEvent[] = [{
    type: "run-start",
    schema: "versus.events/1",
    id,
    at,
    seed: 1,
    version: "0.1.0",
    options: {
      primaryMetric: "wallS",
      confidence: 0.95,
      precision: 0,
      minRuns: samples,
      maxRuns: samples,
      warmup: 0,
      maxTimeS: 60,
      timeoutS: 300,
    },
    environment: { ...ENVIRONMENT, ...run.environment },
    scenarios: [{
      name: scenario,
      kind: "bench",
      title: run.title ?? "Made",
      reference: variants[0]!,
      cases: variants.map((variant) => ({
        caseId: caseId(variant),
        variant,
        language: run.language ?? "go",
        ...(run.toolchain === undefined
          ? {}
          : { toolchain: { ...run.toolchain, path: "/opt/x", realPath: "/opt/x" } }),
        params: { n: 1 },
        workers: run.workers ?? 1,
        ...(run.expected === undefined ? {} : { expected: run.expected }),
      })),
    }],
  }];
  for (let index = 0; index < samples; index++) {
    variants.forEach((variant, order) => {
      const wallS = levels[variant]! * (1 + noise * (random.next() - 0.5));
      events.push({
        type: "sample",
        caseId: caseId(variant),
        sample: sampleOf(index, order, wallS, at),
      });
    });
  }
  if (run.ended !== false) {
    events.push({ type: "run-end", at: new Date(Date.parse(at) + 60_000).toISOString() });
  }
  return events;
}

/** Writes the journal of a made run into a state folder. */
export function writeJournal(folder: string, run: MadeRun): string {
  const runs = join(folder, "runs");
  Deno.mkdirSync(runs, { recursive: true });
  const path = join(runs, `${run.id}.jsonl`);
  Deno.writeTextFileSync(path, eventsOf(run).map((event) => `${JSON.stringify(event)}\n`).join(""));
  return path;
}
