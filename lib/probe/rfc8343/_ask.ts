/** One question to one device, by any protocol. */
import { ProbeError } from "../error.ts";
import { probe } from "../run.ts";
import type { Protocol, Target } from "../types.ts";

/** What was answered, and when. */
export interface Answered<Result> {
  /** The answer. */
  readonly result: Result;
  /** The middle of the attempt, in milliseconds since 1970. */
  readonly atMs: number;
}

/**
 * Asks once.
 *
 * @param protocol By what.
 * @param target Whom.
 * @param options What.
 * @param timeoutMs The most that it may take.
 * @param signal Cancels it.
 * @throws {ProbeError} If there is no answer.
 */
export async function askOnce<Options, Result>(
  protocol: Protocol<Options, Result>,
  target: Target,
  options: Options,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Answered<Result>> {
  const plan = { protocol, options, targets: [target], settings: { timeoutMs } };
  for await (const event of probe(plan, signal)) {
    if (event.type !== "sample") continue;
    const { at, sample, result } = event;
    if (result !== undefined && sample.ok) {
      return { result, atMs: new Date(at).getTime() + sample.totalMs / 2 };
    }
    const { code = "protocol", message = "no answer" } = sample.error ?? {};
    throw new ProbeError(code, `${protocol.name}: ${message}`);
  }
  throw new ProbeError("cancelled", `${target.label}: cancelled`);
}
