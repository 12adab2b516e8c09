/** How the command of this process has ended. */
import { dominantExitCode, type ExitCode } from "../lib/error.ts";

const codes: ExitCode[] = [];

/**
 * Says how a command has ended; the dominant code of all that were said is the program's.
 *
 * @param code One of `EXIT`.
 */
export function endWith(code: ExitCode): void {
  codes.push(code);
}

/** The exit code of the program so far. */
export function finalExitCode(): ExitCode {
  return dominantExitCode(codes);
}
