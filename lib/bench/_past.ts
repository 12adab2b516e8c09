/** What the journal of an earlier session says of a scenario, for `--resume`. */
import type { RunEvent } from "../record/events.ts";
import type { Sample } from "../record/schema.ts";
import type { Parameters } from "../scenario/types.ts";
import type { BenchScenario } from "./types.ts";

/** A case that printed the right result. */
export interface Verified {
  /** What the execution took. */
  readonly seconds: number;
  /** The size of its output. */
  readonly outputBytes: number;
}

/** What happened before, by case. */
export interface Past {
  /** Samples that were taken. */
  readonly samples: Map<string, Sample[]>;
  /** Cases that printed the right result: what that took, and how much they printed. */
  readonly verified: Map<string, Verified>;
  /** Parameters that calibration found. */
  readonly calibrated: Map<string, Parameters>;
  /** Cases that had reached their stop. */
  readonly ended: Set<string>;
  /** Cases that had failed. */
  readonly failed: Set<string>;
  /** Cases whose memory was measured by itself. */
  readonly measured: Set<string>;
  /** Cases that were traced. */
  readonly traced: Set<string>;
}

/** Reads what the journal says of a scenario. */
export function pastOf(scenario: BenchScenario, earlier: readonly RunEvent[]): Past {
  const own = new Set(scenario.cases.map((c) => c.planned.caseId));
  const past: Past = {
    samples: new Map(),
    verified: new Map(),
    calibrated: new Map(),
    ended: new Set(),
    failed: new Set(),
    measured: new Set(),
    traced: new Set(),
  };
  for (const event of earlier) {
    if (!("caseId" in event) || event.caseId === undefined || !own.has(event.caseId)) continue;
    if (event.type === "sample") {
      past.samples.set(event.caseId, [...past.samples.get(event.caseId) ?? [], event.sample]);
    } else if (event.type === "verified") {
      past.verified.set(event.caseId, event);
    } else if (event.type === "calibrated") {
      past.calibrated.set(event.caseId, event.params);
    } else if (event.type === "measured") {
      past.measured.add(event.caseId);
    } else if (event.type === "footprint") {
      past.traced.add(event.caseId);
    } else if (event.type === "case-end" && event.stop !== "interrupted") {
      past.ended.add(event.caseId);
    } else if (event.type === "case-status" && event.status !== "optimised-away") {
      past.failed.add(event.caseId);
    }
  }
  return past;
}
