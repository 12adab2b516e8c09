/**
 * Probes many targets many times and tells what happens as a stream of events.
 *
 * Each target goes by its own timetable; all share a bounded number of places for attempts. A place
 * is held for one attempt only, never between samples, so a slow target costs the others nothing but
 * its place, and that for no longer than the timeout.
 */
import { close, makeAttempt } from "./_attempt.ts";
import { type Cancellation, cancellationOf } from "./_cancellation.ts";
import { createQueue, type Queue } from "./_queue.ts";
import { createSlots, type Slots } from "./_slots.ts";
import type { ProbeEvent, ProbeSettings } from "./events.ts";
import type { Connection, Expectation, Protocol, Target } from "./types.ts";
import { warmUpConnecting } from "./warm_up.ts";

/** What is probed, and how. */
export interface ProbePlan<Options, Result> {
  /** The protocol. */
  readonly protocol: Protocol<Options, Result>;
  /** What the protocol takes. */
  readonly options: Options;
  /** Whom to ask. */
  readonly targets: readonly Target[];
  /** What is left out has the values of {@linkcode DEFAULT_SETTINGS}. */
  readonly settings?: Partial<ProbeSettings>;
  /** What is asked of each answer; one that differs is an error `assertion`. */
  readonly expectations?: readonly Expectation<Result>[];
}

/** One sample of each target, no retries, 5 s each, 256 at once. */
export const DEFAULT_SETTINGS: Readonly<ProbeSettings> = {
  count: 1,
  intervalMs: 1000,
  timeoutMs: 5000,
  retries: 0,
  concurrency: 256,
  warm: false,
};

interface Run<Options, Result> {
  readonly plan: ProbePlan<Options, Result>;
  readonly settings: ProbeSettings;
  readonly slots: Slots;
  readonly queue: Queue<ProbeEvent<Result>>;
  readonly cancellation: Cancellation;
}

/**
 * Probes targets.
 *
 * @param plan What is probed, and how.
 * @param signal Ends it: attempts under way are cancelled and not counted.
 * @returns Events: one start, the samples of all targets as they end, one end.
 * @throws {VersusError} If the options or a target's variables are not what the protocol takes.
 */
export async function* probe<Options, Result>(
  plan: ProbePlan<Options, Result>,
  signal?: AbortSignal,
): AsyncGenerator<ProbeEvent<Result>, void> {
  const settings = { ...DEFAULT_SETTINGS, ...plan.settings };
  const own = new AbortController();
  const cancellation = cancellationOf(own.signal, ...(signal === undefined ? [] : [signal]));
  const slots = createSlots(settings.concurrency);
  cancellation.listen(() => slots.open());
  const queue = createQueue<ProbeEvent<Result>>();
  await warmUpConnecting();
  await plan.protocol.prepare?.(plan.options);
  const run = { plan, settings, slots, queue, cancellation };
  yield {
    type: "start",
    protocol: plan.protocol.name,
    startedAt: new Date().toISOString(),
    targets: plan.targets.map(({ label }) => label),
    settings,
  };
  const all = Promise.all(plan.targets.map((target, i) => probeTarget(run, target, i)))
    .then(() => queue.end(), (error) => {
      queue.fail(error);
      own.abort();
    });
  try {
    yield* queue.read();
    yield {
      type: "end",
      finishedAt: new Date().toISOString(),
      cancelled: signal?.aborted ?? false,
    };
  } finally {
    own.abort();
    await all;
  }
}

async function probeTarget<Options, Result>(
  run: Run<Options, Result>,
  target: Target,
  targetIndex: number,
): Promise<void> {
  const { settings, queue, cancellation } = run;
  const last = settings.count === 0 ? Infinity : settings.count;
  let kept: Connection<Result> | undefined;
  try {
    for (let index = 0; index < last && !cancellation.over; index++) {
      const due = performance.now() + settings.intervalMs;
      for (let attempt = 1; attempt <= settings.retries + 1 && !cancellation.over; attempt++) {
        const { ok, connection } = await inSlot(run, { target, targetIndex, index, attempt, kept });
        kept = connection;
        if (ok) break;
      }
      if (index + 1 < last) await until(due, cancellation);
    }
  } finally {
    if (kept !== undefined) await close(kept);
  }
  if (!cancellation.over) queue.push({ type: "target-end", target: target.label, targetIndex });
}

interface Turn<Result> {
  readonly target: Target;
  readonly targetIndex: number;
  readonly index: number;
  readonly attempt: number;
  readonly kept: Connection<Result> | undefined;
}

interface TurnEnd<Result> {
  readonly ok: boolean;
  readonly connection: Connection<Result> | undefined;
}

/** Waits for a place, makes one attempt and reports it; gives the connection that is kept. */
async function inSlot<Options, Result>(
  { plan, settings, slots, queue, cancellation }: Run<Options, Result>,
  turn: Turn<Result>,
): Promise<TurnEnd<Result>> {
  const { target, targetIndex, index, attempt, kept } = turn;
  await slots.take();
  try {
    if (cancellation.over) return { ok: false, connection: kept };
    const at = new Date().toISOString();
    const { protocol, options, expectations = [] } = plan;
    const { timeoutMs } = settings;
    const { sample, result, connection } = await makeAttempt({
      ...{ protocol, options, target, timeoutMs, expectations, attempt, kept, cancellation },
    });
    if (sample.error?.code !== "cancelled") {
      const event = { type: "sample" as const, target: target.label, targetIndex, index, at };
      queue.push({ ...event, sample, ...(result === undefined ? {} : { result }) });
    }
    const keep = settings.warm && result !== undefined && connection?.reusable === true;
    if (keep) return { ok: sample.ok, connection };
    if (connection !== undefined) await close(connection);
    return { ok: sample.ok, connection: undefined };
  } finally {
    slots.free();
  }
}

/** Waits until a time of `performance.now()`, or until all is over. */
function until(time: number, cancellation: Cancellation): Promise<void> {
  const wait = time - performance.now();
  if (wait <= 0 || cancellation.over) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, wait);
    const stopListening = cancellation.listen(done);
    function done() {
      clearTimeout(timer);
      stopListening();
      resolve();
    }
  });
}
