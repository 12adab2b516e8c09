/** The one place that prints errors. */
import { EXIT, type ExitCode, printable, VersusError } from "../lib/error.ts";
import { OutputClosed, styleOf, tell } from "./output.ts";

/** An error of the command line's own parser: an unknown option, a missing value. */
function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.constructor.name === "ValidationError" &&
    !(error instanceof VersusError);
}

/** Keeps line ends, which our own messages may have, and shows all other controls. */
function shown(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/**
 * Tells a person what went wrong.
 *
 * @param error Anything that was thrown.
 * @param verbose Whether to show the stack.
 * @returns The exit code of the program.
 */
export function reportError(error: unknown, verbose: boolean): ExitCode {
  if (error instanceof OutputClosed) return EXIT.ok;
  const { color } = styleOf(Deno.stderr, !Deno.args.includes("--no-color"));
  const label = color ? "\x1b[1;31merror:\x1b[0m" : "error:";
  const usage = isUsageError(error);
  const known = error instanceof VersusError;
  tell(`${label} ${shown(error instanceof Error ? error.message : String(error))}`);
  if (known && error.hint !== undefined) tell(`hint: ${shown(error.hint)}`);
  if (usage) tell("hint: See the options with: versus COMMAND --help");
  if (verbose && error instanceof Error && error.stack !== undefined) tell(shown(error.stack));
  else if (!known && !usage) tell("hint: This is a defect of versus; --verbose shows where");
  return known ? error.exitCode : usage ? EXIT.usage : EXIT.failed;
}
