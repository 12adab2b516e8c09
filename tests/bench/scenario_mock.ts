/**
 * Scenarios without processes: the plan, the builds and the events are real, what a program prints and
 * how long it takes comes from a function.
 */
import { basename, join } from "node:path";
import { completeOptions, type GivenOptions } from "../../lib/bench/options.ts";
import { type PlanItem, planRun } from "../../lib/bench/plan.ts";
import { recordOf } from "../../lib/bench/record.ts";
import { runBench } from "../../lib/bench/run.ts";
import type { BenchHost } from "../../lib/bench/types.ts";
import type { Execution, Launcher, LaunchSpec } from "../../lib/process/types.ts";
import type { RunEvent } from "../../lib/record/events.ts";
import type { RunRecord } from "../../lib/record/schema.ts";
import { expandCases, loadScenario, parseSweep } from "../../lib/scenario/mod.ts";
import { ENVIRONMENT } from "./mock.ts";

/** What a program does: its time, what it prints, how it ends. */
export interface Run {
  readonly seconds: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  readonly maxRssKb?: number;
}

/** Decides what an execution does, from the script's name and its arguments as numbers. */
export type Program = (script: string, args: readonly number[], call: number) => Run;

/** A scenario of shell scripts: `VARIANT.sh` with `{n}` and `{workers}`. */
export const YAML = `name: mock
title: A mock
computes: Half of n
parameters:
  n: { title: Iterations, type: integer, min: 1, max: 1e12, default: 1e7 }
  workers: { title: Workers, type: integer, min: 1, max: 64, default: 1 }
expect: { rule: floor(n / 2) }
loop: n
reference: slow
variants:
  slow:
    language: shell
    toolchain: sh
    files: [slow.sh]
    run: ["{toolchain}", "{dir}/slow.sh", "{n}", "{workers}"]
    workers: workers
  fast:
    language: shell
    toolchain: sh
    files: [fast.sh]
    run: ["{toolchain}", "{dir}/fast.sh", "{n}", "{workers}"]
    workers: workers
`;

/** What a run of a mock scenario is asked for. */
export interface MockRequest {
  readonly yaml?: string;
  readonly program: Program;
  readonly options?: GivenOptions;
  readonly variants?: readonly string[];
  readonly params?: Readonly<Record<string, number>>;
  readonly sweep?: readonly string[];
  /** Whether parameters count as given by the user. */
  readonly given?: boolean;
  readonly freeMemory?: number;
  readonly earlier?: readonly RunEvent[];
  /** Stops the run when it returns true. */
  readonly until?: (event: RunEvent) => boolean;
}

/** What came out of it. */
export interface MockResult {
  readonly events: readonly RunEvent[];
  readonly record: RunRecord;
  /** What was started: `slow 1000 1`. */
  readonly started: readonly string[];
}

const bytes = (text: string) => {
  const encoded = new TextEncoder().encode(text);
  return { bytes: encoded, totalBytes: encoded.length };
};

/** A home and a scenario's folder, removed at the end. */
export async function openMock(): Promise<
  AsyncDisposable & { run(request: MockRequest): Promise<MockResult> }
> {
  const folder = await Deno.makeTempDir({ prefix: "versus-mock-" });
  const before = Deno.env.get("VERSUS_HOME");
  Deno.env.set("VERSUS_HOME", join(folder, "home"));
  for (const name of ["slow", "fast", "third"]) {
    await Deno.writeTextFile(join(folder, `${name}.sh`), `# ${name}\necho "$1"\n`);
  }
  return {
    run: (request) => runMock(folder, request),
    async [Symbol.asyncDispose]() {
      if (before === undefined) Deno.env.delete("VERSUS_HOME");
      else Deno.env.set("VERSUS_HOME", before);
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function runMock(folder: string, request: MockRequest): Promise<MockResult> {
  const { program, variants, params = {}, sweep = [], given = false, until } = request;
  await Deno.writeTextFile(join(folder, "scenario.yaml"), request.yaml ?? YAML);
  const scenario = await loadScenario(folder);
  const cases = expandCases(scenario, {
    params,
    sweep: sweep.map(parseSweep),
    ...(variants === undefined ? {} : { variants }),
  });
  const item: PlanItem = {
    scenario,
    cases,
    named: false,
    ...(given ? { given: [...Object.keys(params), ...sweep.map((s) => parseSweep(s).name)] } : {}),
  };
  const { plan } = await planRun({
    items: [item],
    options: completeOptions({ warmup: 0, runs: 12, ...request.options }),
    seed: 1,
    freeMemory: () => request.freeMemory,
  });
  const started: string[] = [];
  let clock = 0;
  const launcher: Launcher = {
    method: "gate",
    counters: { unavailable: "mock" },
    async run(spec: LaunchSpec): Promise<Execution> {
      const [, script = "", ...args] = spec.argv;
      const name = basename(script, ".sh");
      const told = program(name, args.map(Number), started.push(`${name} ${args.join(" ")}`) - 1);
      const { seconds, stdout = `${Math.floor(Number(args[0]) / 2)}\n`, stderr = "" } = told;
      clock += seconds * 1000;
      const target = spec.stdout;
      if (typeof target === "object" && "file" in target) {
        await Deno.writeTextFile(target.file, stdout);
      }
      return {
        method: "gate",
        startedAt: new Date(clock).toISOString(),
        wallS: seconds,
        cpuS: seconds,
        maxRssKb: told.maxRssKb ?? 1000,
        maxRssBound: "exact",
        exitCode: told.exitCode ?? 0,
        leftBehind: 0,
        ...(typeof target === "object" && "captureBytes" in target
          ? { stdout: bytes(stdout) }
          : {}),
        stderr: bytes(stderr),
      };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const host: BenchHost = {
    launcher,
    now: () => clock,
    date: () => new Date(clock),
    scratch: folder,
    freeMemory: () => request.freeMemory,
  };
  const controller = new AbortController();
  const events: RunEvent[] = [];
  const { earlier } = request;
  const identity = { id: "mock", version: "0", environment: ENVIRONMENT };
  const past = earlier === undefined ? undefined : { events: earlier };
  for await (const event of runBench(plan, host, identity, controller.signal, past)) {
    events.push(event);
    if (until?.(event)) controller.abort("SIGINT");
  }
  return { events, record: recordOf([...earlier ?? [], ...events]), started };
}
