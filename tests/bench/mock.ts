/** A launcher without processes: `sleep 0.123` takes 0.123 s of a clock that nobody waits for. */
import { runBench } from "../../lib/bench/run.ts";
import { recordOf } from "../../lib/bench/record.ts";
import { DEFAULT_OPTIONS } from "../../lib/bench/options.ts";
import { planCommands } from "../../lib/bench/adhoc.ts";
import type { BenchHost, Hooks } from "../../lib/bench/types.ts";
import { VersusError } from "../../lib/error.ts";
import type { Execution, Launcher, LaunchSpec } from "../../lib/process/types.ts";
import type { RunEvent, RunOptions } from "../../lib/record/events.ts";
import type { Environment } from "../../lib/record/schema.ts";

/** Says what an execution does: seconds, or more. */
export type Behaviour = (argv: readonly string[], call: number) => number | Partial<Execution>;

/** A launcher that only counts. */
export interface MockLauncher extends Launcher {
  /** Everything that was started, in order, as words. */
  readonly started: string[];
  /** Its clock, in milliseconds. */
  now(): number;
}

/** `sleep X` takes X seconds; hooks take none. */
function asSleep(argv: readonly string[]): number {
  if (argv[0] === "/bin/sh") return 0;
  if (argv[0] !== "sleep") throw new VersusError(`Cannot find ${argv[0]}`);
  return Number(argv[1]);
}

export function mockLauncher(behaviour: Behaviour = asSleep): MockLauncher {
  let clock = 0;
  const started: string[] = [];
  return {
    method: "gate",
    counters: { unavailable: "mock" },
    started,
    now: () => clock,
    run(spec: LaunchSpec): Promise<Execution> {
      started.push(spec.argv[0] === "/bin/sh" ? spec.argv[2]! : spec.argv.join(" "));
      const told = behaviour(spec.argv, started.length - 1);
      const outcome = typeof told === "number" ? { wallS: told } : told;
      const wallS = outcome.wallS ?? 0.01;
      clock += wallS * 1000;
      return Promise.resolve({
        method: "gate",
        startedAt: new Date(clock).toISOString(),
        wallS,
        cpuS: wallS / 2,
        maxRssKb: 1000,
        maxRssBound: "exact",
        exitCode: 0,
        leftBehind: 0,
        ...outcome,
      });
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

export const ENVIRONMENT: Environment = {
  os: "linux",
  kernel: "6",
  cpuModel: "mock",
  cores: 2,
  affinity: [0, 1],
  memTotalKb: 1,
  runtime: "deno",
  packages: "airgap",
};

export function mockHost(launcher: MockLauncher): BenchHost {
  return {
    launcher,
    now: () => launcher.now(),
    date: () => new Date(launcher.now()),
    scratch: "/nonexistent",
  };
}

/** Runs commands on a mock launcher; the events and what was started. */
export async function runCommands(
  commands: readonly string[],
  options: Partial<RunOptions> = {},
  more: {
    hooks?: Hooks;
    behaviour?: Behaviour;
    seed?: number;
    signal?: AbortSignal;
    earlier?: readonly RunEvent[];
    onEvent?: (event: RunEvent) => void;
  } = {},
) {
  const launcher = mockLauncher(more.behaviour);
  const plan = planCommands(
    commands,
    more.hooks ?? {},
    { ...DEFAULT_OPTIONS, ...options },
    more.seed ?? 1,
  );
  const events: RunEvent[] = [];
  const identity = { id: "mock", version: "0", environment: ENVIRONMENT };
  const earlier = more.earlier === undefined ? undefined : { events: more.earlier };
  for await (
    const event of runBench(plan, mockHost(launcher), identity, more.signal, earlier)
  ) {
    events.push(event);
    more.onEvent?.(event);
  }
  return {
    events,
    started: launcher.started,
    record: () => recordOf([...more.earlier ?? [], ...events]),
  };
}
