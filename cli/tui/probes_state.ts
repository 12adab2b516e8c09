/** What the events of probes have said so far: the Probes tab draws it. */
import type { ProbeEvent } from "../../lib/probe/events.ts";

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

/**
 * Takes the next event.
 *
 * @param probes What was known before.
 * @param event The event.
 * @returns What is known now.
 */
export function probeEvent(probes: ProbesState, event: ProbeEvent): ProbesState {
  switch (event.type) {
    case "start":
      return {
        ...probes,
        protocol: event.protocol,
        state: "running",
        targets: event.targets.map((label) => ({ label, times: [], sent: 0, lost: 0 })),
      };
    case "sample": {
      const targets = [...probes.targets];
      const target = targets[event.targetIndex];
      if (target === undefined) return probes;
      const { ok, totalMs, error, connection } = event.sample;
      const { error: _, ...rest } = target;
      targets[event.targetIndex] = {
        ...rest,
        connection,
        times: [...target.times.slice(1 - KEPT), ok ? totalMs : undefined],
        sent: target.sent + 1,
        lost: target.lost + (ok ? 0 : 1),
        ...(error === undefined ? {} : { error }),
      };
      return { ...probes, targets };
    }
    case "end":
      return { ...probes, state: "ended" };
    default:
      return probes;
  }
}
