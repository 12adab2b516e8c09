/** What the command line knows of a protocol of `versus probe`. */
import type { Command } from "@cliffy/command";
import type { Protocol } from "../../lib/probe/types.ts";

/** What a person can ask of an answer: `--expect-status 200`. */
export interface Expectation<Result> {
  /** The option as it was typed. */
  readonly option: string;
  /** Says what was found instead; nothing when it holds. */
  check(result: Result): string | undefined;
}

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
  /** What was asked of the answer. */
  expectations(flags: Flags): readonly Expectation<Result>[];
  /** Lines for people about one answer; text from the peer is made printable by the caller. */
  describe(result: Result): readonly string[];
}
