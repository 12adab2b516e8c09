/** What the main thread and the thread that measures say to each other. */
import { type ExitCode, VersusError } from "../error.ts";
import type { Job } from "./_job.ts";
import { StartError, type StartFailure } from "./start_error.ts";
import type { Execution, Launcher } from "./types.ts";

/** A method of the thread that measures. */
export type ExactMethod = "gate" | "spawn";

/** To the thread that measures. */
export type Request =
  | {
    readonly type: "open";
    readonly method: ExactMethod | undefined;
    readonly counters: boolean;
    readonly calibrate: boolean;
  }
  | { readonly type: "run"; readonly job: Job }
  | { readonly type: "close"; readonly last: boolean };

/** What a launcher says of itself. */
export interface Opened extends Pick<Launcher, "maxRssFloorKb" | "offsetS" | "counters"> {
  /** The method in use. */
  readonly method: ExactMethod;
  /** Where aborts are written. */
  readonly controlFd: number;
}

/** From the thread that measures. */
export type Response =
  | { readonly type: "opened"; readonly opened: Opened }
  | { readonly type: "unavailable"; readonly reason: string }
  | { readonly type: "done"; readonly execution: Execution }
  | { readonly type: "failed"; readonly error: ErrorData }
  | { readonly type: "closed" };

/** An error on its way between threads, which lose what makes it more than an `Error`. */
export interface ErrorData {
  /** Its message. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  /** The exit code. */
  readonly exitCode: ExitCode;
  /** Why a program could not be started, if that is what it says. */
  readonly failure: StartFailure | undefined;
}

/**
 * Takes an error apart.
 *
 * @param error What was thrown.
 * @returns Its parts.
 */
export function packError(error: unknown): ErrorData {
  if (error instanceof VersusError) {
    const { message, hint, exitCode } = error;
    const failure = error instanceof StartError ? error.failure : undefined;
    return { message, hint, exitCode, failure };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    message: `The launcher failed: ${message}`,
    hint: undefined,
    exitCode: 1,
    failure: undefined,
  };
}

/**
 * Puts an error together again.
 *
 * @param data Its parts.
 * @returns The error.
 */
export function unpackError({ message, hint, exitCode, failure }: ErrorData): VersusError {
  const options = { exitCode, ...(hint === undefined ? {} : { hint }) };
  return failure === undefined
    ? new VersusError(message, options)
    : new StartError(failure, message, options);
}
