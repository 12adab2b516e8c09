/** The clipboard of the terminal, be it on another machine. */

/** More is refused by many terminals, and cuts the sequence in the middle. */
const LARGEST = 74_994;

/**
 * Writes the sequence that puts text into the clipboard (OSC 52 of xterm's control sequences).
 *
 * @param text The text.
 * @returns The sequence; `undefined` if the text is longer than terminals take.
 */
export function clipboardSequence(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LARGEST) return undefined;
  return `\x1b]52;c;${bytes.toBase64()}\x07`;
}
