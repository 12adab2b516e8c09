/** The error for a binary that can't be read. */
import { printable, VersusError } from "../../error.ts";

/**
 * Makes it.
 *
 * @param path The file.
 * @param message What is wrong with it.
 * @param cause What caused it.
 */
export function badBinary(path: string, message: string, cause?: unknown): VersusError {
  return new VersusError(`${printable(path)}: ${message}`, {
    hint: "The file may be incomplete; build or copy it again",
    ...(cause === undefined ? {} : { cause }),
  });
}
