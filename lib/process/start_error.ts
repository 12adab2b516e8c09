/** Programs that can't be started. */
import { type ExitCode, VersusError } from "../error.ts";

/** Why a program could not be started. */
export type StartFailure =
  /** No file of that name. */
  | "not-found"
  /** A file, but none that this system executes. */
  | "not-executable"
  /** The working directory is missing or closed. */
  | "bad-directory"
  /** A file for its input or output can't be opened. */
  | "bad-stream"
  /** Arguments and environment are more than the system takes, or hold what it can't take. */
  | "bad-arguments"
  /** Something that this method or this system can't do. */
  | "unsupported"
  /** The system refused for another reason. */
  | "refused";

/** A program that could not be started; nothing was measured. */
export class StartError extends VersusError {
  /** Why. */
  readonly failure: StartFailure;

  /**
   * Makes an error from what was found.
   *
   * @param failure Why.
   * @param message What was found and what was expected.
   * @param options What to do about it, and the exit code (5 for what is not found, else 1).
   */
  constructor(
    failure: StartFailure,
    message: string,
    options: { readonly hint?: string; readonly exitCode?: ExitCode; readonly cause?: unknown } =
      {},
  ) {
    super(message, { exitCode: failure === "not-found" ? 5 : 1, ...options });
    this.failure = failure;
  }
}
