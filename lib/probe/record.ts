/** Keeps what a stream of probe events said, as the document that all views read. */
import type { ProbeEvent, ProbeSample, ProbeSettings } from "./events.ts";
import type { ProbeDocument, ProbeTargetResult, TargetState } from "./schema.ts";
import { summariseSamples } from "./summary.ts";

/** Reads the events of one run. */
export interface ProbeRecorder {
  /** Takes the next event. */
  take(event: ProbeEvent): void;
  /**
   * The document as far as it is known; targets that no attempt was made at are left out.
   *
   * @param limit As many targets at most, for a view that has no room for more.
   */
  document(limit?: number): ProbeDocument;
}

interface Kept {
  readonly target: string;
  samples: ProbeSample[];
  result?: Record<string, unknown>;
}

/**
 * Makes a recorder.
 *
 * @param window How many samples of a target are kept, the latest; all by default. A run without end
 * needs a bound.
 * @returns The recorder.
 */
export function createProbeRecorder(window = Infinity): ProbeRecorder {
  let protocol = "";
  let startedAt = "";
  let finishedAt: string | undefined;
  let settings: ProbeSettings | undefined;
  let cancelled = false;
  let targets: Kept[] = [];
  return {
    take(event) {
      switch (event.type) {
        case "start":
          ({ protocol, startedAt, settings } = event);
          targets = event.targets.map((target) => ({ target, samples: [] }));
          return;
        case "sample": {
          const kept = targets[event.targetIndex]!;
          kept.samples.push(event.sample);
          if (kept.samples.length > window) kept.samples = kept.samples.slice(-window);
          if (event.result !== undefined) kept.result = event.result as Record<string, unknown>;
          return;
        }
        case "end":
          ({ finishedAt, cancelled } = event);
      }
    },
    document(limit = Infinity) {
      if (settings === undefined) throw new TypeError("The run has not started");
      return {
        schema: "versus.probe/1",
        protocol,
        startedAt,
        ...(finishedAt === undefined ? {} : { finishedAt }),
        settings,
        targets: targets.filter(({ samples }) => samples.length > 0).slice(0, limit).map(resultOf),
        ...(cancelled ? { partial: { reason: "Interrupted before all samples were taken" } } : {}),
      };
    },
  };
}

function resultOf({ target, samples, result }: Kept): ProbeTargetResult {
  const cold = samples.filter(({ connection }) => connection === "cold");
  const warm = samples.filter(({ connection }) => connection === "warm");
  return {
    target,
    state: stateOf(samples),
    samples,
    summary: summariseSamples(cold),
    ...(warm.length === 0 ? {} : { warm: summariseSamples(warm) }),
    ...(result === undefined ? {} : { result }),
  };
}

/**
 * Says how far a target could be reached: open if any attempt got its answer, else by what the last
 * one failed with.
 *
 * @param samples Its samples.
 * @returns The state.
 */
export function stateOf(samples: readonly ProbeSample[]): TargetState {
  if (samples.some(({ ok }) => ok)) return "open";
  switch (samples.at(-1)?.error?.code) {
    case "refused":
      return "refused";
    case "timeout":
      return "timeout";
    case "unreachable":
      return "unreachable";
    default:
      return "error";
  }
}
