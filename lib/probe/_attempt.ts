/** One attempt: a limit that holds whatever the protocol does, and an error of the closed list. */
import { VersusError } from "../error.ts";
import type { Cancellation } from "./_cancellation.ts";
import { ProbeError } from "./error.ts";
import type { ConnectionKind, ProbeSample } from "./events.ts";
import { type PhaseClock, PHASES, type Phases, startPhases } from "./phases.ts";
import { redact, redactDeep } from "./secret.ts";
import { toProbeError } from "./socket.ts";
import { toMicros } from "./summary.ts";
import type { Attempt, Connection, Expectation, Protocol, Target } from "./types.ts";

/** What one attempt needs. */
export interface AttemptPlan<Options, Result> {
  readonly protocol: Protocol<Options, Result>;
  readonly options: Options;
  readonly target: Target;
  readonly timeoutMs: number;
  readonly expectations: readonly Expectation<Result>[];
  /** 1 for the first try. */
  readonly attempt: number;
  /** A connection that has answered before. */
  readonly kept: Connection<Result> | undefined;
  /** Cancels it. */
  readonly cancellation: Cancellation;
}

/** How one attempt ended. */
export interface AttemptEnd<Result> {
  readonly sample: ProbeSample;
  readonly result?: Result;
  /** The connection, if it is still there. */
  readonly connection?: Connection<Result>;
}

/**
 * Makes one attempt.
 *
 * @param plan What, at whom.
 * @returns How it ended; the caller closes the connection.
 * @throws {VersusError} If the options or the target's variables are not what the protocol takes.
 */
export async function makeAttempt<Options, Result>(
  plan: AttemptPlan<Options, Result>,
): Promise<AttemptEnd<Result>> {
  const { protocol, options, target, timeoutMs, kept } = plan;
  const kind: ConnectionKind = kept === undefined ? "cold" : "warm";
  const controller = new AbortController();
  const clock = startPhases();
  // After the limit what came in time and was not looked at yet has one more turn.
  let timer = setTimeout(() => {
    timer = setTimeout(() => controller.abort(tooLate(target, timeoutMs, clock)));
  }, timeoutMs);
  const stopListening = plan.cancellation.listen(() =>
    controller.abort(new ProbeError("cancelled", `${target.label}: the probe was cancelled`))
  );
  const attempt: Attempt = { signal: controller.signal, clock, timeoutMs };
  let connection = kept;
  let result: Result | undefined;
  try {
    connection ??= await untilAborted(protocol.open(target, options, attempt), attempt, close);
    result = await untilAborted(connection.request(attempt), attempt);
    const totalMs = clock.totalMs();
    const error = protocol.judge?.(result, options) ??
      unexpected(plan.expectations, result, target);
    const sample = sampleOf(plan.attempt, kind, clock.phases, totalMs, error);
    return { sample, result: redactDeep(result), connection };
  } catch (thrown) {
    if (thrown instanceof VersusError) throw thrown;
    const error = toProbeError(thrown, target.label);
    const sample = sampleOf(plan.attempt, kind, clock.phases, clock.totalMs(), error);
    return { sample, ...(connection === undefined ? {} : { connection }) };
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}

/**
 * Closes a connection; what goes wrong then changes nothing about what was measured.
 *
 * @param connection It.
 */
export async function close(connection: AsyncDisposable): Promise<void> {
  try {
    await connection[Symbol.asyncDispose]();
  } catch {
    // The contract is that it never throws. A protocol that does must not end the other probes.
  }
}

/**
 * Waits for a promise, but no longer than the attempt lasts: a protocol may be inside of a library
 * that knows no signal.
 */
function untilAborted<Value>(
  promise: Promise<Value>,
  { signal }: Attempt,
  discard: (value: Value) => void = () => {},
): Promise<Value> {
  return new Promise((resolve, reject) => {
    let late = false;
    const abort = () => {
      late = true;
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    promise.then((value) => {
      signal.removeEventListener("abort", abort);
      if (late) discard(value);
      else resolve(value);
    }, (error) => {
      signal.removeEventListener("abort", abort);
      // After the signal this changes nothing: whatever fails then fails because of it.
      reject(error);
    });
    if (signal.aborted) abort();
  });
}

function tooLate({ label }: Target, timeoutMs: number, { phases }: PhaseClock): ProbeError {
  const reached = PHASES.findLast((name) => phases[name] !== undefined);
  const where = reached === undefined ? "" : `, got as far as ${reached.replace(/Ms$/, "")}`;
  return new ProbeError("timeout", `${label}: no answer within ${timeoutMs} ms${where}`);
}

function unexpected<Result>(
  expectations: readonly Expectation<Result>[],
  result: Result,
  { label }: Target,
): ProbeError | undefined {
  const said = expectations.flatMap(({ option, check }) => {
    const found = check(result);
    return found === undefined ? [] : [`${option}: ${found}`];
  });
  return said.length === 0
    ? undefined
    : new ProbeError("assertion", `${label}: ${said.join("; ")}`);
}

function sampleOf(
  attempt: number,
  connection: ConnectionKind,
  phases: Phases,
  totalMs: number,
  error: ProbeError | undefined,
): ProbeSample {
  const rounded = Object.fromEntries(
    PHASES.flatMap((name) => phases[name] === undefined ? [] : [[name, toMicros(phases[name])]]),
  );
  const base = { attempt, connection, phases: rounded, totalMs: toMicros(totalMs) };
  if (error === undefined) return { ok: true, ...base };
  return { ok: false, ...base, error: { code: error.code, message: redact(error.message) } };
}
