/** The exit code of `versus probe`. */
import { EXIT, type ExitCode } from "../../lib/error.ts";
import type { ProbeDocument } from "../../lib/probe/schema.ts";

/**
 * Says how a run of probes has ended.
 *
 * A target that never answered is a failure, and so is an answer that was not the expected one, even
 * once. Attempts that were lost beside others that were answered are what `--max-loss` is for.
 *
 * @param document What was measured.
 * @returns The codes that hold.
 */
export function exitCodesOf({ targets, gates = [] }: ProbeDocument): ExitCode[] {
  const failed = targets.some(({ state, samples }) =>
    state !== "open" || samples.some(({ error }) => error?.code === "assertion")
  );
  const beyond = gates.some(({ passed }) => !passed);
  return [...(failed ? [EXIT.failed] : []), ...(beyond ? [EXIT.gateFailed] : [])];
}
