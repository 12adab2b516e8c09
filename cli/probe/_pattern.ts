/** Texts that an answer is compared with. */
import { printable, VersusError } from "../../lib/error.ts";

/**
 * Reads what a text should hold.
 *
 * @param option The option, for the message.
 * @param text `word`, or a regular expression between slashes: `/^SSH-2\.0-/`, with `i` behind it.
 * @returns Says whether a text holds or matches it.
 * @throws {VersusError} If it is no valid expression.
 */
export function parsePattern(option: string, text: string): (found: string) => boolean {
  const match = /^\/(.+)\/([i]?)$/s.exec(text);
  if (match === null) return (found) => found.includes(text);
  try {
    const expression = new RegExp(match[1]!, `${match[2]}su`);
    return (found) => expression.test(found);
  } catch (cause) {
    throw new VersusError(
      `Found ${printable(text)} for ${option}, expected a text or a regular expression: ` +
        printable((cause as Error).message),
      { hint: "Write \\/ for a slash in it, or leave the slashes around it out", cause },
    );
  }
}
