/** What the events of probes have said so far: the Probes tab draws it. */
import type { ProbeEvent, ProbeSampleEvent } from "../../lib/probe/events.ts";

/** So many times of a target are kept, for its sparkline and its summary. */
const KEPT = 300;

/** A target that is probed. */
export interface ProbedTarget {
  /** As it was written. */
  readonly label: string;
  /** Milliseconds of the latest attempts, oldest first; `undefined` for those without an answer. */
  readonly times: readonly (number | undefined)[];
  /** Attempts so far. */
  readonly sent: number;
  /** Those without an answer. */
  readonly lost: number;
  /** Why the last one failed. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Whether its connection was kept. */
  readonly connection?: "cold" | "warm";
}

/** Targets that are probed. */
export interface ProbesState {
  /** What was asked for, after `versus`. */
  readonly args: readonly string[];
  /** How they are asked. */
  readonly protocol: string;
  /** The targets, in order. */
  readonly targets: readonly ProbedTarget[];
  /** How it stands. */
  readonly state: "starting" | "running" | "ended" | "failed";
  /** What was said, when it failed. */
  readonly message?: string;
}

/** Probes that were just asked for. */
export function startProbes(args: readonly string[]): ProbesState {
  return { args, protocol: args[1] ?? "", targets: [], state: "starting" };
}

/** What some samples say of a target. */
function withSamples(target: ProbedTarget, events: readonly ProbeSampleEvent[]): ProbedTarget {
  const last = events.at(-1)!.sample;
  const times = events.map(({ sample }) => sample.ok ? sample.totalMs : undefined);
  const { error: _, ...rest } = target;
  return {
    ...rest,
    connection: last.connection,
    times: [...target.times, ...times].slice(-KEPT),
    sent: target.sent + events.length,
    lost: target.lost + events.filter(({ sample }) => !sample.ok).length,
    ...(last.error === undefined ? {} : { error: last.error }),
  };
}

/**
 * Takes the next events.
 *
 * @param probes What was known before.
 * @param events The events, in order.
 * @returns What is known now.
 */
export function probeEvents(probes: ProbesState, events: readonly ProbeEvent[]): ProbesState {
  let next = probes;
  const samples = new Map<number, ProbeSampleEvent[]>();
  for (const event of events) {
    if (event.type === "start") {
      next = {
        ...next,
        protocol: event.protocol,
        state: "running",
        targets: event.targets.map((label) => ({ label, times: [], sent: 0, lost: 0 })),
      };
    } else if (event.type === "sample") {
      const own = samples.get(event.targetIndex);
      if (own === undefined) samples.set(event.targetIndex, [event]);
      else own.push(event);
    } else if (event.type === "end") next = { ...next, state: "ended" };
  }
  if (samples.size === 0) return next;
  const targets = next.targets.map((target, i) => {
    const own = samples.get(i);
    return own === undefined ? target : withSamples(target, own);
  });
  return { ...next, targets };
}
