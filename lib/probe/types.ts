/** What every protocol of a probe has in common. */
import type { ProbeError } from "./error.ts";
import type { PhaseClock } from "./phases.ts";

/** What a probe is sent to. */
export interface Target {
  /** As it was written: `r1`, `192.0.2.1:2222`, `https://r1.example/`. Names it in every output. */
  readonly label: string;
  /** A name or an address, without brackets. */
  readonly host: string;
  /** The port that was named, else the protocol's default is used. */
  readonly port?: number;
  /** What the inventory says of this target: variables after groups and defaults were merged. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One try at one target. */
export interface Attempt {
  /** Ends the try: at its timeout with a `ProbeError("timeout")` as the reason, or when cancelled. */
  readonly signal: AbortSignal;
  /** Splits its time. */
  readonly clock: PhaseClock;
  /** How long it may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** What a person can ask of an answer: `--expect-status 200`. */
export interface Expectation<Result> {
  /** The option as it was typed. */
  readonly option: string;
  /** Says what was found instead; nothing when it holds. */
  check(result: Result): string | undefined;
}

/**
 * A connection that can be asked several times: the first request on it is *cold*, later ones are
 * *warm*. Closing it never throws and never waits for the peer longer than a moment.
 */
export interface Connection<Result> extends AsyncDisposable {
  /**
   * Asks once; ends `requestMs`, `firstByteMs`, `transferMs` on the attempt's clock as they apply.
   *
   * @throws {ProbeError} If the answer does not come or is not what it should be.
   */
  request(attempt: Attempt): Promise<Result>;
  /** Whether another request can be sent on it. */
  readonly reusable: boolean;
}

/**
 * A protocol that can be probed.
 *
 * @typeParam Options What the protocol lets one choose; validated by its own schema.
 * @typeParam Result What one answer holds; plain JSON, documented by a schema of its own.
 */
export interface Protocol<Options, Result> {
  /** As typed: `ssh`. */
  readonly name: string;
  /** One line for the help. */
  readonly title: string;
  /** Where a target without a port is asked; none for ping. */
  readonly defaultPort?: number;
  /**
   * Done once before the first attempt: what would else cost the first target time that is not its
   * own, such as loading the trusted certificates.
   *
   * @throws {VersusError} If the options can't be used here.
   */
  prepare?(options: Options): Promise<void>;
  /**
   * Gets as far as a request can be sent: resolves, connects, TLS, banner, key exchange,
   * authentication, each ended on the attempt's clock.
   *
   * @throws {ProbeError} If it does not get there.
   */
  open(target: Target, options: Options, attempt: Attempt): Promise<Connection<Result>>;
  /**
   * Says why an answer is a failure, though it is complete and kept: a status of 500, a name that does
   * not exist. The message needs no target.
   */
  judge?(result: Result, options: Options): ProbeError | undefined;
}
