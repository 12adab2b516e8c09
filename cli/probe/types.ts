/** What the command line knows of a protocol of `versus probe`. */
import type { Command } from "@cliffy/command";
import type { Expectation, Protocol } from "../../lib/probe/types.ts";

export type { Expectation };

/** A protocol's own part of `versus probe`: one file of this folder each, loaded when it is called. */
export interface ProbeCommand<Flags, Options, Result> {
  /** The protocol. */
  readonly protocol: Protocol<Options, Result>;
  /** Adds its own options and examples to a command that has the common ones. */
  // deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
  define(command: Command<any>): Command<any>;
  /**
   * Turns what was typed into what the protocol takes. A target's variables from an inventory are
   * applied later, by the protocol's `open`.
   *
   * @throws {VersusError} If a value is not what it should be.
   */
  options(flags: Flags): Options | Promise<Options>;
  /** What was asked of the answer; one that does not hold is an error and ends with exit code 1. */
  expectations(flags: Flags): readonly Expectation<Result>[];
  /** Limits of the answer, such as `--min-days`: one that does not hold ends with exit code 3. */
  gates?(flags: Flags): readonly Expectation<Result>[];
  /** Whether a target must name its port, since there is none that one could expect. */
  readonly needsPort?: boolean;
  /** Lines for people about one answer; text from the peer is made printable by the caller. */
  describe(result: Result): readonly string[];
}
