/** Probes from a script, without the stream of events. */
import { createProbeRecorder } from "./record.ts";
import { probe, type ProbePlan } from "./run.ts";
import type { ProbeDocument } from "./schema.ts";
import { parseTarget } from "./target.ts";
import type { Target } from "./types.ts";

/** What a script says: the plan, with targets as texts or as an inventory gives them. */
export interface ProbeScript<Options, Result> extends Omit<ProbePlan<Options, Result>, "targets"> {
  /** For example `["r1:22", "https://r1.example/"]`. */
  readonly targets: readonly (string | Target)[];
  /** Ends it; what was measured until then is in the document. */
  readonly signal?: AbortSignal;
}

/**
 * Probes targets and waits for all of them.
 *
 * @param script What is probed, and how.
 * @returns The document that `versus probe --json` prints.
 * @throws {VersusError} If a target or an option is not what it should be.
 */
export async function probeTargets<Options, Result>(
  script: ProbeScript<Options, Result>,
): Promise<ProbeDocument> {
  const { signal, ...plan } = script;
  const targets = plan.targets.map((target) =>
    typeof target === "string" ? parseTarget(target) : target
  );
  const recorder = createProbeRecorder();
  for await (const event of probe({ ...plan, targets }, signal)) recorder.take(event);
  return recorder.document();
}
