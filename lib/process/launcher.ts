/** Opens a launcher: chooses the method, and runs one program at a time. */
import { nearest, printable, VersusError } from "../error.ts";
import type { Job } from "./_job.ts";
import { runPlain } from "./_plain.ts";
import { prepareJob } from "./_prepare.ts";
import { openRemote } from "./_remote.ts";
import type { Execution, Launcher, LauncherOptions, LaunchMethod, LaunchSpec } from "./types.ts";

const METHODS: readonly LaunchMethod[] = ["gate", "spawn", "plain"];

/** What a job's mark starts from: /proc/PID/oom_score_adj of what browsers give up first. */
const FIRST_MARK = 300;

const usedMarks = new Set<number>();
let lastId = 0;

function methodFromEnvironment(): LaunchMethod | undefined {
  const asked = Deno.env.get("VERSUS_LAUNCHER");
  if (asked === undefined || asked === "") return undefined;
  const method = METHODS.find((each) => each === asked);
  if (method !== undefined) return method;
  const near = nearest(asked, METHODS);
  throw new VersusError(
    `VERSUS_LAUNCHER is ${printable(asked)}, which is none of ${METHODS.join(", ")}`,
    { hint: near === undefined ? "Unset it" : `Did you mean ${near}?` },
  );
}

/** What is missing for the exact methods: FFI, and /proc on Linux, which Deno guards specially. */
function missingPermission(): string | undefined {
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return "FFI is not allowed";
  if (Deno.build.os !== "linux") return undefined;
  try {
    Deno.readTextFileSync("/proc/self/stat");
    return undefined;
  } catch {
    // Deno asks for all permissions here; without a prompt, that is an error.
    return "/proc may not be read";
  }
}

/** Takes a number that no other job of this process has while it runs. */
function takeMark(): number {
  let mark = FIRST_MARK;
  while (usedMarks.has(mark)) mark++;
  usedMarks.add(mark);
  return mark;
}

interface Engine extends Pick<Launcher, "method" | "maxRssFloorKb" | "offsetS" | "counters"> {
  run(job: Job, signal: AbortSignal | undefined): Promise<Execution>;
  close(): Promise<void>;
}

function plainEngine(): Engine {
  return {
    method: "plain",
    counters: { unavailable: "they need FFI" },
    run: async (job, signal) => ({ method: "plain", ...await runPlain(job, signal) }),
    close: () => Promise.resolve(),
  };
}

async function openEngine(
  method: LaunchMethod | undefined,
  { counters = false, calibrate = false }: LauncherOptions,
): Promise<Engine> {
  if (method === "plain") return plainEngine();
  const unavailable = missingPermission();
  const remote = unavailable === undefined
    ? await openRemote({ type: "open", method, counters, calibrate })
    : { unavailable };
  if ("opened" in remote) {
    const { controlFd: _, ...opened } = remote.opened;
    return { ...opened, run: remote.run, close: remote.close };
  }
  if (method === undefined) return plainEngine();
  throw new VersusError(`The launcher ${method} does not work here: ${remote.unavailable}`, {
    hint: "Leave the choice of the launcher out, and the best that works is taken",
    exitCode: 1,
  });
}

/**
 * Opens a launcher by the best method that works here: `gate`, `spawn` or `plain`.
 *
 * It holds a thread and keeps the process alive until it is closed. Programs are started one at a
 * time: a further call of `run` waits for its turn. Several launchers may be open, and their
 * programs overlap.
 *
 * @param options A method to insist on (as `VERSUS_LAUNCHER` does), counters, calibration.
 * @returns The launcher.
 * @throws {VersusError} If the method that was insisted on does not work here.
 */
export async function openLauncher(options: LauncherOptions = {}): Promise<Launcher> {
  const engine = await openEngine(options.method ?? methodFromEnvironment(), options);
  const closing = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();

  async function runNow(spec: LaunchSpec): Promise<Execution> {
    if (closing.signal.aborted) throw new VersusError("The launcher is closed", { exitCode: 1 });
    spec.signal?.throwIfAborted();
    const mark = takeMark();
    try {
      const job = prepareJob(spec, ++lastId, mark);
      const signal = AbortSignal.any([closing.signal, ...spec.signal ? [spec.signal] : []]);
      return await engine.run(job, signal);
    } finally {
      usedMarks.delete(mark);
    }
  }

  const { method, maxRssFloorKb, offsetS, counters } = engine;
  return {
    method,
    counters,
    ...(maxRssFloorKb === undefined ? {} : { maxRssFloorKb }),
    ...(offsetS === undefined ? {} : { offsetS }),
    run(spec) {
      const execution = turn.then(() => runNow(spec));
      turn = execution.catch(() => undefined);
      return execution;
    },
    async [Symbol.asyncDispose]() {
      if (closing.signal.aborted) return;
      closing.abort();
      await turn;
      await engine.close();
    },
  };
}
